// Copying, scrolling by keyboard, and a search that costs nothing until it is used and takes whole tracebacks. Everything reads without it.

// The theme fetches its search worker and the whole index with every page. Both wait here for the reader to turn
// to search. This file runs before the theme's; what it replaces is put back as soon as that one has run.
const wanted = new Promise((resolve) => {
  const search = document.getElementById("__search");
  search.addEventListener("change", resolve, { once: true });
  document.forms.search.addEventListener("focusin", resolve, { once: true });
  if (new URLSearchParams(location.search).has("q")) resolve();
});
const TheirWorker = window.Worker;
const { open, send } = XMLHttpRequest.prototype;
const query = document.forms.search.elements.query;
const base = new URL(JSON.parse(document.getElementById("__config").textContent).base, location);
let pasted = ""; // the whole of it; the box shows what it was reduced to
let dictionary; // loaded with the first error that is searched for

// The errors that the text tells of, best first. They come before what the theme's search finds.
async function errors(text) {
  if (text.trim().length < 8) return [];
  try {
    dictionary ??= Promise.all([import(new URL("assets/traceback.js", base)), fetch(new URL("errors.json", base)).then((answer) => answer.json())]).then(
      ([paste, pages]) => (text) => paste.ranked(text, pages.prepared ??= paste.prepared(pages)),
    );
    return (await dictionary)(text).slice(0, 3);
  } catch (error) {
    dictionary = undefined; // the next search asks for it again; this one has what the theme finds
    console.warn("The error dictionary could not be loaded:", error);
    return [];
  }
}
const escaped = (text) => Object.assign(document.createElement("i"), { textContent: text }).innerHTML;
const item = ({ page, score }) => [{ location: page.url, title: escaped(page.title), text: `<p>${escaped(page.cause)}</p>`, score: 1000 + score, terms: {} }];

