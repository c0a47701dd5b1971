// The panel below a program that runs, with output as it comes and a timeline of its processes. A click loads it.
import { addStyles, element, get } from "../dom.js";
import { Kernel } from "./kernel.js";
import { SMALL_LIMITS } from "./limits.js";
import { Timeline } from "./timeline.js";
import { lacking, small, Workers } from "./workers.js";

/** @typedef {import("./objects.js").Process} Process */
/** @typedef {import("./kernel.js").KernelEvent} KernelEvent */
/** @typedef {import("./protocol.js").Program} Command */
/** @typedef {import("./protocol.js").Files} Files */
/** @typedef {{ process: Process, descriptor: number, text: string }} Piece of output */

/**
 * What the last run printed, and how it ended: `lines` are the pieces as they came, each with its process's name, its
 * descriptor and its text.
 * @typedef {{ stdout: string, stderr: string, lines: [string, number, string][], status: number | null,
 *   stopped: boolean }} RunResult
 */

const MOST = small ? 2 : 4; // CPUs that programs see: each worker takes some 80 MB
const COLOURS = 7;
const SLOW = "A process has been starting for";
/** @type {Map<HTMLElement, Panel>} by the program's figure */
const panels = new Map();
/** @type {Panel | null} that is shown as running; there is one at a time */
let current = null;
export const workers = new Workers((progress) => current?.progress(progress));

addStyles(new URL("panel.css", import.meta.url));
document.addEventListener("visibilitychange", () => {
  if (document.hidden && !current) workers.release();
});

/**
 * Runs a command in a folder with all programs of the page, of which some may be `edited` by the reader.
 * @param {{ figure: HTMLElement, button: HTMLButtonElement, name: string, command: Command, files: Files,
 *   edited?: string[] }} run
 */
export async function run({ figure, button, name, command, files, edited = [] }) {
  current?.stop();
  const panel = panels.get(figure) ?? new Panel(figure, button, name);
  panels.set(figure, panel);
  current = panel;
  await panel.run(command, files, edited);
}

/** @param {HTMLElement} figure */
export function stop(figure) {
  return panels.get(figure)?.stop();
}

/** @param {HTMLElement} figure */
export const resultOf = (figure) => panels.get(figure)?.result;

const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);

/**
 * Pieces that one process wrote one after the other to one stream, as one.
 * @param {Piece[]} pieces
 */
function joined(pieces) {
  /** @type {Piece[]} */
  const joined = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last?.process === piece.process && last.descriptor === piece.descriptor) last.text += piece.text;
    else joined.push({ ...piece });
  }
  return joined;
}

class Panel {
  /** @type {Kernel | null} of the run that is going on */
  kernel = null;
  /** @type {Timeline | null} */
  timeline = null;
  /** @type {RunResult | undefined} */
  result = undefined;
  /** Why a process could not start, if one could not. */
  unable = "";
  /** Which limit of a run was reached, if one was. */
  limit = "";
  /** @type {Piece[]} that are not shown yet */
  pending = [];
  /** @type {Map<Process, number>} */
  numbers = new Map();
  /** @type {{ process: Process, descriptor: number, span: HTMLElement, complete: boolean } | null} the last line */
  last = null;
  /** @type {number | null} the animation frame that shows what is pending */
  frame = null;
  /** What ran last, and what stands in the figure now. */
  ran = "";
  source = "";
  /** @type {string[]} names of programs that were not the page's when they ran */
  edited = [];

  /**
   * @param {HTMLElement} figure
   * @param {HTMLButtonElement} button
   * @param {string} name of the program
   */
  constructor(figure, button, name) {
    this.button = button;
    this.name = name;
    this.status = element("p", { className: "live-status" });
    this.status.setAttribute("role", "status");
    this.note = element("p", { className: "live-edited" });
    this.bar = element("progress", { hidden: true, max: 1 });
    this.bar.setAttribute("aria-label", "Loading Python");
    this.code = element("code");
    this.block = element("pre", { tabIndex: 0 }, this.code);
    this.terminal = element("div", { className: "terminal", hidden: true }, this.block);
    this.picture = element("div", { className: "live-timeline" });
    this.about = element("p", { className: "live-about" });
    const parts = [this.status, this.note, this.bar, this.terminal, this.picture, this.about];
    const section = element("section", { className: "live" }, ...parts);
    section.setAttribute("aria-label", `Run of ${name}`);
    get(figure, ":scope > .highlight").after(section);
    figure.addEventListener("edited", (event) => {
      if (event instanceof CustomEvent) this.source = event.detail;
      this.sayEdited();
    });
  }

  /**
   * @param {Command} command
   * @param {Files} files
   * @param {string[]} edited
   */
  async run(command, files, edited) {
    const lack = lacking();
    if (lack) {
      this.running(false);
      return this.say(lack);
    }
    this.code.replaceChildren();
    this.terminal.hidden = true;
    this.ran = this.source = files[this.name];
    this.edited = edited;
    this.result = { stdout: "", stderr: "", lines: [], status: null, stopped: false };
    this.sayEdited();
    this.unable = this.limit = "";
    this.last = null;
    this.pending = [];
    this.numbers = new Map();
    this.timeline?.end();
    this.timeline = new Timeline(this.picture);
    this.running(true);
    this.say("Loading Python …");
    const kernel = new Kernel({
      take: () => workers.take(),
      giveBack: (boot) => workers.giveBack(boot),
      tell: (event) => kernel === this.kernel && this.hear(event),
      cpus: Math.min(navigator.hardwareConcurrency || 1, MOST),
      limits: small ? SMALL_LIMITS : {},
    });
    this.kernel = kernel;
    try {
      const { base, version } = await workers.load();
      const source = element("a", { href: `${base}LICENCE.txt`, textContent: "Pyodide" });
      this.about.replaceChildren(`CPython ${version} (`, source, "), start method spawn, in this browser");
    } catch (error) {
      if (kernel !== this.kernel) return; // stopped, or run again
      this.say(`Python could not be loaded: ${error instanceof Error ? error.message : error}`);
      this.running(false);
      return;
    }
    if (kernel !== this.kernel || kernel.stopped) return; // stopped while it was loading
    await kernel.run({ files, ...command });
  }

