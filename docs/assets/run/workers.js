// Loads Python once, and keeps workers ready for processes to run in.
import { Boot } from "./boot.js";
import { storedImage } from "./stored-image.js";

/**
 * What the build says of Python in python.json. `pyodide` is the address of its folder, `key` stands for an image of
 * the interpreter's memory, `sizes` are bytes by file, and the rest is as in Assets.
 * @typedef {{ pyodide: string, version: string, key: string, sizes: Record<string, number>, lock: string,
 *   python: import("./protocol.js").Files }} Facts
 */

/**
 * What every worker needs: Pyodide's folder, Python's version, the address of worker.js, an image of an earlier visit.
 * @typedef {{ base: string, version: string, url: string, key: string, image: ArrayBuffer | null,
 *   assets: import("./protocol.js").Assets }} Loaded
 */

/**
 * How a program comes to run; "slow" while a worker boots for longer than it should.
 * @typedef {{ stage: "download", bytes: number, total: number } | { stage: "start" | "ready" }
 *   | { stage: "slow", seconds: number }} Progress
 */

const here = import.meta.url;
/** A phone or a tablet; few browsers tell how much memory there is. */
export const small = (navigator.deviceMemory ?? 8) < 4 || matchMedia("(pointer: coarse)").matches;
const SPARE = 1; // booted ahead while a program runs
const AT_REST = small ? 1 : 2; // and when none does: the next one, and its first child, start at once

/**
 * The response, if it is a good one.
 * @param {string | URL} url
 */
async function answered(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${new URL(url).pathname}: ${response.status} ${response.statusText}`);
  return response;
}

/**
 * The address of a worker's script. One that starts from such an address inherits the page's policy, and cannot import
 * by a relative name: what it imports gets such an address too.
 * @param {string} name
 * @returns {Promise<string>}
 */
async function scriptAddress(name) {
  let text = await (await answered(new URL(name, here))).text();
  for (const [, imported] of text.matchAll(/^import .* from "\.\/(.*)";$/gm)) {
    text = text.replace(`"./${imported}"`, `"${await scriptAddress(imported)}"`);
  }
  return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
}

/**
 * What a browser lacks, in words; empty if it can run programs. One that suspends WebAssembly has all else, module
 * workers too; where storage or compression is missing or closed, no image of Python is kept, and the next visit starts
 * as slowly as the first.
 */
export function lacking() {
  if (typeof WebAssembly !== "object") {
    return (
      "Python cannot run here: WebAssembly is switched off in this browser. " +
      "Lockdown Mode does that, and so do some security settings."
    );
  }
  if (typeof Worker !== "function") return "Python cannot run here: web workers are switched off in this browser.";
  if (typeof WebAssembly.Suspending !== "function" || typeof WebAssembly.promising !== "function") {
    return (
      "Python cannot run here: this browser has no JavaScript Promise Integration, which lets a process wait. " +
      "Chrome 137, Edge 137, Firefox 153, Safari 27 and later versions have it. " +
      "On an iPhone or iPad, every browser needs iOS 27 or iPadOS 27."
    );
  }
  return "";
}

export class Workers {
  /** @type {Boot[]} that are kept ready */
  spares = [];
  /** @type {Record<string, number | boolean>[]} stages of each boot in ms, for the benchmark */
  boots = [];
  passed = 0; // stages of all boots
  /** @type {Record<string, number>} when each thing had come, in ms since it was asked for the first */
  loads = {};
  /** @type {Promise<Loaded> | null} */
  loading = null;
  /** @type {Promise<ArrayBuffer | null> | null} what all but the first start from; null if none is to make it */
  image = null;

  /** @param {(progress: Progress) => void} progress hears how loading goes on */
  constructor(progress) {
    this.progress = progress;
  }

  /** What every worker needs; loaded once. */
  load() {
    this.loading ??= this.download().catch((error) => {
      this.loading = null; // the next click tries again
      throw error;
    });
    return this.loading;
  }

  /** @returns {Promise<Loaded>} */
  async download() {
    const begun = performance.now();
    /**
     * Notes when this has come.
     * @template Thing
     * @param {string} name
     * @param {Promise<Thing>} coming
     */
    const noted = async (name, coming) => {
      const thing = await coming;
      this.loads[name] = performance.now() - begun;
      return thing;
    };
    /** @type {Facts} */
    const facts = await noted("facts", (async () => (await answered(new URL("python.json", here))).json())());
    const base = new URL(facts.pyodide, here).href;
    const total = facts.sizes["pyodide.asm.wasm"] + facts.sizes["python_stdlib.zip"];
    let bytes = 0;
    /**
     * Asks for a file, and shows how much of it has come.
     * @template Thing
     * @param {string} name
     * @param {(response: Response) => Promise<Thing>} read
     */
    const counted = async (name, read) => {
      const response = await answered(base + name);
      const counting = new WritableStream({
        write: (/** @type {Uint8Array} */ chunk) => {
          bytes += chunk.length;
          this.progress({ stage: "download", bytes, total });
        },
      });
      response
        .clone()
        .body?.pipeTo(counting)
        .catch(() => {}); // `read` meets the same error, and tells it
      return read(response);
    };
    const [module, library, url, image] = await Promise.all([
      noted(
        "module",
        counted("pyodide.asm.wasm", (response) => WebAssembly.compileStreaming(response)),
      ),
      noted(
        "library",
        counted("python_stdlib.zip", (response) => response.arrayBuffer()),
      ),
      scriptAddress("worker.js"),
      noted("image", storedImage(facts.key)),
      // What the first worker will import: without this it would be asked for only when all the rest has come.
      ...["pyodide.mjs", "pyodide.asm.mjs"].map(async (name) => (await answered(base + name)).arrayBuffer()),
    ]);
    this.progress({ stage: "start" });
    return {
      base,
      version: facts.version,
      url,
      key: facts.key,
      image,
      assets: { module, library, lock: facts.lock, python: facts.python },
    };
  }

  /** A worker for a process: `ready` resolves to it once it is booted. */
  take() {
    const taken = this.spares.shift() ?? new Boot(this);
    taken.ready.then(
      () => this.bootAhead(SPARE),
      () => {},
    );
    return taken;
  }

  /**
   * Takes back a worker that nothing ran in yet.
   * @param {Boot} boot
   */
  giveBack(boot) {
    if (boot.ended) return;
    if (boot.isFirst || this.spares.length < AT_REST) this.spares.push(boot);
    else boot.end();
  }

  /** A program has ended: the next may be run soon. */
  rest() {
    if (!document.hidden) this.bootAhead(AT_REST);
  }

  /** @param {number} count of workers to have ready */
  bootAhead(count) {
    while (this.spares.length < count) this.spares.push(new Boot(this));
  }

  /** Ends the workers that are kept ready. */
  release() {
    for (const spare of this.spares.splice(0)) spare.end();
  }
}