window.Worker = class extends EventTarget {
  constructor(url) {
    super();
    this.asked = []; // texts that were searched for and have no result yet
    this.started = wanted.then(() => {
      const worker = new TheirWorker(url);
      worker.onmessage = async ({ data }) => {
        if (data.type === 3) {
          const found = (await this.asked.shift()) ?? [];
          const known = new Set(found.map(({ page }) => page.url));
          const others = data.data.items.filter(([first]) => !known.has(first.location.split("#")[0]));
          data.data.items = [...found.map(item), ...others];
        }
        this.dispatchEvent(new MessageEvent("message", { data }));
      };
      return worker;
    });
  }
  postMessage(message) {
    if (message.type === 2) {
      this.asked.push(errors(pasted || message.data));
      // To lunr these are operators. In a message they are just punctuation.
      message = { ...message, data: message.data.replace(/[-+~^:*"'`‘’“”()[\]{}<>=,;!?|\\/]+/g, " ").trim() };
    }
    this.started.then((worker) => worker.postMessage(message));
  }
};
// A text box drops line ends, and the theme searches when a key is released: a paste by mouse or touch has none.
query.addEventListener("paste", async (event) => {
  const text = event.clipboardData.getData("text");
  if (!text.includes("\n") && text.length < 200) return;
  event.preventDefault();
  const { reduced } = await import(new URL("assets/traceback.js", base));
  pasted = text;
  query.value = reduced(text);
  query.dispatchEvent(new KeyboardEvent("keyup"));
});
query.addEventListener("input", () => {
  pasted = "";
  query.dispatchEvent(new KeyboardEvent("keyup"));
});
XMLHttpRequest.prototype.open = function (method, url, ...rest) {
  this.forSearch = String(url).includes("/search/search_index.json");
  return open.call(this, method, url, ...rest);
};
XMLHttpRequest.prototype.send = function (...body) {
  this.forSearch ? wanted.then(() => send.apply(this, body)) : send.apply(this, body);
};

// -- programs: Copy, and what is loaded when the reader asks for it: Run and Edit --------------------------------------

const programs = new Map(); // by name, those that can be edited
const said = Object.assign(document.createElement("div"), { className: "said" });
said.setAttribute("role", "status");

const made = (className, textContent, click) => {
  const button = Object.assign(document.createElement("button"), { type: "button", className, textContent });
  button.addEventListener("click", click);
  return button;
};
const load = (name) => import(new URL(`assets/run/${name}.js`, base));
// What stands in a figure: the page's program, or the reader's version of it.
const sourceOf = (figure) => figure.edited ?? figure.querySelector(":scope > .highlight code").textContent;

// For two seconds a button says what came of the click.
function tell(button, text, spoken = text) {
  const before = button.textContent;
  button.textContent = text;
  said.textContent = spoken;
  setTimeout(() => {
    if (button.textContent === text) button.textContent = before;
    said.textContent = "";
  }, 2000);
}
// What loads something first: the button shows that it is busy, and says if it did not work.
const orTell = (button, action) => async () => {
  button.ariaBusy = "true";
  try {
    await action();
  } catch (error) {
    tell(button, "Not loaded", "This could not be loaded. Is there a connection?");
    throw error;
  } finally {
    button.ariaBusy = null;
  }
};

function withButtons(bar, figure, name, copy) {
  const { run, imported, cannot } = bar.dataset;
  if (cannot !== undefined) {
    const reason = Object.assign(document.createElement("p"), { className: "cannot", textContent: cannot, hidden: true });
    const why = made("run", "Why no Run?", () => {
      reason.hidden = !reason.hidden;
      why.setAttribute("aria-expanded", String(!reason.hidden));
    });
    why.setAttribute("aria-expanded", "false");
    copy.before(why);
    bar.append(reason);
  }
  if (run === undefined && imported === undefined) return;
  const program = { name, figure, bar, key: `edited ${location.pathname} ${name}` };
  program.edit = made("edit", "Edit");
  program.edit.addEventListener("click", orTell(program.edit, async () => (await load("edit")).toggle(program)));
  program.edit.setAttribute("aria-label", `Edit ${name}`);
  copy.before(program.edit);
  programs.set(name, program);
  if (run === undefined) return;
  const start = async () => {
    const { run: begin } = await load("panel");
    const shown = [...document.querySelectorAll(".example .file")].map((file) => [file.textContent, file.closest(".example")]);
    const files = Object.fromEntries(shown.map(([name, figure]) => [name, sourceOf(figure)]));
    const edited = shown.filter(([, figure]) => figure.edited !== undefined).map(([name]) => name);
    const command = JSON.parse(run);
    if ("stdin" in command) command.stdin = files[command.stdin];
    begin({ figure, button, name, command, files, edited });
  };
  const button = made("run", "Run");
  button.addEventListener("click", orTell(button, async () => (button.classList.contains("running") ? (await load("panel")).stop(figure) : start())));
  button.setAttribute("aria-label", `Run ${name}`);
  program.edit.before(button);
  program.run = orTell(button, start);
}

// What the reader edited on another visit, and what came with a link.
async function restore() {
  let kept = false;
  try {
    kept = [...programs.values()].some(({ key }) => localStorage.getItem(key));
  } catch {} // this browser has no storage
  if (!kept && !location.hash.startsWith("#edited=")) return;
  try {
    await (await load("edit")).restore(programs);
  } catch (error) {
    const line = Object.assign(document.createElement("p"), { className: "cannot" });
    line.setAttribute("role", "alert");
    line.textContent = "The editor could not be loaded, so a version that you edited or followed a link to is not shown. Is there a connection?";
    document.querySelector("article h1").before(line);
    throw error;
  }
}
addEventListener("hashchange", () => location.hash.startsWith("#edited=") && restore());

addEventListener("DOMContentLoaded", () => {
  window.Worker = TheirWorker;
  Object.assign(XMLHttpRequest.prototype, { open, send });

  document.body.append(said);
  for (const file of document.querySelectorAll(".example .file")) {
    const figure = file.closest(".example");
    const copy = made("copy", "Copy", async () => {
      try {
        await navigator.clipboard.writeText(sourceOf(figure));
        tell(copy, "Copied");
      } catch {
        // It takes https, or this computer, and the reader's leave.
        tell(copy, "Not copied", "The browser does not let this page copy. The program's name downloads it.");
      }
    });
    copy.setAttribute("aria-label", `Copy ${file.textContent}`);
    const actions = Object.assign(document.createElement("span"), { className: "actions" });
    actions.append(copy);
    file.closest(".bar").append(actions);
    withButtons(file.closest(".bar"), figure, file.textContent, copy);
  }
  restore();

  // What overflows can be scrolled by keyboard, and only that is a stop for the Tab key.
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      target.scrollWidth > target.clientWidth ? (target.tabIndex = 0) : target.removeAttribute("tabindex");
    }
  });
  for (const block of document.querySelectorAll(".md-typeset pre, .md-typeset__scrollwrap")) watch.observe(block);

  for (const button of document.querySelectorAll("[data-opens-search]")) {
    button.hidden = false;
    button.addEventListener("click", () => document.forms.search.elements.query.focus());
  }
});