  stop() {
    const kernel = this.kernel;
    if (!kernel) return;
    kernel.stop();
    if (!kernel.main) {
      this.say("Stopped.");
      this.running(false);
      this.kernel = null;
    }
  }

  /** @param {boolean} is */
  running(is) {
    this.button.textContent = is ? "Stop" : "Run";
    this.button.setAttribute("aria-label", `${is ? "Stop" : "Run"} ${this.name}`);
    this.button.classList.toggle("running", is);
    this.bar.hidden = true;
    if (!is && current === this) current = null;
  }

  /** @param {string} text */
  say(text) {
    this.status.textContent = text;
  }

  /** That what ran is not the page's, or no longer what stands above. */
  sayEdited() {
    if (!this.result) return;
    const notes = [];
    if (this.edited.length) notes.push(`Edited: ${this.edited.join(", ")}. Nothing on this page proves this output.`);
    if (this.ran !== this.source) notes.push("The program above has changed since this run.");
    this.note.textContent = notes.join(" ");
  }

  /** @param {import("./workers.js").Progress} progress */
  progress(progress) {
    if (progress.stage === "download") {
      const { bytes, total } = progress;
      this.bar.hidden = false;
      this.bar.value = bytes / total;
      this.say(`Loading Python: ${megabytes(bytes)} of ${megabytes(total)} MB`);
    } else if (progress.stage === "start") {
      this.bar.hidden = true;
      this.say("Starting Python …");
    } else if (progress.stage === "slow" && this.kernel?.starting) {
      this.say(`${SLOW} ${progress.seconds} s: this device is busy …`);
    }
  }

  /** @param {KernelEvent} event */
  hear(event) {
    const { timeline, result } = this;
    if (!timeline || !result) return;
    timeline.hear(event);
    switch (event.type) {
      case "start":
        this.numbers.set(event.process, this.numbers.size);
        break;
      case "runs":
        if (!event.process.parent || this.status.textContent.startsWith(SLOW)) this.say("Running …");
        break;
      case "output":
        this.output(event, result);
        break;
      case "deadlock":
        this.say(`A deadlock: nothing can go on. ${timeline.waiting()}.`);
        break;
      case "waits":
      case "exit":
        if (this.status.textContent.startsWith("A deadlock")) this.say("Running …"); // a signal has ended it
        break;
      case "unable":
        this.unable = event.message;
        break;
      case "limit":
        this.limit = event.message;
        break;
      case "end":
        this.show();
        result.status = event.status;
        result.stopped = event.stopped;
        timeline.end();
        this.say(this.ending(result, timeline.now));
        this.kernel = null;
        this.running(false);
        if (!this.unable) workers.rest();
        else workers.release(); // those that still boot would end as this one did, and all take memory
    }
  }

  /**
   * @param {RunResult} result
   * @param {number} time ms
   */
  ending({ stopped, status }, time) {
    const seconds = `${(time / 1000).toFixed(2)} s`;
    if (this.limit || this.unable) return `Stopped: ${this.limit || this.unable}`;
    return stopped ? `Stopped after ${seconds}.` : `Ended with exit status ${status} after ${seconds}.`;
  }

  // -- output ------------------------------------------------------------------------------------------------------

  /**
   * @param {Piece} piece
   * @param {RunResult} result
   */
  output({ process, descriptor, text }, result) {
    result[descriptor === 1 ? "stdout" : "stderr"] += text;
    result.lines.push([process.name, descriptor, text]);
    this.pending.push({ process, descriptor, text });
    this.frame ??= requestAnimationFrame(() => this.show());
  }

  /** Adds what came since the last frame. Each line says which process wrote it. */
  show() {
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.frame = null;
    for (const { process, descriptor, text } of joined(this.pending.splice(0))) {
      for (const part of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
        const line = this.lineOf(process, descriptor);
        line.span.append(part);
        line.complete = part.endsWith("\n");
      }
    }
    this.terminal.hidden = !this.code.hasChildNodes();
    this.block.scrollTop = this.block.scrollHeight;
  }

  /**
   * The last line, if it goes on with what this process writes to this stream, else a new one.
   * @param {Process} process
   * @param {number} descriptor
   */
  lineOf(process, descriptor) {
    const { last } = this;
    if (last && !last.complete && last.process === process && last.descriptor === descriptor) return last;
    const number = this.numbers.get(process);
    const tag = element("span", {
      className: `tag p${number ? ((number - 1) % COLOURS) + 1 : 0}`,
      title: descriptor === 2 ? `${process.name}, standard error` : process.name,
      textContent: number ? String(number) : "P",
    });
    if (last && !last.complete) this.code.append("\n");
    const span = element("span", { className: descriptor === 2 ? "err" : "out" });
    this.code.append(tag, span);
    this.last = { process, descriptor, span, complete: false };
    return this.last;
  }
}
