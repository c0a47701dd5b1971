/**
 * A new element with these properties and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

/**
 * Adds a style sheet to the page; resolves when it is there.
 * @param {URL} address
 */
export function addStyles(address) {
  const link = element("link", { rel: "stylesheet", href: address.href });
  document.head.append(link);
  return new Promise((resolve) => link.addEventListener("load", resolve));
}

/**
 * The first element that the selector matches, which is there: Error if it is not.
 * @param {ParentNode} parent
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function get(parent, selector) {
  const match = parent.querySelector(selector);
  if (!(match instanceof HTMLElement)) throw new Error(`there is no ${selector} here`);
  return match;
}
