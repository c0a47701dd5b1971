// The reader's version of a program: it stands in the program's place, is kept in the browser, and says that it is not the page's.
import { BEGINNING, packed, unpacked } from "./share.js";

const edits = new Map(); // program → its Edit

const element = (tag, options = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), options);
  made.append(...children);
  return made;
};

const styles = element("link", { rel: "stylesheet", href: new URL("edit.css", import.meta.url).href });
const styled = new Promise((resolve) => styles.addEventListener("load", resolve));
document.head.append(styles);

/** The click on Edit: opens the program for editing. If it is open, the page's own comes back. */
export async function toggle(program) {
  const wasOpen = edits.get(program)?.isOpen;
  const edit = await editOf(program);
  if (wasOpen) edit.reset();
  else edit.open();
}

/** Opens what the reader edited on another visit, and what came with a link; runs nothing. */
export async function restore(programs) {
  for (const program of programs.values()) {
    const record = kept(program.key);
    if (record && !edits.get(program)?.isOpen) (await editOf(program)).bring(record);
  }
  if (!location.hash.startsWith(BEGINNING)) return;
  const shared = await unpacked(location.hash);
  const program = programs.get(shared?.name);
  if (!shared) return complain("The link that brought you here carries a program, but not all of it has arrived. The page is as it always is.");
  if (!program) return complain(`The link that brought you here carries a version of ${shared.name.slice(0, 80)}, which cannot be edited on this page.`);
  const edit = await editOf(program);
  edit.receive(shared.text);
  reveal(program.figure);
}

async function editOf(program) {
  const [{ editor }] = await Promise.all([import("./editor.js"), styled]);
  if (!edits.has(program)) edits.set(program, new Edit(program, editor));
  return edits.get(program);
}

class Edit {
  constructor(program, editor) {
    this.program = program;
    this.code = program.figure.querySelector(":scope > .highlight");
    this.page = this.code.querySelector("code").textContent;
    const enter = /^(Mac|iP)/.test(navigator.platform) ? "Cmd" : "Ctrl";
    const runs = program.run ? `${enter}+Enter runs it.` : "It runs with the program that imports it.";
    const keys = element("span", { className: "keys", id: `keys-${edits.size}`, textContent: `Tab indents. Escape, then Tab, leaves the program. ${runs}` });
    this.note = element("span", { className: "note" });
    this.note.setAttribute("role", "status");
    this.choices = element("span", { className: "choices" });
    const area = element("div", { className: "highlight" });
    this.area = element("div", { className: "edit-area", hidden: true }, area, element("p", { className: "edit-line" }, this.note, " ", this.choices, " ", keys));
    this.mark = element("strong", { className: "verdict mine" });
    this.code.before(this.area);
    this.editor = editor({
      parent: area,
      label: `${program.name}, for you to edit`,
      description: keys.id,
      changed: (text) => this.changed(text),
      run: () => program.run?.(),
    });
    const file = program.bar.querySelector(".file");
    file.addEventListener("click", (event) => this.download(event));
  }

  get isOpen() {
    return !this.area.hidden;
  }

  /** Opens the editor with the reader's version, if there is one, else with the page's program. */
  open() {
    this.bring(this.own ?? kept(this.program.key) ?? { text: this.page, page: this.page });
    this.editor.focus();
  }

  /** Shows a version of the reader's own. */
  bring(record) {
    this.own = null;
    this.isNew = false;
    this.show(record);
  }

  /** `page` is the page's program that the text was made from, `link` whether it came with one. */
  show({ text, page, link = false }) {
    this.from = page;
    this.link = link;
    this.area.hidden = false;
    this.code.hidden = true;
    this.editor.start(text);
    this.take(text);
  }

  /** What came with a link stands there until the reader changes it. A version of their own is still kept. */
  receive(text) {
    if (text === this.page) return;
    if (this.isOpen && !this.isNew && this.program.figure.edited !== undefined) this.own = this.record();
    if (this.own?.text === text) return this.bring(this.own);
    this.isNew = true;
    this.show({ text, page: this.page, link: true });
  }

  /** The page's program is back. The version that stood here is forgotten; one that it had taken the place of is not. */
  reset() {
    if (!this.own) forget(this.program.key);
    this.isNew = false;
    if (this.link) this.editor.start(this.page);
    else this.editor.replace(this.page); // Edit and Undo bring it back
    this.take(this.page);
    leaveLink();
    this.area.hidden = true;
    this.code.hidden = false;
    this.label();
  }

  changed(text) {
    this.isNew = false;
    this.take(text);
    if (!this.own) this.keep(); // else the reader chooses first
  }

  keep() {
    leaveLink();
    if (this.program.figure.edited === undefined) forget(this.program.key);
    else keep(this.program.key, this.record());
    this.say();
  }

