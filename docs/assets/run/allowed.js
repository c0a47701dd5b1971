// What a program may touch of its worker: these names, and nothing else. All that is not listed is taken away before
// Python is loaded, so that neither a program nor a module of Pyodide's can have kept it: the network, storage, other
// tabs, other workers, and whatever the next browser adds. The page's Content-Security-Policy holds besides.

/**
 * The language: what ECMAScript itself defines. It computes, and reaches nothing outside of its worker. Left out are
 * `eval`, which makes code of text, and what Pyodide has no use for.
 */
export const LANGUAGE = [
  ...["Infinity", "NaN", "undefined", "globalThis"],
  ...["Object", "Function", "Boolean", "Symbol", "Number", "BigInt", "Math", "Date", "String", "RegExp", "JSON"],
  ...["Array", "ArrayBuffer", "DataView", "Map", "Set", "WeakMap", "WeakSet", "WeakRef", "FinalizationRegistry"],
  ...["Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array"],
  ...["BigInt64Array", "BigUint64Array", "Float32Array", "Float64Array"],
  ...["Promise", "Proxy", "Reflect", "Iterator"],
  ...["Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"],
  ...["isFinite", "isNaN", "parseFloat", "parseInt"],
  ...["decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent"],
];

/** Functions of the browser: threads and Python's event loop wait with them. */
export const FUNCTIONS = ["clearTimeout", "clearInterval", "queueMicrotask"];

/** These too, but they take no text in the place of a function. */
export const TIMERS = ["setTimeout", "setInterval"];

/**
 * Classes of the browser, with what each keeps of its own (`static`) and what its instances keep.
 * @type {Record<string, { static: string[], instance: string[] }>}
 */
export const CLASSES = {
  // Python's text, in and out of its memory.
  TextDecoder: { static: [], instance: ["constructor", "decode", "encoding", "fatal", "ignoreBOM"] },
  TextEncoder: { static: [], instance: ["constructor", "encode", "encodeInto", "encoding"] },
  // Pyodide finds its own files with it. Without createObjectURL: what has an address can be imported.
  URL: { static: ["canParse"], instance: ["constructor", "href", "origin", "pathname", "toString", "toJSON"] },
  // The browser's errors are of this class, whether it has a name or not.
  DOMException: { static: [], instance: ["constructor", "name", "message", "code", "stack"] },
  // Pyodide asks whether it is in a worker.
  WorkerGlobalScope: { static: [], instance: [] },
};

/** Objects of the browser: a program gets a copy that has these and no prototype of the browser's. */
export const OBJECTS = {
  // Clocks, random numbers, and what Pyodide warns of.
  performance: ["now", "timeOrigin"],
  crypto: ["getRandomValues"],
  console: ["debug", "error", "info", "log", "trace", "warn"],
  // Pyodide tells browsers and languages apart by these, and relative addresses start from the last.
  navigator: ["language", "languages", "maxTouchPoints", "platform", "userAgent"],
  location: ["href", "toString"],
};

/** Compiles and links Python; what a module imports it is given by those who may touch it. */
export const WEBASSEMBLY = [
  ...["Module", "Instance", "Memory", "Table", "Global", "Tag", "Exception", "JSTag"],
  ...["CompileError", "LinkError", "RuntimeError", "SuspendError", "Suspending", "promising"],
  ...["compile", "instantiate", "validate"],
];

/**
 * Takes all else out of reach. Error if the browser lets something that can act not be taken away.
 * @param {any} scope the worker's global object
 */
export function confine(scope) {
  const copies = Object.entries(OBJECTS).map(
    ([name, members]) => /** @type {const} */ ([name, copy(scope[name], members)]),
  );
  const functions = FUNCTIONS.map((name) => /** @type {const} */ ([name, scope[name]]));
  const timers = TIMERS.map((name) => /** @type {const} */ ([name, withoutText(scope[name])]));
  const classes = Object.entries(CLASSES).map(([name, members]) => /** @type {const} */ ([name, scope[name], members]));
  const { WebAssembly } = scope;

  for (let owner = scope; owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) keepOnly(owner, LANGUAGE);
  for (const [name, kept, members] of classes) {
    keepOnly(kept, ["prototype", "name", "length", ...members.static]);
    keepOnly(kept.prototype, members.instance);
    Object.setPrototypeOf(kept, Function.prototype); // not the class above it
    define(scope, name, kept);
  }
  for (const [name, kept] of [...functions, ...timers, ...copies]) define(scope, name, kept);
  keepOnly(WebAssembly, WEBASSEMBLY);
  define(scope, "WebAssembly", WebAssembly);
  define(scope, "self", scope);
  takeCompilers(scope);
}

/**
 * Leaves these properties of an object. Numbers and the like may stay where they cannot be deleted: they do nothing.
 * @param {any} owner
 * @param {string[]} names
 */
function keepOnly(owner, names) {
  for (const key of Reflect.ownKeys(owner)) {
    if (typeof key === "string" && names.includes(key)) continue;
    if (Reflect.deleteProperty(owner, key)) continue;
    const { value, get } = /** @type {PropertyDescriptor} */ (Reflect.getOwnPropertyDescriptor(owner, key));
    if (get || Object(value) === value)
      throw new Error(`this browser does not let ${String(key)} be kept from programs`);
  }
}

/**
 * A plain object with these members, which work as they did.
 * @param {any} original
 * @param {string[]} members
 */
function copy(original, members) {
  const entries = members.map((name) => {
    const value = original[name];
    return [name, typeof value === "function" ? value.bind(original) : value];
  });
  return Object.freeze(Object.fromEntries(entries));
}

/**
 * A property of its own, not one that asks for the right `this`: Pyodide reads it through a proxy while it records.
 * @param {any} scope
 * @param {string} name
 * @param {unknown} value
 */
function define(scope, name, value) {
  Object.defineProperty(scope, name, { value, configurable: true, enumerable: true, writable: true });
}

/** @param {typeof setTimeout} timer */
function withoutText(timer) {
  return (/** @type {unknown} */ called, /** @type {unknown[]} */ ...rest) =>
    typeof called === "function" ? timer(/** @type {() => void} */ (called), .../** @type {[]} */ (rest)) : refuses();
}

function refuses() {
  throw new EvalError("a program cannot make JavaScript of text");
}

/**
 * Makes code of text, which can import, impossible, without help of the page's policy. `Function` itself stays in name:
 * Pyodide asks what is an instance of it.
 * @param {any} scope
 */
function takeCompilers(scope) {
  const kinds = [() => {}, async () => {}, function* () {}, async function* () {}];
  for (const kind of kinds) {
    const prototype = Object.getPrototypeOf(kind);
    Object.defineProperty(prototype, "constructor", { value: refuses, configurable: false });
  }
  // biome-ignore lint/complexity/useArrowFunction: only such a function is one that `instanceof` takes
  const named = function () {
    refuses();
  };
  Object.defineProperty(named, "prototype", { value: Function.prototype });
  Object.defineProperty(Function.prototype, "constructor", { value: named });
  define(scope, "Function", named);
}
