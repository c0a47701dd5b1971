// The reader's version of a program: it stands in the program's place, is kept in the browser, and says that it is not
// the page's.
import { addStyles, element, get } from "../dom.js";
import { forget, store, stored } from "./kept.js";
import { BEGINNING, packed, unpacked } from "./share.js";

/** @typedef {import("../programs.js").Program} Program */
/** @typedef {import("./kept.js").Version} Version */

const STAYS = "It stays in this browser until you reset it.";
const IS_LOST = "This browser does not keep it: it is lost with the page.";
/** @type {Map<Program, Edit>} */
const edits = new Map();
const styled = addStyles(new URL("edit.css", import.meta.url));

/**
 * The click on Edit: opens the program for editing. If it is open, the page's own comes back.
 * @param {Program} program
 */
export async function toggle(program) {
  const wasOpen = edits.get(program)?.isOpen;
  const edit = await editOf(program);
  if (wasOpen) edit.reset();
  else edit.open();
}

/**
 * Opens what the reader edited on another visit, and what came with a link; runs nothing.
 * @param {Map<string, Program>} programs by name, those that can be edited
 */
export async function restore(programs) {
  for (const program of programs.values()) {
    const version = stored(program.key);
    if (version && !edits.get(program)?.isOpen) (await editOf(program)).bring(version);
  }
  if (!location.hash.startsWith(BEGINNING)) return;
  const shared = await unpacked(location.hash);
  if (!shared) {
    complain(
      "The link that brought you here carries a program, but not all of it has arrived. The page is as it always is.",
    );
    return;
  }
  const program = programs.get(shared.name);
  if (!program) {
    const name = shared.name.slice(0, 80);
    complain(`The link that brought you here carries a version of ${name}, which cannot be edited on this page.`);
    return;
  }
  const edit = await editOf(program);
  edit.receive(shared.text);
  reveal(program.figure);
}

/** @param {Program} program */
async function editOf(program) {
  const [{ editor }] = await Promise.all([import("./editor.js"), styled]);
  const edit = edits.get(program) ?? new Edit(program, editor);
  edits.set(program, edit);
  return edit;
}

class Edit {
  /** @type {Version | null} the reader's own, while one from a link stands in its place */
  own = null;
  /** Whether what stands here came with a link and was not changed. */
  isNew = false;
  /** Whether it came with a link at all. */
  link = false;

  /**
   * @param {Program} program
   * @param {typeof import("./editor.js").editor} editor
   */
  constructor(program, editor) {
    this.program = program;
    this.code = get(program.figure, ":scope > .highlight");
    this.page = get(this.code, "code").textContent ?? "";
    /** The page's program that this version was made from. */
    this.from = this.page;
    const enter = /^(Mac|iP)/.test(navigator.platform) ? "Cmd" : "Ctrl";
    const runs = program.run ? `${enter}+Enter runs it.` : "It runs with the program that imports it.";
    const help = `Tab indents. Escape, then Tab, leaves the program. ${runs}`;
    const keys = element("span", { className: "keys", id: `keys-${edits.size}`, textContent: help });
    this.note = element("span", { className: "note" });
    this.note.setAttribute("role", "status");
    this.choices = element("span", { className: "choices" });
    const area = element("div", { className: "highlight" });
    const line = element("p", { className: "edit-line" }, this.note, " ", this.choices, " ", keys);
    this.area = element("div", { className: "edit-area", hidden: true }, area, line);
    this.mark = element("strong", { className: "verdict mine" });
    this.code.before(this.area);
    this.editor = editor({
      parent: area,
      label: `${program.name}, for you to edit`,
      description: keys.id,
      changed: (text) => this.changed(text),
      run: () => program.run?.(),
    });
    get(program.bar, ".file").addEventListener("click", (event) => this.download(event));
  }

  get isOpen() {
    return !this.area.hidden;
  }

  /** Opens the editor with the reader's version, if there is one, else with the page's program. */
  open() {
    this.bring(this.own ?? stored(this.program.key) ?? { text: this.page, page: this.page });
    this.editor.focus();
  }

  /**
   * Shows a version of the reader's own.
   * @param {Version} version
   */
  bring(version) {
    this.own = null;
    this.isNew = false;
    this.show(version);
  }

  /** @param {Version} version */
  show({ text, page, link = false }) {
    this.from = page;
    this.link = link;
    this.area.hidden = false;
    this.code.hidden = true;
    this.editor.start(text, link);
    this.take(text);
  }

  /**
   * What came with a link stands there until the reader changes it. A version of their own is still kept.
   * @param {string} text
   */
  receive(text) {
    if (text === this.page) return;
    if (this.isOpen && !this.isNew && this.program.edited !== undefined) this.own = this.version();
    if (this.own?.text === text) return this.bring(this.own);
    this.isNew = true;
    this.show({ text, page: this.page, link: true });
  }

  /** The page's program is back. The version that stood here is forgotten; the one that it replaced is not. */
  reset() {
    if (!this.own) forget(this.program.key);
    this.isNew = false;
    if (this.link) this.editor.start(this.page, false);
    else this.editor.replace(this.page); // Edit and Undo bring it back
    this.take(this.page);
    leaveLink();
    this.area.hidden = true;
    this.code.hidden = false;
    this.label();
  }

  /** @param {string} text */
  changed(text) {
    this.isNew = false;
    this.take(text);
    if (!this.own) this.keep(); // else the reader chooses first
  }