  take(text) {
    const { figure } = this.program;
    figure.edited = text === this.page ? undefined : text;
    figure.classList.toggle("edited", figure.edited !== undefined);
    figure.dispatchEvent(new Event("edited"));
    this.label();
    this.say();
  }

  record() {
    return { text: this.editor.text(), page: this.from, link: this.link };
  }

  // -- what the reader is told ---------------------------------------------------------------------------------------

  label() {
    const { edit, name, figure, bar } = this.program;
    const edited = figure.edited !== undefined;
    edit.textContent = !this.isOpen ? "Edit" : edited ? "Reset" : "Close";
    edit.setAttribute("aria-label", edited ? `Reset ${name} to the page's program` : `${edit.textContent} ${name}`);
    this.mark.textContent = !edited ? "Editing" : this.isNew ? "From a link" : "Edited";
    if (this.isOpen) bar.querySelector(".file").after(this.mark);
    else this.mark.remove();
  }

  say() {
    const { figure } = this.program;
    if (figure.edited === undefined) {
      this.note.textContent = "";
      this.choices.replaceChildren();
      return;
    }
    const said = [];
    if (this.link) said.push(this.isNew ? "This came with a link and is not the site's. It runs only if you press Run." : "This came with a link, and you changed it.");
    else said.push("Edited by you.");
    if (this.own) said.push("Your own version is still kept; this one is not.");
    else if (!this.isNew) said.push(kept(this.program.key)?.text === figure.edited ? "It stays in this browser until you reset it." : "This browser does not keep it: it is lost with the page.");
    if (this.from !== this.page) said.push("The page's program has changed since.");
    said.push("What the page shows as output is from its own program.");
    const text = said.join(" ");
    if (this.note.textContent !== text) this.note.textContent = text;
    const choices = [button("Copy link", (one) => this.share(one))];
    if (this.own) choices.unshift(button("Back to mine", () => this.back()), button("Keep this one", () => this.replace()));
    if (this.choices.children.length !== choices.length) this.choices.replaceChildren(...choices);
  }

  back() {
    leaveLink();
    this.bring(this.own);
  }

  replace() {
    this.own = null;
    this.isNew = false;
    this.label();
    this.keep();
  }

  // -- taking it along -----------------------------------------------------------------------------------------------

  async share(clicked) {
    if (!("CompressionStream" in window)) return this.tell("This browser cannot make links. The program's name above downloads it.");
    const fragment = await packed(this.program.name, this.program.figure.edited);
    if (!fragment) return this.tell("This is too long for a link. Its name above downloads it.");
    const link = location.origin + location.pathname + fragment;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      this.tell("The link could not be copied. It is ", element("a", { href: link, textContent: "this one" }), ".");
      return;
    }
    clicked.textContent = "Link copied";
    setTimeout(() => (clicked.textContent = "Copy link"), 2000);
    this.tell("The link is copied: it opens this version, and runs nothing until asked.");
  }

  tell(...parts) {
    this.note.replaceChildren(...parts);
  }

  download(event) {
    const { figure, name } = this.program;
    if (figure.edited === undefined) return;
    event.preventDefault();
    const href = URL.createObjectURL(new Blob([figure.edited], { type: "text/x-python" }));
    element("a", { href, download: name.split("/").at(-1) }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  }
}

function button(text, click) {
  const made = element("button", { type: "button", textContent: text });
  made.addEventListener("click", () => click(made));
  return made;
}

/** A line at the page's head about its address. */
function complain(text) {
  const line = element("p", { className: "edit-complaint", textContent: text });
  line.setAttribute("role", "alert");
  document.querySelector(".edit-complaint")?.remove();
  document.querySelector("article h1").before(line);
}

/** Scrolls to a figure, and opens what hides it. */
function reveal(figure) {
  const details = figure.closest("details");
  if (details) details.open = true;
  const block = figure.closest(".tabbed-block");
  if (block) block.closest(".tabbed-set").querySelectorAll(":scope > input")[[...block.parentNode.children].indexOf(block)].click();
  figure.scrollIntoView();
}

/** Takes a program out of the address: from here on a reload shows the reader's own version. */
function leaveLink() {
  if (location.hash.startsWith(BEGINNING)) history.replaceState(history.state, "", location.pathname + location.search);
}

// -- the browser's storage: it may be full, or refused ---------------------------------------------------------------

function kept(key) {
  try {
    const record = JSON.parse(localStorage.getItem(key));
    return typeof record?.text === "string" && typeof record.page === "string" ? record : null;
  } catch {
    return null;
  }
}

function keep(key, record) {
  try {
    localStorage.setItem(key, JSON.stringify(record));
    return true;
  } catch {
    return false;
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {} // then nothing was kept either
}
