// Which page of the error dictionary a pasted traceback, or a line of one, is about. It stays in the browser.

/**
 * A page of the dictionary, as errors.json has it: `names` are those that its own programs define.
 * @typedef {{ url: string, title: string, cause: string, names: string[], messages: string[],
 *   outputs: string[] }} ErrorPage
 * @typedef {{ page: ErrorPage, message: string, words: Set<string>, titled: boolean }} Entry a message of a page
 * @typedef {{ entries: Entry[], weight: (word: string) => number, known: (word: string) => boolean }} Dictionary
 * @typedef {{ page: ErrorPage, message: string, score: number }} Match
 */

const NAMED =
  /(?:[\w.]*\.)?\b((?:[A-Z]\w*)?(?:Error|Exception|Warning|Interrupt|Exit|Traceback|Pool|Empty|Full|Timeout))\b(?::\s*(.*))?\s*$/;
const FRAME =
  /^\s*(File ".*", line \d+|[~^\s]+$|Traceback \(most recent call last\)|During handling|The above exception|""")/;

/**
 * The lines of a text that tell what was raised, in order. A message that begins below its exception is joined to it.
 * @param {string} text
 */
export function raised(text) {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/^(E {2,}|[>|] )/, ""));
  // In a frame stands the reader's own source, which may name exceptions too, and is nobody's message.
  const isSource = (/** @type {number} */ at) => /^\s/.test(lines[at]) && FRAME.test(lines[at - 1] ?? "");
  const plain = lines.map((line, at) => (isSource(at) ? "" : line));
  const raised = [];
  for (const [at, line] of plain.entries()) {
    const [, type, message] = (!FRAME.test(line) && line.match(NAMED)) || [];
    if (!type) continue;
    const below = plain.slice(at + 1, at + 9).filter(isText);
    const parts = message ? [message] : below.slice(0, 3);
    const joined = [`${type}:`, ...parts.map((part) => part.trim())].join(" ");
    raised.push(joined.replace(/:\s*$/, "").replace(/\s+/g, " "));
  }
  return raised;
}

/**
 * Whether a line is neither part of a frame nor an exception.
 * @param {string} line
 */
function isText(line) {
  return line.trim() !== "" && !FRAME.test(line) && !NAMED.test(line);
}

/**
 * What to search for: the exception that ended it; or, if none is named, the text without its frames.
 * @param {string} text
 */
export function reduced(text) {
  const exceptions = raised(text).filter((line) => !line.startsWith("RemoteTraceback"));
  const plain = text.split(/\r?\n/).filter((line) => line.trim() && !FRAME.test(line));
  return (exceptions.at(-1) ?? plain.join(" ")).trim().slice(0, 300);
}

/**
 * Words, without what differs from one program to the next: addresses, paths, numbers (those of errno stay).
 * @param {string} text
 */
export function words(text) {
  const plain = text
    .replace(/\[Errno (\d+)\]/g, " errno$1 ")
    .replace(/\/?\b(psm|wnsm)_[0-9a-f]+/g, " $1 ") // the names that SharedMemory gives tell more than other paths
    .replace(/0x[0-9a-f]+|(?:[A-Za-z]:)?[\w.~-]*[\\/][\w.\\/~-]+/gi, " ")
    .replace(/’/g, "'");
  const all = plain.match(/__\w+__|[\p{L}_][\p{L}\p{N}_]*|errno\d+/gu) ?? [];
  return new Set(all.map((word) => word.toLowerCase()).filter((word) => word.length > 1));
}

/**
 * The dictionary as word sets: for each page each of its messages, without the names that its own programs define.
 * @param {ErrorPage[]} pages
 * @returns {Dictionary}
 */
export function prepared(pages) {
  /** @type {Entry[]} */
  const entries = [];
  for (const page of pages) {
    const own = new Set(page.names.map((name) => name.toLowerCase()));
    const messages = [...new Set([page.title, ...page.messages, ...page.outputs.flatMap(raised)])];
    for (const message of messages) {
      const kept = new Set([...words(message)].filter((word) => !own.has(word)));
      if (kept.size) entries.push({ page, message, words: kept, titled: message === page.title });
    }
  }
  /** @type {Map<string, number>} how many pages have the word */
  const pagesWith = new Map();
  for (const page of pages) {
    const all = new Set(entries.filter((entry) => entry.page === page).flatMap((entry) => [...entry.words]));
    for (const word of all) pagesWith.set(word, (pagesWith.get(word) ?? 0) + 1);
  }
  const weight = (/** @type {string} */ word) => Math.log(1 + pages.length / (pagesWith.get(word) ?? pages.length));
  return { entries, weight, known: (word) => pagesWith.has(word) };
}

/**
 * @param {Set<string>} words
 * @param {(word: string) => number} weight
 */
const sum = (words, weight) => [...words].reduce((total, word) => total + weight(word), 0);

/**
 * The pages that fit the text, best first. A score of 1 is a full match, and it is a little more on the page that has it
 * as its title.
 * @param {string} text
 * @param {Dictionary} dictionary
 */
export function ranked(text, { entries, weight, known }) {
  const lines = raised(text);
  const asked = (lines.length ? lines : [text]).map((line, index, all) => ({
    line,
    // What ended the program counts most; what stands above may be its cause, or another process's.
    place: index === all.length - 1 ? 1 : 0.9,
    least: 0.3,
  }));
  // A line that raises nothing may tell as much ("Exception in initializer:"), if a page has it nearly word for word.
  const others = lines.length ? text.split(/\r?\n/).filter((line) => /^\S/.test(line) && isText(line)) : [];
  asked.push(...others.map((line) => ({ line, place: 1.01, least: 0.8 })));
  /** @type {Map<ErrorPage, Match>} */
  const best = new Map();
  for (const { line, place, least } of asked) {
    const all = words(line);
    const mine = new Set([...all].filter(known));
    for (const entry of entries) {
      if (entry.words.size === 1 && all.size > 1) continue; // an exception with a message is not the one without
      const common = new Set([...entry.words].filter((word) => mine.has(word)));
      const missing = sum(entry.words, weight) - sum(common, weight);
      const extra = sum(mine, weight) - sum(common, weight);
      // Of pages that print the same message, the one that is named after it comes first.
      const fit = sum(common, weight) / (sum(common, weight) + missing + 0.5 * extra || 1);
      const score = place * fit + (entry.titled ? 0.02 * fit : 0);
      if (score > (best.get(entry.page)?.score ?? least)) {
        best.set(entry.page, { page: entry.page, message: entry.message, score });
      }
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score);
}
