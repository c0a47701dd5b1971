// Filters the tables of the evidence page. Without it they are all there.

const tables = [...document.querySelectorAll("details.proof")];
const rows = tables.flatMap((table) => [...table.querySelectorAll("tbody tr:not(.name)")]);

// A link to an example opens the table that it is in.
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const table = target?.closest("details");
  if (table) {
    table.open = true;
    target.scrollIntoView();
  }
};
addEventListener("hashchange", reveal);
reveal();

const python = (row) => row.querySelector("th").textContent;
const outcomes = {
  "any outcome": () => true,
  passed: (row) => row.querySelector(".passed"),
  failed: (row) => row.querySelector(".failed"),
  "not run": (row) => [...row.querySelectorAll("td")].some((cell) => cell.textContent === "not run"),
  "not applicable": (row) => [...row.querySelectorAll("td")].some((cell) => /^(n\/a|not applicable)$/.test(cell.textContent)),
};

const pages = {
  any: () => true,
  passed: (cell) => cell.classList.contains("passed"),
  failed: (cell) => cell.classList.contains("failed"),
  "not run": (cell) => cell.classList.contains("missing"),
  "not applicable": (cell) => cell.classList.contains("without"),
};

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

const text = Object.assign(document.createElement("input"), { type: "search", placeholder: "a page or a command" });
const place = choice(["any Python", ...new Set(rows.map(python))]);
const outcome = choice(Object.keys(outcomes));
const page = choice(Object.keys(pages));
const found = Object.assign(document.createElement("output"), { className: "found" });

const filter = () => {
  const wanted = text.value.toLowerCase();
  const everything = !wanted && !place.selectedIndex && !outcome.selectedIndex && !page.selectedIndex;
  let count = 0;
  for (const table of tables) {
    const title = table.querySelector("summary").textContent.toLowerCase();
    for (const example of table.querySelectorAll("tbody")) {
      const name = example.querySelector(".name th").textContent.toLowerCase();
      const named = (title.includes(wanted) || name.includes(wanted)) && pages[page.value](example.querySelector(".page"));
      for (const row of example.querySelectorAll("tr:not(.name)")) {
        row.hidden = !named || (place.selectedIndex && python(row) !== place.value) || !outcomes[outcome.value](row);
        count += !row.hidden;
      }
      example.hidden = !example.querySelector("tr:not(.name):not([hidden])");
    }
    table.hidden = !table.querySelector("tbody:not([hidden])");
    table.open = !everything && !table.hidden;
  }
  found.value = everything ? "" : `${count} ${count === 1 ? "row" : "rows"} of ${rows.length}`;
};

const form = document.createElement("form");
form.className = "filter";
form.append(field("Example", text), field("Python", place), field("Outcome", outcome), field("In the page", page), found);
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
tables[0]?.before(form);
