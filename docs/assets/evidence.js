// Filters what the pages of evidence list. Without it all of it is there.

/** @typedef {(row: Element) => unknown} Test whether something is to be shown */

/**
 * @param {string} label
 * @param {HTMLElement} control
 */
function field(label, control) {
  const wrapped = document.createElement("label");
  wrapped.append(`${label} `, control);
  return wrapped;
}

/** @param {string[]} options */
function choice(options) {
  const select = document.createElement("select");
  for (const text of options) select.add(new Option(text));
  return select;
}

/** @param {string} placeholder */
function search(placeholder) {
  const input = document.createElement("input");
  Object.assign(input, { type: "search", placeholder });
  return input;
}

/**
 * Puts a form of these fields before `list`.
 * @param {Element} list
 * @param {HTMLElement[]} fields
 * @param {[string, string]} noun singular and plural of what is listed
 * @param {() => [number, number]} filter says how many things are shown, and of how many
 */
function addForm(list, fields, [singular, plural], filter) {
  const shown = document.createElement("output");
  shown.className = "found";
  const form = document.createElement("form");
  form.className = "filter";
  form.append(...fields, shown);
  form.addEventListener("input", () => {
    const [count, all] = filter();
    shown.value = count === all ? "" : `${count} ${count === 1 ? singular : plural} of ${all}`;
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  list.before(form);
}

/** @param {HTMLElement} list */
function filterPages(list) {
  const text = search("a title or a command");
  const pages = /** @type {HTMLElement[]} */ ([...list.children]);
  addForm(list, [field("Page", text)], ["page", "pages"], () => {
    const wanted = text.value.toLowerCase();
    for (const page of pages) {
      page.hidden = !`${page.textContent} ${page.dataset.commands}`.toLowerCase().includes(wanted);
    }
    return [pages.filter((page) => !page.hidden).length, pages.length];
  });
}

const python = (/** @type {Element} */ row) => row.querySelector("th")?.textContent ?? "";

/** @type {Record<string, Test>} of a row */
const outcomes = {
  "any outcome": () => true,
  passed: (row) => row.querySelector(".passed"),
  failed: (row) => row.querySelector(".failed"),
  "not run": (row) => [...row.querySelectorAll("td")].some((cell) => cell.textContent === "not run"),
  "not applicable": (row) =>
    [...row.querySelectorAll("td")].some((cell) => /^(n\/a|not applicable)$/.test(cell.textContent ?? "")),
};

/** @type {Record<string, Test>} of the cell that says what came of a Run in the page */
const inPage = {
  any: () => true,
  passed: (cell) => cell.classList.contains("passed"),
  failed: (cell) => cell.classList.contains("failed"),
  "not run": (cell) => cell.classList.contains("missing"),
  "not applicable": (cell) => cell.classList.contains("without"),
};

/** @param {HTMLTableElement} table whose bodies are examples, each with a row for its name and one for each Python */
function filterRuns(table) {
  const rows = /** @type {HTMLElement[]} */ ([...table.querySelectorAll("tbody tr:not(.name)")]);
  const text = search("a command");
  const place = choice(["any Python", ...new Set(rows.map(python))]);
  const outcome = choice(Object.keys(outcomes));
  const page = choice(Object.keys(inPage));
  const fields = [
    field("Example", text),
    field("Python", place),
    field("Outcome", outcome),
    field("In the page", page),
  ];
  addForm(table.closest("div") ?? table, fields, ["row", "rows"], () => {
    const wanted = text.value.toLowerCase();
    for (const example of table.tBodies) {
      const name = example.querySelector(".name th")?.textContent ?? "";
      const cell = example.querySelector(".page");
      const shown = name.toLowerCase().includes(wanted) && cell && inPage[page.value](cell);
      for (const row of /** @type {NodeListOf<HTMLElement>} */ (example.querySelectorAll("tr:not(.name)"))) {
        const here = !place.selectedIndex || python(row) === place.value;
        row.hidden = !(shown && here && outcomes[outcome.value](row));
      }
      example.hidden = !example.querySelector("tr:not(.name):not([hidden])");
    }
    return [rows.filter((row) => !row.hidden).length, rows.length];
  });
}

for (const list of document.querySelectorAll(".proofs")) if (list instanceof HTMLElement) filterPages(list);
for (const table of document.querySelectorAll(".runs")) if (table instanceof HTMLTableElement) filterRuns(table);
