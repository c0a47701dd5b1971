// Copying, scrolling by keyboard, and a search that costs nothing until it is used. Everything reads without it.

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
window.Worker = class extends EventTarget {
  constructor(url) {
    super();
    this.started = wanted.then(() => {
      const worker = new TheirWorker(url);
      worker.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
      return worker;
    });
  }
  postMessage(message) {
    this.started.then((worker) => worker.postMessage(message));
  }
};
XMLHttpRequest.prototype.open = function (method, url, ...rest) {
  this.forSearch = String(url).includes("/search/search_index.json");
  return open.call(this, method, url, ...rest);
};
XMLHttpRequest.prototype.send = function (...body) {
  this.forSearch ? wanted.then(() => send.apply(this, body)) : send.apply(this, body);
};

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
    file.closest(".bar").append(button);
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
