// Loads Python once, and boots the workers that processes run in.
const here = import.meta.url;
const text = async (url) => (await answered(url)).text();
/** A phone or a tablet; few browsers tell how much memory there is. */
export const small = navigator.deviceMemory < 4 || matchMedia("(pointer: coarse)").matches;
const SPARE = 1; // booted ahead while a program runs
const AT_REST = small ? 1 : 2; // and when none does: the next one, and its first child, start at once
const PATIENCE = 60; // seconds for a worker to boot, while no other one does: where memory ends, some never answer
const NO_MEMORY = "there is not enough memory for one more process. Close other tabs, or start fewer processes.";

/** What no second try would change. */
class Unable extends Error {}

async function answered(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${new URL(url).pathname}: ${response.status} ${response.statusText}`);
  return response;
}

/**
 * What a browser lacks, in words; empty if it can run programs. One that suspends WebAssembly has all else, module workers too;
 * where storage or compression is missing or closed, no image of Python is kept, and the next visit starts as slowly as the first.
 */
export function lacking() {
  if (typeof WebAssembly !== "object") {
    return "Python cannot run here: WebAssembly is switched off in this browser. Lockdown Mode does that, and so do some security settings.";
  }
  if (typeof Worker !== "function") return "Python cannot run here: web workers are switched off in this browser.";
  if (typeof WebAssembly.Suspending !== "function" || typeof WebAssembly.promising !== "function") {
    return (
      "Python cannot run here: this browser has no JavaScript Promise Integration, which lets a process wait. " +
      "Chrome 137, Edge 137, Firefox 153, Safari 27 and later versions have it. On an iPhone or iPad, every browser needs iOS 27 or iPadOS 27."
    );
  }
  return "";
}

export class Workers {
  /** `progress({ stage, bytes, total })` hears of stages "download", "compile", "start" and "ready". */
  constructor(progress = () => {}) {
    this.progress = progress;
    this.spares = [];
    this.boots = []; // stages of each boot in ms, for the benchmark
    this.loads = {}; // when each thing had come, in ms since it was asked for the first
  }

  /** What every worker needs; loaded once. */
  load() {
    this.loading ??= this.download().catch((error) => {
      this.loading = null; // the next click tries again
      throw error;
    });
    return this.loading;
  }

  async download() {
    const begun = performance.now();
    const come = (name) => (got) => {
      this.loads[name] = performance.now() - begun;
      return got;
    };
    const facts = await (await answered(new URL("python.json", here))).json();
    come("facts")();
    const base = new URL(facts.pyodide, here).href;
    const bytes = {};
    const total = facts.sizes["pyodide.asm.wasm"] + facts.sizes["python_stdlib.zip"];
    const count = async (name, body) => {
      bytes[name] = 0;
      for (const reader = body.getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done) return;
        bytes[name] += value.length;
        this.progress({ stage: "download", bytes: Object.values(bytes).reduce((a, b) => a + b), total });
      }
    };
    const [module, library, source, snapshot] = await Promise.all([
      answered(base + "pyodide.asm.wasm").then((response) => {
        count("pyodide.asm.wasm", response.clone().body);
        return WebAssembly.compileStreaming(response);
      }).then(come("module")),
      answered(base + "python_stdlib.zip").then((response) => {
        count("python_stdlib.zip", response.clone().body);
        return response.arrayBuffer();
      }).then(come("library")),
      text(new URL("worker.js", here)),
      kept(facts.key).then(come("image")),
      // What the first worker will import: without this it would be asked for only when all the rest has come.
      ...["pyodide.mjs", "pyodide.asm.mjs"].map(async (name) => (await answered(base + name)).arrayBuffer()),
    ]);
    this.progress({ stage: "start" });
    this.image = snapshot;
    this.key = facts.key;
    return {
      base,
      version: facts.version,
      url: URL.createObjectURL(new Blob([source], { type: "text/javascript" })),
      assets: { module, library, lock: facts.lock, python: facts.python },
    };
  }

  /** A worker for a process: `ready` resolves to it once it is booted. */
  take() {
    const taken = this.spares.shift() ?? this.boot();
    taken.ready.then(() => this.keep(SPARE), () => {});
    return taken;
  }

  /** Takes back a worker that nothing ran in yet. */
  giveBack(boot) {
    if (boot.ended) return;
    if (boot.first || this.spares.length < AT_REST) this.spares.push(boot);
    else boot.end();
  }

  /** A program has ended: the next may be run soon. */
  rest() {
    if (!document.hidden) this.keep(AT_REST);
  }

  /** Boots so many ahead. */
  keep(count) {
    while (this.spares.length < count) this.spares.push(this.boot());
  }

  /** Ends the workers that are kept ready. */
  release() {
    for (const spare of this.spares.splice(0)) spare.end();
  }

  /** The first one makes an image of its memory; all others start from that. */
  boot() {
    const boot = { first: !this.snapshot, begun: performance.now() };
    if (boot.first) this.snapshot = new Promise((resolve) => (boot.made = resolve));
    boot.end = () => {
      boot.ended = true;
      clearInterval(boot.watch);
      boot.worker?.terminate();
      if (boot.first) this.forgetImage(boot);
    };
    boot.ready = this.load().then((loaded) => this.begin(boot, loaded));
    boot.ready.catch(() => {
      boot.ended = true;
      if (boot.first) this.forgetImage(boot);
      this.spares = this.spares.filter((spare) => spare !== boot);
    });
    return boot;
  }

  /** Who waits for the image that this one was to make boots without one, and the next makes it. */
  forgetImage(boot) {
    if (boot.has) return;
    this.snapshot = null;
    boot.made(null);
  }

  async begin(boot, { base, url, assets }) {
    // An image that was kept from another visit was found while loading.
    const snapshot = boot.first ? this.image : await this.snapshot;
    if (boot.first && snapshot) this.hasImage(boot, snapshot);
    try {
      return await this.bootWorker(boot, { base, url, assets, snapshot });
    } catch (error) {
      if (!snapshot || boot.ended || error instanceof Unable) throw error;
      this.snapshot = Promise.resolve(null); // an image that this browser does not take
      return this.bootWorker(boot, { base, url, assets, snapshot: null });
    }
  }

  hasImage(boot, image) {
    boot.has = true;
    boot.made(image);
  }

  bootWorker(boot, { base, url, assets, snapshot }) {
    return new Promise((resolve, reject) => {
      if (boot.ended) return reject(new Error("stopped"));
      const worker = (boot.worker = new Worker(url, { type: "module" }));
      const fail = (error) => {
        clearInterval(boot.watch);
        worker.terminate();
        reject(error);
      };
      // Counts its own calls: there are none while the tab sleeps.
      let [seconds, booted] = [0, this.boots.length];
      boot.watch = setInterval(() => {
        if (booted !== this.boots.length) [seconds, booted] = [0, this.boots.length];
        else if (++seconds === PATIENCE) fail(new Unable(`a process did not start in ${PATIENCE} seconds. Perhaps there is not enough memory.`));
      }, 1000);
      worker.onerror = (event) => fail(new Error(`Python does not start: ${event.message}`));
      worker.onmessage = ({ data }) => {
        if (data.type === "failed") fail(data.memory ? new Unable(NO_MEMORY) : new Error(`Python does not start: ${data.message}`));
        else if (data.type === "snapshot") {
          this.hasImage(boot, data.bytes);
          keep(this.key, data.bytes);
        } else if (data.type === "ready") {
          clearInterval(boot.watch);
          this.boots.push({ ...data.stages, all: performance.now() - boot.begun, fromSnapshot: Boolean(snapshot) });
          if (boot.first && !boot.has) this.hasImage(boot, null); // this browser makes none
          this.progress({ stage: "ready" });
          resolve(worker);
        }
      };
      worker.postMessage({ type: "boot", assets, base, snapshot, makeSnapshot: boot.first && !snapshot });
    });
  }
}

// -- the image of an interpreter's memory, kept between visits: some 31 MB, since unpacking it would take longer than all the rest --

const CACHE = "python-image";

async function kept(key) {
  try {
    const cache = await caches.open(CACHE);
    const found = await cache.match(address(key));
    if (!found) return null;
    return await found.arrayBuffer();
  } catch {
    return null; // no storage: as on a first visit
  }
}

async function keep(key, bytes) {
  try {
    await caches.delete(CACHE); // of other versions too
    await (await caches.open(CACHE)).put(address(key), new Response(bytes));
  } catch {} // as above
}

const address = (key) => new URL(`image-${key}`, here).href;
