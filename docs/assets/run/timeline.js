// The lanes of a run, drawn while it runs: time goes to the right, the parent is on top. Starting is a thin line, running
// a solid bar, waiting hatched, the end a tick with the exit code. See docs/.theme/timeline.py for recorded runs.
const SVG = "http://www.w3.org/2000/svg";
const COLOURS = 7;
const [LEFT, RIGHT, BAR, GAP] = [112, 44, 20, 8];
const shorter = (name) => name.replace(/^MainProcess$/, "parent").replace(/^(Spawn)?(Pool)?/, "$2");
const milliseconds = (time) => (time < 1000 ? `${Math.round(time)} ms` : `${(time / 1000).toFixed(2)} s`);

const draw = (tag, attributes, ...children) => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

export class Timeline {
  constructor(place) {
    this.place = place;
    this.lanes = [];
    this.byProcess = new Map();
    this.zero = null; // when the program began
    place.replaceChildren();
  }

  get now() {
    return this.zero === null ? 0 : (this.ended ?? performance.now()) - this.zero;
  }

  // -- what happens ------------------------------------------------------------------------------------------------

  hear({ type, process, why, holder, status, at }) {
    if (!process) return;
    let lane = this.byProcess.get(process);
    // When it was, by the worker's own clock: the page may hear of it later.
    const time = at && this.zero !== null ? Math.min(at - performance.timeOrigin - this.zero, this.now) : this.now;
    if (type === "start") {
      lane = { process, name: shorter(process.name), number: this.lanes.length, spans: [], status: null };
      this.lanes.push(lane);
      this.byProcess.set(process, lane);
      this.open(lane, "starts", time);
    } else if (type === "runs") {
      if (this.zero === null) this.begin(lane);
      this.open(lane, "runs", this.now);
    } else if (type === "waits") {
      const [what, line] = why.split("\t");
      this.open(lane, "waits", time, holder ? `${what} (${shorter(holder)} has it)` : what, Number(line));
    } else if (type === "goes on") this.open(lane, "runs", time);
    else if (type === "exit") {
      this.close(lane);
      lane.status = status;
    }
  }

  begin(lane) {
    this.zero = performance.now();
    lane.spans.length = 0; // before the program there was only Python's own start
    const frame = () => {
      if (this.ended !== undefined) return; // asked for before the end: the last picture is there, and listens to keys
      this.draw();
      this.timer = setTimeout(() => requestAnimationFrame(frame), 100);
    };
    frame();
  }

