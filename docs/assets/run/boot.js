// Boots a worker: it starts from the image of an interpreter's memory, or makes one.
import { storeImage } from "./stored-image.js";

/** @typedef {import("./protocol.js").ToWorker} ToWorker */
/** @typedef {import("./protocol.js").WhileBooting} WhileBooting */
/** @typedef {import("./workers.js").Loaded} Loaded */

// Seconds in which no worker gets on with its boot. A busy machine may need many, and where memory ends some workers
// never answer: no browser tells which it is.
const PATIENCE = 300;
const SLOW = 10; // seconds after which the reader is told
const NO_MEMORY = "there is not enough memory for one more process. Close other tabs, or start fewer processes.";
const NO_ANSWER =
  `a process did not start. Its worker has done nothing for ${PATIENCE / 60} minutes, and the browser does not say why. ` +
  "This device may be too busy, or short of memory: run it again, with fewer other tabs or programs open.";
const NO_REASON = "the browser does not say why";

/** What no second try would change. */
class Unable extends Error {}

/** A worker that boots, and then waits for a process to run in it. */
export class Boot {
  begun = performance.now();
  /** It runs, or will run, nothing any more. */
  ended = false;
  /** @type {Worker | null} */
  worker = null;
  /** @type {ReturnType<typeof setInterval> | undefined} while it boots */
  watch = undefined;
  /** Whether the others know which image to start from, if this one is the first. */
  hasImage = false;
  /** @type {(image: ArrayBuffer | null) => void} */
  resolveImage = () => {};

  /** @param {import("./workers.js").Workers} workers */
  constructor(workers) {
    this.workers = workers;
    /** The first one makes an image of its memory; all others start from that. */
    this.isFirst = !workers.image;
    if (this.isFirst) {
      workers.image = new Promise((resolve) => {
        this.resolveImage = resolve;
      });
    }
    /** @type {Promise<Worker>} */
    this.ready = workers.load().then((loaded) => this.begin(loaded));
    this.ready.catch(() => {
      this.ended = true;
      this.forgetImage();
      workers.spares = workers.spares.filter((spare) => spare !== this);
    });
  }

  end() {
    this.ended = true;
    clearInterval(this.watch);
    this.worker?.terminate();
    this.forgetImage();
  }

  /**
   * Tells the others what to start from.
   * @param {ArrayBuffer | null} image
   */
  provideImage(image) {
    this.hasImage = true;
    this.resolveImage(image);
  }

  /** Those that wait for the image that this one was to make boot without one, and the next makes it. */
  forgetImage() {
    if (!this.isFirst || this.hasImage) return;
    this.workers.image = null;
    this.resolveImage(null);
  }

  /** @param {Loaded} loaded */
  async begin(loaded) {
    const image = this.isFirst ? loaded.image : await this.workers.image;
    if (this.isFirst && image) this.provideImage(image);
    try {
      return await this.start(loaded, image);
    } catch (error) {
      if (!image || this.ended || error instanceof Unable) throw error;
      this.workers.image = Promise.resolve(null); // an image that this browser does not take
      return this.start(loaded, null);
    }
  }

  /**
   * @param {Loaded} loaded
   * @param {ArrayBuffer | null} snapshot
   * @returns {Promise<Worker>}
   */
  start({ base, url, key, assets }, snapshot) {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(new Error("stopped"));
      const { workers } = this;
      const worker = new Worker(url, { type: "module" });
      this.worker = worker;
      const fail = (/** @type {Error} */ error) => {
        clearInterval(this.watch);
        worker.terminate();
        reject(error);
      };
      // Counts its own calls: there are none while the tab sleeps.
      let [seconds, idle, passed] = [0, 0, workers.passed];
      this.watch = setInterval(() => {
        if (++seconds >= SLOW) workers.progress({ stage: "slow", seconds });
        if (passed !== workers.passed) [idle, passed] = [0, workers.passed];
        else if (++idle === PATIENCE) fail(new Unable(NO_ANSWER));
      }, 1000);
      worker.onerror = ({ message }) => fail(new Error(`Python does not start: ${message || NO_REASON}`));
      worker.onmessage = (/** @type {MessageEvent<WhileBooting>} */ { data }) => {
        switch (data.type) {
          case "failed":
            return fail(data.memory ? new Unable(NO_MEMORY) : new Error(`Python does not start: ${data.message}`));
          case "passed":
            workers.passed++;
            return;
          case "snapshot":
            this.provideImage(data.bytes);
            storeImage(key, data.bytes);
            return;
          case "ready":
            clearInterval(this.watch);
            workers.boots.push({
              ...data.stages,
              all: performance.now() - this.begun,
              fromSnapshot: Boolean(snapshot),
            });
            if (this.isFirst && !this.hasImage) this.provideImage(null); // this browser makes none
            workers.progress({ stage: "ready" });
            return resolve(worker);
        }
      };
      /** @type {ToWorker} */
      const message = { type: "boot", assets, base, snapshot, makeSnapshot: this.isFirst && !snapshot };
      worker.postMessage(message);
    });
  }
}
