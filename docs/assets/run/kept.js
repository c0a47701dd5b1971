// What the reader edited, kept in the browser's storage, which may be full, or refused.

/**
 * A version of a program: `page` is the page's program that the text was made from, `link` whether it came with a link.
 * @typedef {{ text: string, page: string, link?: boolean }} Version
 */

/**
 * The reader's version; null if there is none.
 * @param {string} key
 * @returns {Version | null}
 */
export function stored(key) {
  try {
    const version = JSON.parse(localStorage.getItem(key) ?? "null");
    return typeof version?.text === "string" && typeof version.page === "string" ? version : null;
  } catch {
    return null;
  }
}

/**
 * Keeps the reader's version. False if it is not kept.
 * @param {string} key
 * @param {Version} version
 */
export function store(key, version) {
  try {
    localStorage.setItem(key, JSON.stringify(version));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} key */
export function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // then nothing was kept either
  }
}
