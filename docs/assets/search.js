// A search that costs nothing until it is used and takes whole tracebacks. A classic script, run before the theme's.

// The theme fetches its search worker and the whole index with every page. Here both wait until the reader turns to
// search: Worker and XMLHttpRequest are replaced while the theme's script runs, and put back after it.
(() => {
  const [QUERY, RESULT] = [2, 3]; // the theme's SearchMessageType

  /** @typedef {{ type: number, data: any }} Message */
  /** @typedef {import("./traceback.js").Match} Match */

  const form = document.forms.namedItem("search");
  const box = form?.querySelector("input");
  const configuration = document.getElementById("__config");
  if (!form || !box || !configuration) return; // a page without search

  const wanted = new Promise((resolve) => {
    document.getElementById("__search")?.addEventListener("change", resolve, { once: true });
    form.addEventListener("focusin", resolve, { once: true });
    if (new URLSearchParams(location.search).has("q")) resolve(undefined);
  });
  const base = new URL(JSON.parse(configuration.textContent).base, location.href);
  const TheirWorker = window.Worker;
  const { open, send } = XMLHttpRequest.prototype;
  let pasted = ""; // the whole of it; the box shows what it was reduced to
  /** @type {Promise<(text: string) => Match[]> | undefined} loaded with the first error that is searched for */
  let dictionary;

  const tracebacks = () => import("./traceback.js");

  async function loadDictionary() {
    const [{ prepared, ranked }, response] = await Promise.all([tracebacks(), fetch(new URL("errors.json", base))]);
    const entries = prepared(await response.json());
    return (/** @type {string} */ text) => ranked(text, entries);
  }

  /**
   * The errors that the text tells of, best first. They come before what the theme's search finds.
   * @param {string} text
   */
  async function errors(text) {
    if (text.trim().length < 8) return [];
    try {
      dictionary ??= loadDictionary();
      return (await dictionary)(text).slice(0, 3);
    } catch (error) {
      dictionary = undefined; // the next search asks for it again; this one has what the theme finds
      console.warn("The error dictionary could not be loaded:", error);
      return [];
    }
  }

  /** @param {string} text */
  function escaped(text) {
    const made = document.createElement("i");
    made.textContent = text;
    return made.innerHTML;
  }

  /**
   * As the theme's search gives a page: its sections, of which there is one here.
   * @param {Match} match
   */
  function group({ page, score }) {
    const text = `<p>${escaped(page.cause)}</p>`;
    return [{ location: page.url, title: escaped(page.title), text, score: 1000 + score, terms: {} }];
  }

  /** What the theme takes for its search worker. */
  class LazyWorker extends EventTarget {
    /** @type {Promise<Match[]>[]} of texts that were searched for and have no result yet */
    asked = [];

    /** @param {string | URL} url */
    constructor(url) {
      super();
      this.started = wanted.then(() => {
        const worker = new TheirWorker(url);
        worker.onmessage = async (/** @type {MessageEvent<Message>} */ { data }) => {
          if (data.type === RESULT) {
            const matches = (await this.asked.shift()) ?? [];
            const known = new Set(matches.map(({ page }) => page.url));
            /** @type {{ location: string }[][]} */
            const groups = data.data.items;
            const others = groups.filter(([first]) => !known.has(first.location.split("#")[0]));
            data.data.items = [...matches.map(group), ...others];
          }
          this.dispatchEvent(new MessageEvent("message", { data }));
        };
        return worker;
      });
    }

    /** @param {Message} message */
    postMessage(message) {
      let sent = message;
      if (message.type === QUERY) {
        this.asked.push(errors(pasted || message.data));
        // To lunr these are operators. In a message they are just punctuation.
        sent = { ...message, data: message.data.replace(/[-+~^:*"'`‘’“”()[\]{}<>=,;!?|\\/]+/g, " ").trim() };
      }
      this.started.then((worker) => worker.postMessage(sent));
    }
  }

  // A text box drops line ends, and the theme searches when a key is released: a paste by mouse or touch has none.
  const search = () => box.dispatchEvent(new KeyboardEvent("keyup"));
  box.addEventListener("paste", async (event) => {
    const text = event.clipboardData?.getData("text") ?? "";
    if (!text.includes("\n") && text.length < 200) return;
    event.preventDefault();
    const { reduced } = await tracebacks();
    pasted = text;
    box.value = reduced(text);
    search();
  });
  box.addEventListener("input", () => {
    pasted = "";
    search();
  });

  /** @type {WeakSet<XMLHttpRequest>} */
  const forSearch = new WeakSet();
  Object.assign(window, { Worker: LazyWorker });
  Object.assign(XMLHttpRequest.prototype, {
    /**
     * @this {XMLHttpRequest}
     * @param {any[]} args
     */
    open(...args) {
      if (String(args[1]).includes("/search/search_index.json")) forSearch.add(this);
      return Reflect.apply(open, this, args);
    },
    /**
     * @this {XMLHttpRequest}
     * @param {any[]} args
     */
    send(...args) {
      if (forSearch.has(this)) wanted.then(() => Reflect.apply(send, this, args));
      else Reflect.apply(send, this, args);
    },
  });
  addEventListener("DOMContentLoaded", () => {
    window.Worker = TheirWorker;
    Object.assign(XMLHttpRequest.prototype, { open, send });
    for (const button of document.querySelectorAll("[data-opens-search]")) {
      if (!(button instanceof HTMLElement)) continue;
      button.hidden = false;
      button.addEventListener("click", () => box.focus());
    }
  });
})();
