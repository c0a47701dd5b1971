// The box of the error dictionary's index: paste a traceback, see the pages that fit it. Nothing leaves the page.

import { prepared, ranked } from "./traceback.js";

const box = document.querySelector("[data-paste]");
const label = document.createElement("label");
const text = Object.assign(document.createElement("textarea"), { rows: 5, spellcheck: false, autocomplete: "off" });
const results = document.createElement("ol");
const said = document.createElement("p");
said.setAttribute("role", "status");
label.append("Paste your traceback, or a line of it", text);
box.append(label, said, results);

let dictionary;
text.addEventListener("input", async () => {
  const asked = text.value;
  dictionary ??= fetch("../errors.json").then((answer) => answer.json()).then(prepared);
  let found = [];
  try {
    found = asked.trim() ? ranked(asked, await dictionary).slice(0, 3) : [];
  } catch (error) {
    dictionary = undefined; // the next key asks for it again
    said.textContent = "The dictionary could not be loaded. Is there a connection?";
    throw error;
  }
  if (asked !== text.value) return; // the reader has gone on
  results.replaceChildren(
    ...found.map(({ page, message }) => {
      const link = Object.assign(document.createElement("a"), { href: `../${page.url}`, textContent: page.title });
      const printed = Object.assign(document.createElement("code"), { textContent: message });
      const item = document.createElement("li");
      item.append(link, ...(message === page.title ? [] : [document.createElement("br"), printed]));
      return item;
    }),
  );
  said.textContent = found.length || !asked.trim() ? "" : "No page here has this message.";
});
