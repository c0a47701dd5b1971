// The box of the error dictionary's index: paste a traceback, see the pages that fit it. Nothing leaves the page.

import { prepared, ranked } from "./traceback.js";

/** @typedef {import("./traceback.js").Match} Match */

const box = document.createElement("textarea");
Object.assign(box, { rows: 5, spellcheck: false, autocomplete: "off" });
const label = document.createElement("label");
label.append("Paste your traceback, or a line of it", box);
const results = document.createElement("ol");
const status = document.createElement("p");
status.setAttribute("role", "status");
document.querySelector("[data-paste]")?.append(label, status, results);

/** @type {Promise<import("./traceback.js").Dictionary> | undefined} loaded with the first key */
let dictionary;

async function load() {
  return prepared(await (await fetch(new URL("../errors.json", import.meta.url))).json());
}

/** @param {Match} match */
function item({ page, message }) {
  const made = document.createElement("li");
  const link = document.createElement("a");
  link.href = `../${page.url}`;
  link.textContent = page.title;
  made.append(link);
  if (message !== page.title) {
    const printed = document.createElement("code");
    printed.textContent = message;
    made.append(document.createElement("br"), printed);
  }
  return made;
}

box.addEventListener("input", async () => {
  const asked = box.value;
  dictionary ??= load();
  /** @type {Match[]} */
  let matches = [];
  try {
    if (asked.trim()) matches = ranked(asked, await dictionary).slice(0, 3);
  } catch (error) {
    dictionary = undefined; // the next key asks for it again
    status.textContent = "The dictionary could not be loaded. Is there a connection?";
    throw error;
  }
  if (asked !== box.value) return; // the reader has gone on
  results.replaceChildren(...matches.map(item));
  status.textContent = matches.length || !asked.trim() ? "" : "No page here has this message.";
});
