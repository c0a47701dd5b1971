// A Run: the panel below a program, with output as it comes and a timeline of its processes. Loaded by the first click.
import { Workers, lacking, small } from "./workers.js";
import { Kernel } from "./kernel.js";
import { Timeline } from "./timeline.js";

const MOST = small ? 2 : 4; // CPUs that programs see: each worker takes some 80 MB
const COLOURS = 7;
const runs = new Map(); // figure → its Run

document.head.append(
  Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("panel.css", import.meta.url).href }),
);

const element = (tag, options = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), options);
  made.append(...children);
  return made;
};
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

document.addEventListener("visibilitychange", () => {
  if (document.hidden && !current) workers.release();
});

let current; // the run that is shown as running; there is one at a time
export const workers = new Workers((progress) => current?.progress(progress));

/** Runs what `command` says: what follows `python`; all programs of the page are in its folder, and some `edited` by the reader. */
export async function run({ figure, button, name, command, files, edited = [] }) {
  await current?.stop();
  const panel = runs.get(figure) ?? new Run(figure, button, name);
  runs.set(figure, panel);
  current = panel;
  await panel.run(command, files, edited);
}

export function stop(figure) {
  return runs.get(figure)?.stop();
}

/** What the last run in this figure printed, and how it ended. */
export const resultOf = (figure) => runs.get(figure)?.result;

/** Pieces that one process wrote one after the other to one stream, as one. */
function joined(pieces) {
  const found = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    if (last?.process === piece.process && last.descriptor === piece.descriptor) last.text += piece.text;
    else found.push({ ...piece });
  }
  return found;
}

class Run {
  constructor(figure, button, name) {
    Object.assign(this, { figure, button, name });
    this.status = element("p", { className: "live-status" });
    this.status.setAttribute("role", "status");
    this.edited = element("p", { className: "live-edited" });
    this.bar = element("progress", { hidden: true, max: 1 });
    this.bar.setAttribute("aria-label", "Loading Python");
    this.code = element("code");
    this.terminal = element("div", { className: "terminal", hidden: true }, element("pre", { tabIndex: 0 }, this.code));
    this.picture = element("div", { className: "live-timeline" });
    this.about = element("p", { className: "live-about" });
    this.section = element("section", { className: "live" }, this.status, this.edited, this.bar, this.terminal, this.picture, this.about);
    this.section.setAttribute("aria-label", `Run of ${name}`);
    figure.querySelector(":scope > .highlight").after(this.section);
    figure.addEventListener("edited", () => this.sayEdited());
  }

  async run(command, files, edited) {
    const lack = lacking();
    if (lack) {
      this.running(false);
      return this.say(lack);
    }
    this.code.replaceChildren();
    this.terminal.hidden = true;
    this.ran = { text: this.figure.edited, edited };
    this.sayEdited();
    this.result = { stdout: "", stderr: "", lines: [], status: null, flooded: false, stopped: false };
    this.unable = "";
    this.last = null;
    this.pending = [];
    this.numbers = new Map();
    this.timeline?.end();
    this.timeline = new Timeline(this.picture);
    this.running(true);
    this.say("Loading Python …");
    const kernel = (this.kernel = new Kernel({
      take: () => workers.take(),
      giveBack: (boot) => workers.giveBack(boot),
      tell: (event) => kernel === this.kernel && this.hear(event),
      cpus: Math.min(navigator.hardwareConcurrency || 1, MOST),
      limits: small ? { processes: 8 } : {},
    }));
    try {
      const { base, version } = await workers.load();
      const source = element("a", { href: `${base}LICENCE.txt`, textContent: "Pyodide" });
      this.about.replaceChildren(`CPython ${version} (`, source, "), start method spawn, in this browser");
    } catch (error) {
      if (kernel !== this.kernel) return; // stopped, or run anew
      this.say(`Python could not be loaded: ${error.message}`);
      this.running(false);
      return;
    }
    if (kernel !== this.kernel || kernel.stopped) return; // stopped while it was loading
    this.ended = kernel.run({ files, ...command });
    await this.ended;
  }

  async stop() {
    const kernel = this.kernel;
    if (!kernel) return;
    kernel.stop();
    if (!kernel.main) {
      this.say("Stopped.");
      this.running(false);
      this.kernel = null;
    }
  }

