// What a process prints, gathered into few messages: a page that gets each line by itself has no time for anything else.

/** @typedef {import("./protocol.js").Output} Piece */

const PIECE = 65_536; // bytes
const BURST = 20; // messages that go at once
const GATHER = 20; // ms for each further one

export class Output {
  /** @type {Piece[]} that are to be posted together */
  pieces = [];
  characters = 0; // of these
  burst = BURST; // messages that may go at once now
  burstAt = 0; // when that was worked out
  /** @type {ReturnType<typeof setTimeout> | undefined} until they are due, if Python waits then */
  timer = undefined;

  /** @param {(pieces: Piece[]) => void} post */
  constructor(post) {
    this.post = post;
  }

  /**
   * @param {number} descriptor
   * @param {string} text
   */
  print(descriptor, text) {
    const last = this.pieces.at(-1);
    if (last?.descriptor === descriptor) last.text += text;
    else this.pieces.push({ descriptor, text });
    this.characters += text.length;
    this.flushIfDue();
  }

  /**
   * A stream as Pyodide takes it.
   * @param {number} descriptor
   */
  stream(descriptor) {
    const decoder = new TextDecoder();
    return {
      write: (/** @type {Uint8Array} */ bytes) => {
        // In pieces: the page takes up to its limit, and ends who writes more.
        for (let begin = 0; begin < bytes.length; begin += PIECE) {
          const text = decoder.decode(bytes.subarray(begin, begin + PIECE), { stream: true });
          if (text) this.print(descriptor, text);
        }
        return bytes.length;
      },
    };
  }

  /** Posts what was printed and is due. Called again and again while Python computes, since no timer runs then. */
  flushIfDue() {
    if (!this.pieces.length) return;
    const time = performance.now();
    this.burst = Math.min(BURST, this.burst + (time - this.burstAt) / GATHER);
    this.burstAt = time;
    if (this.burst >= 1 || this.characters >= PIECE) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), GATHER);
  }

  /** Posts what was printed. */
  flush() {
    if (!this.pieces.length) return; // so there is no timer, either
    clearTimeout(this.timer);
    this.timer = undefined;
    this.burst--;
    this.characters = 0;
    this.post(this.pieces.splice(0));
  }
}
