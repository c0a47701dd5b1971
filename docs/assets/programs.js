// What each program's bar offers: Copy, and what is loaded when the reader asks for it, Run and Edit. Without this
// script everything can still be read.

/**
 * A program of the page. `bar` is its title line, `key` names the reader's version in the browser's storage. `edited`
 * is that version; undefined if the page's own stands there. `edit` is missing if it cannot be edited, `run` if no command
 * runs it.
 * @typedef {{ name: string, figure: HTMLElement, bar: HTMLElement, key: string, edited: string | undefined,
 *   edit?: HTMLButtonElement, run?: () => Promise<void> }} Program
 */

/** @type {Map<string, Program>} by name */
const programs = new Map();
const announcer = document.createElement("div"); // for screen readers
announcer.className = "said";
announcer.setAttribute("role", "status");

/** @type {typeof import("./run/panel.js") | undefined} once a reader has asked for it */
let panel;
const loadEdit = () => import("./run/edit.js");

/**
 * @param {string} className
 * @param {string} text
 * @param {string} label for screen readers
 */
function newButton(className, text, label = text) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className, textContent: text });
  if (label !== text) button.setAttribute("aria-label", label);
  return button;
}

/**
 * What stands in a figure: the page's program, or the reader's version of it.
 * @param {Program} program
 */
function sourceOf({ figure, edited }) {
  return edited ?? figure.querySelector(":scope > .highlight code")?.textContent ?? "";
}

/**
 * For two seconds a button says what came of the click.
 * @param {HTMLButtonElement} button
 * @param {string} text
 * @param {string} spoken
 */
function tell(button, text, spoken = text) {
  const before = button.textContent;
  button.textContent = text;
  announcer.textContent = spoken;
  setTimeout(() => {
    if (button.textContent === text) button.textContent = before;
    announcer.textContent = "";
  }, 2000);
}

/**
 * For what loads something first: the button shows that it is busy, and says if it did not work.
 * @param {HTMLButtonElement} button
 * @param {() => unknown} action
 */
function orTell(button, action) {
  return async () => {
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
}

/** @param {Program} program */
function copyButton(program) {
  const button = newButton("copy", "Copy", `Copy ${program.name}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(sourceOf(program));
      tell(button, "Copied");
    } catch {
      // It takes https, or this computer, and the reader's leave.
      tell(button, "Not copied", "The browser does not let this page copy. The program's name downloads it.");
    }
  });
  return button;
}

/** @param {Program} program */
function editButton(program) {
  const button = newButton("edit", "Edit", `Edit ${program.name}`);
  const toggle = async () => (await loadEdit()).toggle(program);
  button.addEventListener("click", orTell(button, toggle));
  return button;
}

/**
 * @param {Program} program
 * @param {string} run the command as JSON: a Command of the panel; `stdin` is a program's name
 */
function runButton(program, run) {
  const { name, figure } = program;
  const button = newButton("run", "Run", `Run ${name}`);
  const start = async () => {
    panel ??= await import("./run/panel.js");
    const files = Object.fromEntries([...programs.values()].map((each) => [each.name, sourceOf(each)]));
    const edited = [...programs.values()].filter((each) => each.edited !== undefined).map((each) => each.name);
    const command = JSON.parse(run);
    if ("stdin" in command) command.stdin = files[command.stdin];
    panel.run({ figure, button, name, command, files, edited });
  };
  // Stop acts within the click: what waits, even for import(), comes after all messages that a program sends the page.
  const click = () => (button.classList.contains("running") ? panel?.stop(figure) : start());
  button.addEventListener("click", orTell(button, click));
  program.run = orTell(button, start);
  return button;
}

/**
 * A button that says why there is no Run, and the line that it opens.
 * @param {string} cannot
 */
function reasonButton(cannot) {
  const reason = document.createElement("p");
  Object.assign(reason, { className: "cannot", textContent: cannot, hidden: true });
  const button = newButton("run", "Why no Run?");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    reason.hidden = !reason.hidden;
    button.setAttribute("aria-expanded", String(!reason.hidden));
  });
  return { button, reason };
}

/**
 * Puts the buttons into the bar that has this link to the program.
 * @param {HTMLElement} file
 */
function addButtons(file) {
  const name = file.textContent ?? "";
  const figure = file.closest(".example");
  const bar = file.closest(".bar");
  if (!(figure instanceof HTMLElement && bar instanceof HTMLElement)) return;
  const { run, imported, cannot } = bar.dataset;
  /** @type {Program} */
  const program = { name, figure, bar, key: `edited ${location.pathname} ${name}`, edited: undefined };
  programs.set(name, program);
  const actions = document.createElement("span");
  actions.className = "actions";
  bar.append(actions);
  if (cannot !== undefined) {
    const { button, reason } = reasonButton(cannot);
    actions.append(button);
    bar.append(reason);
  }
  if (run !== undefined) actions.append(runButton(program, run));
  if (run !== undefined || imported !== undefined) {
    program.edit = editButton(program);
    actions.append(program.edit);
  }
  actions.append(copyButton(program));
}

/** Opens what the reader edited on another visit, and what came with a link. */
async function restore() {
  const editable = new Map([...programs].filter(([, { edit }]) => edit));
  let stored = false;
  try {
    stored = [...editable.values()].some(({ key }) => localStorage.getItem(key));
  } catch {
    // this browser has no storage
  }
  if (!stored && !location.hash.startsWith("#edited=")) return;
  try {
    await (await loadEdit()).restore(editable);
  } catch (error) {
    const line = document.createElement("p");
    line.className = "cannot";
    line.setAttribute("role", "alert");
    line.textContent =
      "The editor could not be loaded, so a version that you edited or followed a link to is not shown. " +
      "Is there a connection?";
    document.querySelector("article h1")?.before(line);
    throw error;
  }
}

document.body.append(announcer);
for (const file of document.querySelectorAll(".example .file")) if (file instanceof HTMLElement) addButtons(file);
restore();
addEventListener("hashchange", () => location.hash.startsWith("#edited=") && restore());

// What overflows can be scrolled by keyboard, and only that is a stop for the Tab key.
const overflow = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});
for (const block of document.querySelectorAll(".md-typeset pre, .md-typeset__scrollwrap")) overflow.observe(block);