  open(lane, kind, time, what = "", line = 0) {
    this.close(lane, time);
    lane.spans.push({ kind, what, line, from: lane.spans.at(-1)?.to ?? time, to: null });
  }

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
    const scale = (time) => LEFT + ((width - LEFT - RIGHT) * time) / total;
    const height = this.lanes.length * (BAR + GAP) + 26;
    const parts = [];
    this.shapes = this.lanes.map((lane, row) => {
      const y = row * (BAR + GAP);
      parts.push(draw("text", { class: "lane", x: LEFT - 10, y: y + BAR / 2 + 5 }, lane.name));
      const shapes = this.segments(lane, total, width).map((span) => this.shape(span, lane, scale, y));
      parts.push(...shapes);
      if (lane.status !== null && lane.spans.length) {
        const end = scale(lane.spans.at(-1).to);
        parts.push(draw("path", { class: "exit", d: `M${end} ${y - 2}v${BAR + 4}` }));
        parts.push(draw("text", { class: lane.status ? "code bad" : "code", x: end + 6, y: y + BAR / 2 + 5 }, String(lane.status)));
      }
      return shapes;
    });
    parts.push(...this.axis(scale, total, height - 18));
    const picture = draw("svg", { class: "timeline", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": this.story() }, ...parts);
    this.place.querySelector("svg")?.remove();
    this.place.prepend(picture);
    this.picture = picture;
  }

  /** The spans that can be seen: what is narrower than a pixel goes into its neighbour. */
  segments(lane, total, width) {
    const least = total / width;
    const seen = [];
    for (const span of lane.spans) {
      const to = span.to ?? this.now;
      const last = seen.at(-1);
      if (last && (to - span.from < least || (last.kind === span.kind && last.what === span.what))) last.until = to;
      else seen.push({ ...span, until: to });
    }
    return seen;
  }

  shape(span, lane, scale, y) {
    const [x, end] = [scale(span.from), scale(span.until)];
    const wide = Math.max(end - x, 1);
    const middle = y + BAR / 2;
    const group = draw("g", { class: `span ${span.kind}`, "data-says": this.says(span, lane) });
    if (span.kind === "runs") {
      group.append(draw("rect", { class: `p${lane.number ? ((lane.number - 1) % COLOURS) + 1 : "0"}`, x, y, width: wide, height: BAR }));
    } else {
      group.append(draw("rect", { class: "ground", x, y, width: wide, height: BAR }));
      let path = `M${x} ${y + 2}v${BAR - 4}M${x} ${middle}H${end}`;
      if (span.kind === "waits") for (let step = 4; step < wide - 8; step += 8) path += `M${x + step} ${y + BAR - 4}l6 ${8 - BAR}`;
      group.append(draw("path", { class: span.kind, d: path }));
    }
    group.append(draw("title", {}, group.dataset.says));
    return group;
  }

  axis(scale, total, y) {
    let step = 1;
    for (let index = 0; scale(step) - LEFT < 70; index++) step *= [2, 2.5, 2][index % 3];
    let path = `M${LEFT} ${y}H${scale(total)}`;
    const labels = [];
    for (let at = 0; at <= total; at += step) {
      path += `M${scale(at)} ${y - 4}v8`;
      const unit = step >= 1000 ? `${at / 1000}` : `${at}`;
      labels.push(draw("text", { class: "tick", x: scale(at), y: y + 17 }, unit + (at + step > total ? (step >= 1000 ? " s" : " ms") : "")));
    }
    return [draw("path", { class: "axis", d: path }), ...labels];
  }

  /** Who waits for what, now. */
  waiting() {
    const last = this.lanes.filter(({ status }) => status === null).map((lane) => this.doing(lane.spans.at(-1), lane));
    return last.join("; ");
  }

  // -- the same in words -------------------------------------------------------------------------------------------

  says(span, lane) {
    return `${this.doing(span, lane)}: ${milliseconds(span.from)} to ${milliseconds(span.until ?? span.to ?? this.now)}`;
  }

  doing({ kind, what, line }, lane) {
    const doing = { starts: "starts", runs: "runs", waits: `waits ${/^the |^requests/.test(what) ? "for" : "in"} ${what}` }[kind];
    const where = line ? `, line ${line}` : "";
    return `${lane.name} ${doing}${where}`;
  }

  story() {
    const lanes = this.lanes.map(({ name, status }) => `${name}${status === null ? "" : ` ended with ${status}`}`);
    return `Timeline of ${this.lanes.length} process${this.lanes.length === 1 ? "" : "es"}, ${milliseconds(this.now)}: ${lanes.join(", ")}.`;
  }

  /** After the run: a line that says what is below the pointer or was reached by arrow keys, and all of it as a list. */
  tellInWords() {
    const readout = Object.assign(document.createElement("p"), { className: "live-readout", textContent: "Point at a lane, or use the arrow keys." });
    readout.setAttribute("aria-live", "polite");
    const details = document.createElement("details");
    const list = document.createElement("ol");
    for (const lane of this.lanes) {
      for (const span of lane.spans.slice(0, 50)) list.append(Object.assign(document.createElement("li"), { textContent: this.says(span, lane) }));
      if (lane.status !== null) list.append(Object.assign(document.createElement("li"), { textContent: `${lane.name} ends with ${lane.status}` }));
    }
    details.append(Object.assign(document.createElement("summary"), { textContent: "The timeline in words" }), list);
    this.place.append(readout, details);
    const { picture, shapes } = this;
    let [row, column] = [0, -1];
    const choose = (shape) => {
      picture.querySelector(".chosen")?.classList.remove("chosen");
      shape.classList.add("chosen");
      readout.textContent = shape.dataset.says;
    };
    picture.tabIndex = 0;
    picture.addEventListener("pointerover", (event) => {
      const shape = event.target.closest(".span");
      if (shape) choose(shape);
    });
    picture.addEventListener("keydown", (event) => {
      const moves = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
      const move = moves[event.key];
      if (!move) return;
      event.preventDefault();
      row = Math.min(Math.max(row + move[0], 0), shapes.length - 1);
      column = Math.min(Math.max(column + move[1], 0), Math.max(shapes[row].length - 1, 0));
      if (shapes[row][column]) choose(shapes[row][column]);
    });
  }
}