  running(is) {
    this.button.textContent = is ? "Stop" : "Run";
    this.button.setAttribute("aria-label", `${is ? "Stop" : "Run"} ${this.name}`);
    this.button.classList.toggle("running", is);
    this.bar.hidden = true;
    this.isRunning = is;
    if (!is && current === this) current = null;
  }

  say(text) {
    this.status.textContent = text;
  }

  /** That what ran is not the page's, or no longer what stands above. */
  sayEdited() {
    if (!this.ran) return;
    const { text, edited } = this.ran;
    const said = edited.length ? [`Edited: ${edited.join(", ")}. Nothing on this page proves this output.`] : [];
    if (text !== this.figure.edited) said.push("The program above has changed since this run.");
    this.edited.textContent = said.join(" ");
  }

  progress({ stage, bytes, total }) {
    if (stage === "download") {
      this.bar.hidden = false;
      this.bar.value = bytes / total;
      this.say(`Loading Python: ${megabytes(bytes)} of ${megabytes(total)} MB`);
    } else if (stage === "start") {
      this.bar.hidden = true;
      this.say("Starting Python …");
    }
  }

  hear(event) {
    this.timeline.hear(event);
    if (event.type === "start") {
      this.numbers.set(event.process, this.numbers.size);
    } else if (event.type === "runs") {
      if (!event.process.parent) this.say("Running …");
    } else if (event.type === "output") {
      this.output(event);
    } else if (event.type === "deadlock") {
      this.say(`A deadlock: nothing can go on. ${this.timeline.waiting()}.`);
    } else if (event.type === "waits" || event.type === "exit") {
      if (this.status.textContent.startsWith("A deadlock")) this.say("Running …"); // a signal has ended it
    } else if (event.type === "unable") {
      this.unable = event.message;
    } else if (event.type === "flooded") {
      this.result.flooded = true;
    } else if (event.type === "end") {
      this.show();
      Object.assign(this.result, { status: event.status, stopped: Boolean(event.stopped) });
      this.timeline.end();
      const seconds = `${(this.timeline.now / 1000).toFixed(2)} s`;
      const how = this.result.flooded
        ? "Stopped: it printed more than a page can show."
        : this.unable
          ? `Stopped: ${this.unable}`
          : event.stopped
            ? `Stopped after ${seconds}.`
            : `Ended with exit status ${event.status} after ${seconds}.`;
      this.say(how);
      this.kernel = null;
      this.running(false);
      if (this.unable) workers.release(); // those that still boot would end as this one did, and all take memory
      else workers.rest();
    }
  }

  // -- output ------------------------------------------------------------------------------------------------------

  output({ process, descriptor, text }) {
    this.result[descriptor === 1 ? "stdout" : "stderr"] += text;
    this.result.lines.push([process.name, descriptor, text]);
    this.pending.push({ process, descriptor, text });
    this.frame ??= requestAnimationFrame(() => this.show());
  }

  /** Adds what came since the last frame. Each line says which process wrote it. */
  show() {
    cancelAnimationFrame(this.frame);
    this.frame = null;
    for (const { process, descriptor, text } of joined(this.pending.splice(0))) {
      for (const part of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
        if (!this.last || this.last.complete || this.last.process !== process || this.last.descriptor !== descriptor) this.line(process, descriptor);
        this.last.span.append(part);
        this.last.complete = part.endsWith("\n");
      }
    }
    this.terminal.hidden = !this.code.hasChildNodes();
    const block = this.code.parentNode;
    block.scrollTop = block.scrollHeight;
  }

  line(process, descriptor) {
    const number = this.numbers.get(process);
    const tag = element("span", {
      className: `tag p${number ? ((number - 1) % COLOURS) + 1 : 0}`,
      title: descriptor === 2 ? `${process.name}, standard error` : process.name,
      textContent: number || "P",
    });
    if (this.last && !this.last.complete) this.code.append("\n");
    const span = element("span", { className: descriptor === 2 ? "err" : "out" });
    this.code.append(tag, span);
    this.last = { process, descriptor, span, complete: false };
  }
}
