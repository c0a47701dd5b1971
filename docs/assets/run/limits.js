// What a run may use, and what the reader is told of a run that wanted more.

const GB = 1 << 30;

export const LIMITS = {
  processes: 24,
  bytes: 1_000_000, // of output, and its lines
  lines: 20_000,
  shared: GB / 4, // bytes of shared memory
  piped: GB / 2, // bytes in pipes that nobody has read yet
  memory: 4 * GB, // bytes of all processes, with both of these
  objects: 200_000, // pipes, locks and whatever else has a handle
  waiting: 10_000, // calls of one process that wait, and objects that one of them waits for
  messages: 50_000, // that the page takes before it gets to anything else
};
/** Those of a phone or a tablet that are lower. @type {Partial<typeof LIMITS>} */
export const SMALL_LIMITS = { processes: 8, piped: GB / 4, memory: 1.5 * GB };
export const NAME = 255; // characters in the name of a lock, a block or an address, as on Linux
const SHOWN = 80; // characters of a process's name, and of what it waits for
const PIECE = 16; // bytes that each piece of output counts beside its text
const BLOCK = 16_384; // bytes that are as much work for the page as one more message

export const TOO_MUCH_OUTPUT = "it printed more than a page can show.";
export const TOO_MANY_MESSAGES = "it sent messages faster than a page can take them.";
export const TOO_MUCH_MEMORY = (/** @type {number} */ bytes) =>
  `its processes took more than ${bytes / GB} GB of memory together.`;

/**
 * The text as far as the page shows it: a program may send any length, and anything else in its place.
 * @param {unknown} text
 */
export function shortened(text) {
  if (typeof text !== "string") return "";
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/**
 * The reason of a wait: a call and its line, with a tab between them.
 * @param {unknown} why
 */
export function shortenedReason(why) {
  if (typeof why !== "string" || !why) return "";
  const tab = why.lastIndexOf("\t");
  return tab < 0 ? shortened(why) : `${shortened(why.slice(0, tab))}\t${Number(why.slice(tab)) || 0}`;
}

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
   * Counts this text, and returns what of it fits; null if not even an empty one does. The page begins a line for each
   * other writer, too.
   * @param {string} writer
   * @param {string} text
   */
  take(writer, text) {
    const { bytes, lines } = this.limits;
    if (text && this.writer !== null && this.writer !== writer) this.lines++;
    this.bytes += PIECE;
    if (this.bytes > bytes) return null;
    let fits = 0;
    while (fits < text.length && this.bytes < bytes && this.lines < lines) {
      const next = text.indexOf("\n", fits) + 1 || text.length;
      const end = Math.min(next, fits + bytes - this.bytes);
      this.bytes += end - fits;
      fits = end;
      if (text[end - 1] === "\n") this.lines++;
    }
    if (text) this.writer = text[fits - 1] === "\n" ? null : writer;
    return text.slice(0, fits);
  }
}

/**
 * Messages that the page has taken since it last got to its own timers. They queue behind messages, and so do frames
 * and whatever else the page has to do: while messages come faster than it takes them, it does nothing else. Python's
 * half waits for answers often enough never to be so far ahead.
 */
export class MessageQuota {
  taken = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  turn = undefined;

  /** @param {{ messages: number }} limits */
  constructor(limits) {
    this.limits = limits;
  }

  /**
   * Whether one more is within the limit.
   * @param {number} bytes that the page has to move for it
   */
  take(bytes) {
    this.turn ??= setTimeout(() => this.end());
    this.taken += 1 + bytes / BLOCK;
    return this.taken <= this.limits.messages;
  }

  /** The page has got to its timers, or the run has ended. */
  end() {
    clearTimeout(this.turn);
    this.turn = undefined;
    this.taken = 0;
  }
}

/** @param {unknown} value of a message */
function size(value) {
  if (ArrayBuffer.isView(value)) return value.buffer.byteLength; // a message takes the whole buffer along
  return typeof value === "string" || Array.isArray(value) ? value.length : 0;
}

/**
 * The bytes that come with a call: with its data, and with as many arguments as calls have.
 * @param {any} message
 */
export function bytesOf({ data, args }) {
  const all = Array.isArray(args) ? [data, ...args.slice(0, 3)] : [data];
  return all.reduce((/** @type {number} */ sum, each) => sum + size(each), 0);
}
