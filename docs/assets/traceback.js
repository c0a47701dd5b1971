// Which page of the error dictionary a pasted traceback, or a line of one, is about. It stays in the browser.

const NAMED = /(?:[\w.]*\.)?\b((?:[A-Z]\w*)?(?:Error|Exception|Warning|Interrupt|Exit|Traceback|Pool|Empty|Full|Timeout))\b(?::\s*(.*))?\s*$/;
const FRAME = /^\s*(File ".*", line \d+|[~^\s]+$|Traceback \(most recent call last\)|During handling|The above exception|""")/;

// The lines of a text that tell what was raised, in order. A message that begins below its exception is joined to it.
export function raised(text) {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^(E {2,}|[>|] )/, ""));
  const found = [];
  for (const [at, line] of lines.entries()) {
    // In a frame stands the reader's own source, which may name exceptions too.
    const source = /^\s/.test(line) && FRAME.test(lines[at - 1] ?? "");
    const [, type, message] = (!source && !FRAME.test(line) && line.match(NAMED)) || [];
    if (!type) continue;
    const below = message ? [] : lines.slice(at + 1, at + 9).filter((one) => one.trim() && !FRAME.test(one) && !NAMED.test(one)).slice(0, 3);
    found.push([type + ":", message || "", ...below.map((one) => one.trim())].join(" ").replace(/:\s*$/, "").replace(/\s+/g, " "));
  }
  return found;
}

// What to search for: the exception that ended it; or, if none is named, the text without its frames.
export function reduced(text) {
  const said = raised(text).filter((line) => !line.startsWith("RemoteTraceback"));
  const plain = text.split(/\r?\n/).filter((line) => line.trim() && !FRAME.test(line));
  return (said.at(-1) ?? plain.join(" ")).trim().slice(0, 300);
}

// Words, without what differs from one program to the next: addresses, paths, numbers (those of errno stay).
export function words(text) {
  const plain = text
    .replace(/\[Errno (\d+)\]/g, " errno$1 ")
    .replace(/\/?\b(psm|wnsm)_[0-9a-f]+/g, " $1 ") // the names that SharedMemory gives tell more than other paths
    .replace(/0x[0-9a-f]+|(?:[A-Za-z]:)?[\w.~-]*[\\/][\w.\\/~-]+/gi, " ")
    .replace(/’/g, "'");
  return new Set((plain.match(/__\w+__|[\p{L}_][\p{L}\p{N}_]*|errno\d+/gu) ?? []).map((word) => word.toLowerCase()).filter((word) => word.length > 1));
}

// The dictionary as word sets: for each page each of its messages, without the names that its own programs define.
export function prepared(pages) {
  const entries = [];
  for (const page of pages) {
    const own = new Set(page.names.map((name) => name.toLowerCase()));
    const messages = [...new Set([page.title, ...page.messages, ...page.outputs.flatMap(raised)])];
    for (const message of messages) {
      const kept = new Set([...words(message)].filter((word) => !own.has(word)));
      if (kept.size) entries.push({ page, message, words: kept, titled: message === page.title });
    }
  }
  const pagesWith = new Map();
  for (const page of pages) {
    const all = new Set(entries.filter((entry) => entry.page === page).flatMap((entry) => [...entry.words]));
    for (const word of all) pagesWith.set(word, (pagesWith.get(word) ?? 0) + 1);
  }
  const weight = (word) => Math.log(1 + pages.length / (pagesWith.get(word) ?? pages.length));
  return { entries, weight, known: (word) => pagesWith.has(word) };
}

const sum = (set, weight) => [...set].reduce((total, word) => total + weight(word), 0);

// The pages that fit the text, best first: [{ page, message, score }]. 1 is a full match, and a little more on the page that has it as its title.
export function ranked(text, { entries, weight, known }) {
  const lines = raised(text);
  const asked = (lines.length ? lines : [text]).map((line, index, all) => ({
    line,
    // What ended the program counts most; what stands above may be its cause, or another process's.
    place: index === all.length - 1 ? 1 : 0.9,
    least: 0.3,
  }));
  // A line that raises nothing may tell as much ("Exception in initializer:"), if a page has it nearly word for word.
  const others = lines.length ? text.split(/\r?\n/).filter((line) => /^\S/.test(line) && !FRAME.test(line) && !NAMED.test(line)) : [];
  asked.push(...others.map((line) => ({ line, place: 1.01, least: 0.8 })));
  const best = new Map();
  for (const { line, place, least } of asked) {
    const all = words(line);
    const mine = new Set([...all].filter(known));
    for (const entry of entries) {
      if (entry.words.size === 1 && all.size > 1) continue; // an exception without a message is no match for one that has one
      const common = new Set([...entry.words].filter((word) => mine.has(word)));
      const missing = sum(entry.words, weight) - sum(common, weight);
      const extra = sum(mine, weight) - sum(common, weight);
      // Of pages that print the same message, the one that is named after it comes first.
      const fit = sum(common, weight) / (sum(common, weight) + missing + 0.5 * extra || 1);
      const score = place * fit + (entry.titled ? 0.02 * fit : 0);
      if (score > (best.get(entry.page)?.score ?? least)) best.set(entry.page, { page: entry.page, message: entry.message, score });
    }
  }
  return [...best.values()].sort((one, other) => other.score - one.score);
}
