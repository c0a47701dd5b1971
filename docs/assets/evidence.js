// Filters what the pages of evidence list. Without it all of it is there.

const field = (label, control) => {
  const wrapped = document.createElement("label");
  wrapped.append(`${label} `, control);
  return wrapped;
};
const choice = (options) => {
  const select = document.createElement("select");
  for (const text of options) select.add(new Option(text));
  return select;
};
const search = (placeholder) => Object.assign(document.createElement("input"), { type: "search", placeholder });

// A form of these fields before `list`; `filter` says how many things of how many are shown, and of what kind.
const form = (list, fields, filter) => {
  const found = Object.assign(document.createElement("output"), { className: "found" });
  const made = document.createElement("form");
  made.className = "filter";
  made.append(...fields, found);
  made.addEventListener("input", () => {
    const [count, all, one, many] = filter();
    found.value = count === all ? "" : `${count} ${count === 1 ? one : many} of ${all}`;
  });
  made.addEventListener("submit", (event) => event.preventDefault());
  list.before(made);
};

const filterPages = (list) => {
  const text = search("a title or a command");
  const pages = [...list.children];
  form(list, [field("Page", text)], () => {
    const wanted = text.value.toLowerCase();
    for (const page of pages) page.hidden = !`${page.textContent} ${page.dataset.commands}`.toLowerCase().includes(wanted);
    return [pages.filter((page) => !page.hidden).length, pages.length, "page", "pages"];
  });
};

const python = (row) => row.querySelector("th").textContent;
const outcomes = {
  "any outcome": () => true,
  passed: (row) => row.querySelector(".passed"),
  failed: (row) => row.querySelector(".failed"),
  "not run": (row) => [...row.querySelectorAll("td")].some((cell) => cell.textContent === "not run"),
  "not applicable": (row) => [...row.querySelectorAll("td")].some((cell) => /^(n\/a|not applicable)$/.test(cell.textContent)),
};
const inPage = {
  any: () => true,
  passed: (cell) => cell.classList.contains("passed"),
  failed: (cell) => cell.classList.contains("failed"),
  "not run": (cell) => cell.classList.contains("missing"),
  "not applicable": (cell) => cell.classList.contains("without"),
};

const filterRuns = (table) => {
  const rows = [...table.querySelectorAll("tbody tr:not(.name)")];
  const text = search("a command");
  const place = choice(["any Python", ...new Set(rows.map(python))]);
  const outcome = choice(Object.keys(outcomes));
  const page = choice(Object.keys(inPage));
  const fields = [field("Example", text), field("Python", place), field("Outcome", outcome), field("In the page", page)];
  form(table.closest("div"), fields, () => {
    const wanted = text.value.toLowerCase();
    for (const example of table.tBodies) {
      const named = example.querySelector(".name th").textContent.toLowerCase().includes(wanted);
      const shown = named && inPage[page.value](example.querySelector(".page"));
      for (const row of example.querySelectorAll("tr:not(.name)"))
        row.hidden = !shown || (place.selectedIndex && python(row) !== place.value) || !outcomes[outcome.value](row);
      example.hidden = !example.querySelector("tr:not(.name):not([hidden])");
    }
    return [rows.filter((row) => !row.hidden).length, rows.length, "row", "rows"];
  });
};

document.querySelectorAll(".proofs").forEach(filterPages);
document.querySelectorAll(".runs").forEach(filterRuns);
