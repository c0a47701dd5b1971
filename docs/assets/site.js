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
  dictionary ??= Promise.all([import(new URL("assets/paste.js", base)), fetch(new URL("errors.json", base)).then((answer) => answer.json())]).then(
    ([paste, pages]) => (text) => paste.ranked(text, pages.prepared ??= paste.prepared(pages)),
  );
  return (await dictionary)(text).slice(0, 3);
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
  const { reduced } = await import(new URL("assets/paste.js", base));
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

// A program that can run in the page gets a button for that; what it takes is loaded by the first click.
function runButton(file, copy) {
  const bar = file.closest(".bar");
  const { run, cannot } = bar.dataset;
  if (run === undefined && cannot === undefined) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "run" });
  copy.before(button);
  if (cannot !== undefined) {
    button.textContent = "Why no Run?";
    button.setAttribute("aria-expanded", "false");
    const reason = Object.assign(document.createElement("p"), { className: "cannot", textContent: cannot, hidden: true });
    bar.append(reason);
    button.addEventListener("click", () => {
      reason.hidden = !reason.hidden;
      button.setAttribute("aria-expanded", String(!reason.hidden));
    });
    return;
  }
  const figure = file.closest(".example");
  const name = file.textContent;
  button.textContent = "Run";
  button.setAttribute("aria-label", `Run ${name}`);
  button.addEventListener("click", async () => {
    const live = await import(new URL("assets/live/run.js", base));
    if (button.classList.contains("running")) return live.stop(figure);
    const sources = [...document.querySelectorAll(".example .file")].map((one) => [one.textContent, one.closest(".example").querySelector(".highlight code").textContent]);
    live.run({ figure, button, name, command: JSON.parse(run), files: Object.fromEntries(sources) });
  });
}

addEventListener("DOMContentLoaded", () => {
  window.Worker = TheirWorker;
  Object.assign(XMLHttpRequest.prototype, { open, send });

  const said = document.body.appendChild(document.createElement("div"));
  said.setAttribute("role", "status");
  said.className = "said";

  for (const file of document.querySelectorAll(".example .file")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${file.textContent}`);
    button.addEventListener("click", async () => {
      const code = file.closest(".example").querySelector(".highlight code");
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = said.textContent = "Copied";
      setTimeout(() => {
        button.textContent = "Copy";
        said.textContent = "";
      }, 2000);
    });
    const actions = Object.assign(document.createElement("span"), { className: "actions" });
    actions.append(button);
    file.closest(".bar").append(actions);
    runButton(file, button);
  }

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
