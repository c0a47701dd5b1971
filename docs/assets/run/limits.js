// What a run may use, and what of its output still fits.

export const LIMITS = { processes: 24, bytes: 1_000_000, lines: 20_000, memory: 1 << 28 };
const MESSAGE = 16; // bytes that each piece of output counts beside its text

/** The output of a run, as far as the page shows it. */
export class OutputQuota {
  bytes = 0;
  lines = 0;
  /** @type {string | null} of the last line, if that is not at its end */
  writer = null;

  /** @param {{ bytes: number, lines: number }} limits */
  constructor(limits) {
    this.limits = limits;
  }

  /**
   * Counts this text, and returns what of it fits. The page begins a line for each other writer, too.
   * @param {string} writer
   * @param {string} text
   */
  take(writer, text) {
    const { bytes, lines } = this.limits;
    if (this.writer !== null && this.writer !== writer) this.lines++;
    this.bytes += MESSAGE;
    let fits = 0;
    while (fits < text.length && this.bytes < bytes && this.lines < lines) {
      const next = text.indexOf("\n", fits) + 1 || text.length;
      const end = Math.min(next, fits + bytes - this.bytes);
      this.bytes += end - fits;
      fits = end;
      if (text[end - 1] === "\n") this.lines++;
    }
    this.writer = text[fits - 1] === "\n" ? null : writer;
    return text.slice(0, fits);
  }
}