  keep() {
    const { edited, key } = this.program;
    if (edited === undefined) forget(key);
    // Where nothing is kept, the link stays in the address: a reload brings back at least what came with it.
    if (edited === undefined || store(key, this.version())) leaveLink();
    this.say();
  }

  /** @param {string} text that stands in the program's place from here on */
  take(text) {
    const { program } = this;
    program.edited = text === this.page ? undefined : text;
    program.figure.classList.toggle("edited", program.edited !== undefined);
    program.figure.dispatchEvent(new CustomEvent("edited", { detail: text }));
    this.label();
    this.say();
  }

  /** @returns {Version} */
  version() {
    return { text: this.editor.text(), page: this.from, link: this.link };
  }

  // -- what the reader is told ---------------------------------------------------------------------------------------

  label() {
    const { edit, name, bar } = this.program;
    const edited = this.program.edited !== undefined;
    const closes = edited ? "Reset" : "Close";
    const offer = this.isOpen ? closes : "Edit";
    if (edit) edit.textContent = offer;
    edit?.setAttribute("aria-label", edited ? `Reset ${name} to the page's program` : `${offer} ${name}`);
    const origin = this.isNew ? "From a link" : "Edited";
    this.mark.textContent = edited ? origin : "Editing";
    if (this.isOpen) get(bar, ".file").after(this.mark);
    else this.mark.remove();
  }

  say() {
    const { key, edited } = this.program;
    if (edited === undefined) {
      this.note.textContent = "";
      this.choices.replaceChildren();
      return;
    }
    const sentences = [];
    if (this.isNew) sentences.push("This came with a link and is not the site's. It runs only if you press Run.");
    else if (this.link) sentences.push("This came with a link, and you changed it.");
    else sentences.push("Edited by you.");
    if (this.own) sentences.push("Your own version is still kept; this one is not.");
    else if (!this.isNew) sentences.push(stored(key)?.text === edited ? STAYS : IS_LOST);
    if (this.from !== this.page) sentences.push("The page's program has changed since.");
    sentences.push("What the page shows as output is from its own program.");
    const text = sentences.join(" ");
    if (this.note.textContent !== text) this.note.textContent = text;
    const choices = [newButton("Copy link", (clicked) => this.share(clicked))];
    const { own } = this;
    if (own) {
      const back = newButton("Back to mine", () => this.back(own));
      const replace = newButton("Keep this one", () => this.replace());
      choices.unshift(back, replace);
    }
    if (this.choices.children.length !== choices.length) this.choices.replaceChildren(...choices);
  }

  /** @param {Version} own */
  back(own) {
    leaveLink();
    this.bring(own);
  }

  replace() {
    this.own = null;
    this.isNew = false;
    this.label();
    this.keep();
  }

  // -- taking it along -----------------------------------------------------------------------------------------------

  /** @param {HTMLButtonElement} clicked */
  async share(clicked) {
    const { name, edited } = this.program;
    if (edited === undefined) return;
    if (!("CompressionStream" in window)) {
      this.tell("This browser cannot make links. The program's name above downloads it.");
      return;
    }
    const fragment = await packed(name, edited);
    if (!fragment) return this.tell("This is too long for a link. Its name above downloads it.");
    const link = location.origin + location.pathname + fragment;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      this.tell("The link could not be copied. It is ", element("a", { href: link, textContent: "this one" }), ".");
      return;
    }
    clicked.textContent = "Link copied";
    setTimeout(() => {
      clicked.textContent = "Copy link";
    }, 2000);
    this.tell("The link is copied: it opens this version, and runs nothing until asked.");
  }

  /** @param {(Node | string)[]} parts */
  tell(...parts) {
    this.note.replaceChildren(...parts);
  }

  /** @param {Event} event */
  download(event) {
    const { edited, name } = this.program;
    if (edited === undefined) return;
    event.preventDefault();
    const href = URL.createObjectURL(new Blob([edited], { type: "text/x-python" }));
    element("a", { href, download: name.split("/").at(-1) }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  }
}

/**
 * @param {string} text
 * @param {(button: HTMLButtonElement) => void} click
 */
function newButton(text, click) {
  const made = element("button", { type: "button", textContent: text });
  made.addEventListener("click", () => click(made));
  return made;
}

/**
 * Puts a line about the page's address at its head.
 * @param {string} text
 */
function complain(text) {
  const line = element("p", { className: "edit-complaint", textContent: text });
  line.setAttribute("role", "alert");
  document.querySelector(".edit-complaint")?.remove();
  get(document, "article h1").before(line);
}

/**
 * Scrolls to a figure, and opens what hides it.
 * @param {HTMLElement} figure
 */
function reveal(figure) {
  const details = figure.closest("details");
  if (details) details.open = true;
  const block = figure.closest(".tabbed-block");
  const tabs = block?.closest(".tabbed-set")?.querySelectorAll(":scope > input");
  const tab = block && tabs?.[[...(block.parentElement?.children ?? [])].indexOf(block)];
  if (tab instanceof HTMLElement) tab.click();
  figure.scrollIntoView();
}

/** Takes a program out of the address: from here on a reload shows the reader's own version. */
function leaveLink() {
  if (location.hash.startsWith(BEGINNING)) history.replaceState(history.state, "", location.pathname + location.search);
}
