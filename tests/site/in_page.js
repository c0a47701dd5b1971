// What tests do in a page of the built site. `in_page` of tests/live.py makes one function of this file for Playwright
// and the other browsers' drivers; what has to last from one to the next is on `window`.

/** What lasts: the panel as `live`, and what tests set. */
const page = /** @type {any} */ (window);

/**
 * The address of a script of the site.
 * @param {string} name below assets/
 */
function address(name) {
  const script = document.querySelector("script[src*='programs.js']");
  if (!(script instanceof HTMLScriptElement)) throw new Error("this page has no programs.js");
  return new URL(name, script.src).href;
}

/** @returns {Promise<typeof import("../../docs/assets/run/panel.js")>} */
async function panel() {
  page.live = await import(address("run/panel.js"));
  return page.live;
}

/**
 * The figure of the program of this name.
 * @param {string} name
 */
function figureOf(name) {
  const figures = [...document.querySelectorAll(".example")];
  const figure = figures.find((each) => each.querySelector(".file")?.textContent === name);
  if (!(figure instanceof HTMLElement)) throw new Error(`this page has no ${name}`);
  return figure;
}

/**
 * A figure's Run button.
 * @param {HTMLElement} figure
 */
function buttonOf(figure) {
  const button = figure.querySelector(".run");
  if (!(button instanceof HTMLButtonElement)) throw new Error("this program has no Run button");
  return button;
}

/** @param {HTMLElement} figure */
const statusOf = (figure) => figure.querySelector(".live-status")?.textContent ?? "";

/**
 * What the program's bar says to the page.
 * @param {string} name
 */
export function bar(name) {
  const bar = figureOf(name).querySelector(".bar");
  return bar instanceof HTMLElement ? { ...bar.dataset } : {};
}

/**
 * Clicks Run, and waits until that has begun a run.
 * @param {[string, number]} argument the program, and the seconds that this may take
 */
export async function start([name, seconds]) {
  const figure = figureOf(name);
  const live = await panel();
  const before = live.resultOf(figure);
  buttonOf(figure).click();
  for (const begun = performance.now(); live.resultOf(figure) === before; ) {
    if (performance.now() - begun > seconds * 1000) throw new Error(`Run does nothing: ${statusOf(figure)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * What its run has given so far.
 * @param {string} name
 */
export async function look(name) {
  const figure = figureOf(name);
  const result = (await panel()).resultOf(figure);
  return { ...result, running: buttonOf(figure).classList.contains("running"), said: statusOf(figure) };
}

/** @param {string} name */
export async function stop(name) {
  await (await panel()).stop(figureOf(name));
}

/**
 * Runs this source in the page's first figure, as a file of this name. `window.ended` resolves at its end.
 * @param {[string, string[], string?]} argument source, arguments, name
 */
export async function begin([source, args, name = "test.py"]) {
  const figure = document.querySelector(".example");
  if (!(figure instanceof HTMLElement)) throw new Error("this page has no program");
  const live = await panel();
  const command = { arguments: [name, ...args] };
  page.ended = live.run({ figure, button: buttonOf(figure), name, command, files: { [name]: source } });
  page.result = () => live.resultOf(figure);
  page.stop = () => live.stop(figure);
}

/** Waits for the workers that are kept ready. What booting and loading took. */
export async function boots() {
  const { workers } = await panel();
  await Promise.all(workers.spares.map((spare) => spare.ready));
  return { boots: workers.boots, loads: workers.loads };
}

/**
 * The fragment of a link to this program.
 * @param {[string, string]} argument name, text
 */
export async function packed([name, text]) {
  /** @type {typeof import("../../docs/assets/run/share.js")} */
  const share = await import(address("run/share.js"));
  return share.packed(name, text);
}

/** What a program may touch, by what has it. */
export async function allowed() {
  /** @type {typeof import("../../docs/assets/run/allowed.js")} */
  const { LANGUAGE, FUNCTIONS, TIMERS, CLASSES, OBJECTS, WEBASSEMBLY } = await import(address("run/allowed.js"));
  const named = [...Object.keys(CLASSES), ...Object.keys(OBJECTS), "WebAssembly", "self"];
  const classes = Object.entries(CLASSES).flatMap(([name, members]) => [
    [name, ["name", "length", "prototype", ...members.static]],
    [`${name}.prototype`, members.instance],
  ]);
  return {
    self: [...LANGUAGE, ...FUNCTIONS, ...TIMERS, ...named],
    ...OBJECTS,
    WebAssembly: WEBASSEMBLY,
    ...Object.fromEntries(classes),
  };
}

/** Draws a frame that was asked for before the end of a run: what is then the tabindex of its last picture? */
export async function lateFrame() {
  /** @type {typeof import("../../docs/assets/run/timeline.js")} */
  const { Timeline } = await import(address("run/timeline.js"));
  const place = document.body.appendChild(document.createElement("div"));
  /** @type {FrameRequestCallback[]} */
  const frames = [];
  const real = window.requestAnimationFrame;
  window.requestAnimationFrame = (frame) => frames.push(frame);
  const timeline = new Timeline(place);
  const process = /** @type {any} */ ({ name: "MainProcess" });
  timeline.hear({ type: "start", process });
  timeline.hear({ type: "runs", process });
  while (!frames.length) await new Promise((resolve) => setTimeout(resolve, 10));
  window.requestAnimationFrame = real;
  timeline.hear({ type: "exit", process, status: 0 });
  timeline.end();
  const last = place.querySelector("svg");
  frames[0](performance.now());
  return last?.isConnected ? last.getAttribute("tabindex") : null;
}

/** From here on as many workers are good as `window.good` says; all others have the fault `window.fault`. */
export function breakWorkers() {
  const script = (/** @type {string} */ text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  // As in Chromium where memory ends. Firefox and Safari say "out of memory" too.
  const noMemory = script(`const { instantiate } = WebAssembly;
    WebAssembly.instantiate = async (module, imports) => {
      if (imports) throw new RangeError("Out of memory: Cannot allocate Wasm memory");
      return instantiate(module); // a small one, without memory
    };`);
  /** @type {Record<string, (good: string | URL) => string>} scripts in the place of a good one */
  const scripts = {
    memory: (good) => script(`import "${noMemory}"; import "${good}";`),
    throws: () => script("throw new Error('nothing works');"),
    silence: () => script(""),
  };
  window.Worker = class extends Worker {
    /**
     * @param {string | URL} url
     * @param {WorkerOptions} [options]
     */
    constructor(url, options) {
      super(page.good-- > 0 ? url : scripts[page.fault](url), options);
    }
  };
}
