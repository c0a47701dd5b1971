// The lanes of a run, drawn while it runs: time goes to the right, the parent is on top. Starting is a thin line,
// running a solid bar, waiting hatched, the end a tick with the exit code. The build draws recorded runs alike.
import { element } from "../dom.js";

/**
 * A lane of the picture is a process, and what it did: spans with a beginning and an end in ms since the program began.
 * @typedef {{ kind: "starts" | "runs" | "waits", what: string, line: number, from: number, to: number | null }} Span
 * @typedef {{ name: string, number: number, spans: Span[], status: number | null }} Lane
 * @typedef {Span & { until: number }} Shown as a shape
 */

const SVG = "http://www.w3.org/2000/svg";
const COLOURS = 7;
const [LEFT, RIGHT, BAR, GAP] = [112, 44, 20, 8];
const shorter = (/** @type {string} */ name) =>
  name.replace(/^MainProcess$/, "parent").replace(/^(Spawn)?(Pool)?/, "$2");
const milliseconds = (/** @type {number} */ time) =>
  time < 1000 ? `${Math.round(time)} ms` : `${(time / 1000).toFixed(2)} s`;

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
function draw(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

export class Timeline {
  /** @type {Lane[]} the parent's first */
  lanes = [];
  /** @type {Map<import("./objects.js").Process, Lane>} */
  byProcess = new Map();
  /** @type {number | null} when the program began */
  zero = null;
  /** @type {number | undefined} when it ended */
  ended = undefined;
  /** @type {ReturnType<typeof setTimeout> | undefined} until the next picture */
  timer = undefined;
  /** @type {SVGSVGElement | null} */
  picture = null;
  /** @type {SVGGElement[][]} what is drawn of each lane's spans */
  shapes = [];

  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    place.replaceChildren();
  }

  get now() {
    return this.zero === null ? 0 : (this.ended ?? performance.now()) - this.zero;
  }

  // -- what happens ------------------------------------------------------------------------------------------------

  /** @param {import("./kernel.js").KernelEvent} event */
  hear(event) {
    if (!("process" in event)) return;
    const lane = this.laneOf(event.process);
    switch (event.type) {
      case "start":
        this.open(lane, "starts", this.now);
        break;
      case "runs":
        if (this.zero === null) this.begin(lane);
        else this.open(lane, "runs", this.now);
        break;
      case "waits": {
        const [what, line] = event.why.split("\t");
        const waits = event.holder ? `${what} (${shorter(event.holder)} has it)` : what;
        this.open(lane, "waits", this.timeOf(event.at), waits, Number(line));
        break;
      }
      case "goes on":
        this.open(lane, "runs", this.timeOf(event.at));
        break;
      case "exit":
        this.close(lane);
        lane.status = event.status;
        break;
    }
  }

  /** @param {import("./objects.js").Process} process */
  laneOf(process) {
    const known = this.byProcess.get(process);
    if (known) return known;
    const lane = { name: shorter(process.name), number: this.lanes.length, spans: [], status: null };
    this.lanes.push(lane);
    this.byProcess.set(process, lane);
    return lane;
  }

  /**
   * When it was, by the worker's own clock: the page may hear of it later.
   * @param {number | undefined} at
   */
  timeOf(at) {
    return at && this.zero !== null ? Math.min(at - performance.timeOrigin - this.zero, this.now) : this.now;
  }

  /** @param {Lane} lane */
  begin(lane) {
    this.zero = performance.now();
    lane.spans.length = 0; // before the program there was only Python's own start
    this.open(lane, "runs", 0);
    const frame = () => {
      if (this.ended !== undefined) return; // asked for before the end: the last picture is there, and listens to keys
      this.draw();
      this.timer = setTimeout(() => requestAnimationFrame(frame), 100);
    };
    frame();
  }

  /**
   * @param {Lane} lane
   * @param {Span["kind"]} kind
   * @param {number} time
   * @param {string} what it waits for
   * @param {number} line of the program
   */
  open(lane, kind, time, what = "", line = 0) {
    this.close(lane, time);
    lane.spans.push({ kind, what, line, from: lane.spans.at(-1)?.to ?? time, to: null });
  }

  /**
   * @param {Lane} lane
   * @param {number} time
   */
  close(lane, time = this.now) {
    const last = lane.spans.at(-1);
    if (last && last.to === null) last.to = Math.max(time, last.from);
  }

  end() {
    if (this.ended !== undefined) return;
    this.ended = performance.now();
    clearTimeout(this.timer);
    if (this.zero !== null) {
      this.draw();
      this.tellInWords();
    }
  }

  // -- the picture -------------------------------------------------------------------------------------------------

  draw() {
    const width = Math.max(300, this.place.clientWidth || 640);
    const total = Math.max(this.now, 1);
    const scale = (/** @type {number} */ time) => LEFT + ((width - LEFT - RIGHT) * time) / total;
    const height = this.lanes.length * (BAR + GAP) + 26;
    /** @type {SVGElement[]} */
    const parts = [];
    this.shapes = this.lanes.map((lane, row) => {
      const y = row * (BAR + GAP);
      parts.push(draw("text", { class: "lane", x: LEFT - 10, y: y + BAR / 2 + 5 }, lane.name));
      const shapes = this.segments(lane, total, width).map((span) => this.shape(span, lane, scale, y));
      parts.push(...shapes);
      const last = lane.spans.at(-1);
      if (lane.status !== null && last) {
        const end = scale(last.to ?? this.now);
        parts.push(draw("path", { class: "exit", d: `M${end} ${y - 2}v${BAR + 4}` }));
        const kind = lane.status ? "code bad" : "code";
        parts.push(draw("text", { class: kind, x: end + 6, y: y + BAR / 2 + 5 }, String(lane.status)));
      }
      return shapes;
    });
    parts.push(...this.axis(scale, total, height - 18));
    const picture = draw("svg", { class: "timeline", viewBox: `0 0 ${width} ${height}`, width, height }, ...parts);
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", this.describe());
    this.place.querySelector("svg")?.remove();
    this.place.prepend(picture);
    this.picture = picture;
  }

  /**
   * The spans that can be seen: what is narrower than a pixel goes into its neighbour.
   * @param {Lane} lane
   * @param {number} total ms
   * @param {number} width pixels
   */
  segments(lane, total, width) {
    const least = total / width;
    /** @type {Shown[]} */
    const seen = [];
    for (const span of lane.spans) {
      const to = span.to ?? this.now;
      const last = seen.at(-1);
      if (last && (to - span.from < least || (last.kind === span.kind && last.what === span.what))) last.until = to;
      else seen.push({ ...span, until: to });
    }
    return seen;
  }

  /**
   * @param {Shown} span
   * @param {Lane} lane
   * @param {(time: number) => number} scale
   * @param {number} y
   */
  shape(span, lane, scale, y) {
    const [x, end] = [scale(span.from), scale(span.until)];
    const wide = Math.max(end - x, 1);
    const middle = y + BAR / 2;
    const says = this.says(span, lane);
    const group = draw("g", { class: `span ${span.kind}`, "data-says": says });
    if (span.kind === "runs") {
      const colour = lane.number ? ((lane.number - 1) % COLOURS) + 1 : 0;
      group.append(draw("rect", { class: `p${colour}`, x, y, width: wide, height: BAR }));
    } else {
      group.append(draw("rect", { class: "ground", x, y, width: wide, height: BAR }));
      let path = `M${x} ${y + 2}v${BAR - 4}M${x} ${middle}H${end}`;
      if (span.kind === "waits")
        for (let step = 4; step < wide - 8; step += 8) path += `M${x + step} ${y + BAR - 4}l6 ${8 - BAR}`;
      group.append(draw("path", { class: span.kind, d: path }));
    }
    group.append(draw("title", {}, says));
    return group;
  }

  /**
   * @param {(time: number) => number} scale
   * @param {number} total ms
   * @param {number} y
   */
  axis(scale, total, y) {
    let step = 1;
    for (let index = 0; scale(step) - LEFT < 70; index++) step *= [2, 2.5, 2][index % 3];
    const [divisor, unit] = step >= 1000 ? [1000, " s"] : [1, " ms"];
    let path = `M${LEFT} ${y}H${scale(total)}`;
    const labels = [];
    for (let at = 0; at <= total; at += step) {
      path += `M${scale(at)} ${y - 4}v8`;
      const isLast = at + step > total;
      labels.push(draw("text", { class: "tick", x: scale(at), y: y + 17 }, `${at / divisor}${isLast ? unit : ""}`));
    }
    return [draw("path", { class: "axis", d: path }), ...labels];
  }

  /** The processes that wait now, and what each waits for. */
  waiting() {
    const alive = this.lanes.filter(({ status }) => status === null);
    return alive.flatMap((lane) => lane.spans.slice(-1).map((span) => this.doing(span, lane))).join("; ");
  }

  // -- the same in words -------------------------------------------------------------------------------------------

  /**
   * @param {Span | Shown} span
   * @param {Lane} lane
   */
  says(span, lane) {
    const end = "until" in span ? span.until : (span.to ?? this.now);
    return `${this.doing(span, lane)}: ${milliseconds(span.from)} to ${milliseconds(end)}`;
  }

  /**
   * @param {Span} span
   * @param {Lane} lane
   */
  doing({ kind, what, line }, lane) {
    const doing = kind === "waits" ? `waits ${/^the |^requests/.test(what) ? "for" : "in"} ${what}` : kind;
    const where = line ? `, line ${line}` : "";
    return `${lane.name} ${doing}${where}`;
  }

  describe() {
    const lanes = this.lanes.map(({ name, status }) => `${name}${status === null ? "" : ` ended with ${status}`}`);
    const processes = lanes.length === 1 ? "process" : "processes";
    return `Timeline of ${lanes.length} ${processes}, ${milliseconds(this.now)}: ${lanes.join(", ")}.`;
  }

  /** After the run: a line that says what is below the pointer or was reached by arrow keys, and all as a list. */
  tellInWords() {
    const { picture, shapes } = this;
    if (!picture) return;
    const readout = element("p", { className: "live-readout", textContent: "Point at a lane, or use the arrow keys." });
    readout.setAttribute("aria-live", "polite");
    const list = element("ol");
    for (const lane of this.lanes) {
      for (const span of lane.spans.slice(0, 50)) list.append(element("li", { textContent: this.says(span, lane) }));
      if (lane.status !== null) list.append(element("li", { textContent: `${lane.name} ends with ${lane.status}` }));
    }
    const summary = element("summary", { textContent: "The timeline in words" });
    this.place.append(readout, element("details", {}, summary, list));
    let [row, column] = [0, -1];
    const choose = (/** @type {SVGElement} */ shape) => {
      picture.querySelector(".chosen")?.classList.remove("chosen");
      shape.classList.add("chosen");
      readout.textContent = shape.dataset.says ?? "";
    };
    picture.setAttribute("tabindex", "0");
    picture.addEventListener("pointerover", (event) => {
      const shape = event.target instanceof Element && event.target.closest(".span");
      if (shape instanceof SVGElement) choose(shape);
    });
    /** @type {Record<string, [number, number]>} */
    const moves = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    picture.addEventListener("keydown", (event) => {
      const move = moves[event.key];
      if (!move) return;
      event.preventDefault();
      row = Math.min(Math.max(row + move[0], 0), shapes.length - 1);
      column = Math.min(Math.max(column + move[1], 0), Math.max(shapes[row].length - 1, 0));
      if (shapes[row][column]) choose(shapes[row][column]);
    });
  }
}
