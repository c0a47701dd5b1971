// What browsers have and TypeScript's library does not know yet.

interface Navigator {
  /** GB, in Chromium only. */
  readonly deviceMemory?: number;
}

/** JavaScript Promise Integration. */
declare namespace WebAssembly {
  const Suspending: unknown;
  const promising: unknown;
}
