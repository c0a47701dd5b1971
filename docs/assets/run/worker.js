// One process: a worker with its own Python interpreter. It boots, waits for a program, runs it, and is ended by the
// kernel. The page starts it from a blob, so it inherits the page's Content-Security-Policy: no network but the site.
import { confine } from "./allowed.js";
import { Output } from "./output.js";

/** @typedef {import("./protocol.js").FromProcess} FromProcess */
/** @typedef {import("./protocol.js").WhileBooting} WhileBooting */

const MOST_MEMORY = 2 ** 31; // bytes of a process: what wants more gets Python's MemoryError

/** @type {any} Pyodide */
let python;
let live = 1; // threads
let waiting = 0; // threads that wait
let lastCall = 0;
/** @type {Map<number | undefined, (answer: import("./protocol.js").Answer) => void>} by the call's id */
const calls = new Map();
/** @type {Map<number, { end: () => void, timed: boolean }>} what ends the wait for another thread, by ticket */
const parked = new Map();
/** @type {number | null} of what the main thread waits for in this process */
let mainTicket = null;
const output = new Output((pieces) => post({ type: "output", pieces }));
/** @type {WebAssembly.Memory} */
let memory;
let begun = false; // the program
/** @type {number[]} */
const signals = [];
/** @type {Set<number>} ends of pipes whose other end nobody holds */
const broken = new Set();

const { postMessage } = self; // a program has only what `host` below sends

const now = () => performance.timeOrigin + performance.now(); // the same clock in all workers and the page
const plain = (/** @type {any} */ argument) => argument ?? null; // Python's None

/** @param {FromProcess | WhileBooting} message that comes after all that was printed before */
function post(message) {
  if (message.type !== "output") output.flush();
  postMessage(message);
}

/**
 * What Python's half asks for. Everything that waits returns a promise: see threads.py.
 * @type {import("./protocol.js").Host}
 */
const host = {
  call(operation, why, data, ...args) {
    const id = ++lastCall;
    post({ type: "call", id, operation, args: args.map(plain), data, why, at: now() });
    return wait((end) => calls.set(id, end));
  },
  tell(operation, ...args) {
    post({ type: "tell", operation, args: args.map(plain) });
  },
  /** Sends what certainly fits; false if nobody can read it any more. */
  send(handle, message) {
    if (broken.has(handle)) return false;
    post({ type: "tell", operation: "send", args: [handle, message] });
    return true;
  },
  park(ticket, milliseconds, why) {
    const main = Boolean(why);
    const timed = milliseconds >= 0;
    if (main) post({ type: "waits", why, at: now() });
    return wait((resolve) => {
      const end = () => {
        clearTimeout(timer);
        if (parked.delete(ticket) && main) {
          post({ type: "goes on", at: now() });
          mainTicket = null;
        }
        resolve();
      };
      parked.set(ticket, { end, timed });
      const timer = timed ? setTimeout(end, milliseconds) : undefined;
      if (main) mainTicket = ticket;
      if (main && signals.length) interrupt();
    });
  },
  unpark(ticket) {
    parked.get(ticket)?.end();
  },
  start(run) {
    live++;
    setTimeout(async () => {
      try {
        await run.callPromising();
      } finally {
        live--;
        run.destroy();
      }
    });
  },
  signal: () => signals.shift() ?? 0,
  never: () => new Promise(() => {}),
  leave: (status) => post({ type: "exit", status }),
};

/**
 * Counts the threads that wait, until `end` is called with the value that this one gets.
 * @template Value
 * @param {(end: (value: Value) => void) => void} begin
 * @returns {Promise<Value>}
 */
function wait(begin) {
  waiting++;
  return new Promise((resolve) => {
    begin((value) => {
      waiting--;
      resolve(value);
    });
  });
}

/** A signal ends what the main thread waits for; Python runs the handler and waits again. The kernel ends a call. */
function interrupt() {
  if (mainTicket !== null) parked.get(mainTicket)?.end();
}

/** Where the interpreter looks for signals, again and again while it computes. There are none, but output may be due. */
const interruptBuffer = {
  get 0() {
    output.flushIfDue();
    return 0;
  },
  set 0(_) {},
};

/** Tells the page how much memory the interpreter has. */
function tellMemory() {
  post({ type: "memory", bytes: memory.buffer.byteLength });
}

/** @param {any} imports of the interpreter, whose memory has a limit from now on */
function limitMemory({ env }) {
  const resize = env.emscripten_resize_heap;
  env.emscripten_resize_heap = (/** @type {number} */ size) => {
    const grown = size >>> 0 <= MOST_MEMORY && resize(size);
    if (grown && begun) tellMemory();
    return grown;
  };
}

/** @param {unknown} error */
function failed(error) {
  const memory = /out of memory|allocat|MemoryError/i.test(String(error)); // each browser's words, and Python's
  post({ type: "failed", memory, message: (error instanceof Error && error.stack) || String(error) });
}

/** @param {Extract<import("./protocol.js").ToWorker, { type: "boot" }>} message */
async function boot({ assets, base, snapshot, makeSnapshot }) {
  let before = performance.now();
  /** @type {Record<string, number>} ms by name */
  const stages = {};
  const passed = (/** @type {string} */ stage) => {
    const time = performance.now();
    stages[stage] = time - before;
    before = time;
    post({ type: "passed", stage });
  };
  passed("worker");
  const instantiate = WebAssembly.instantiate;
  confine(self);
  // Pyodide's loader gets what the page has already: the compiled module, and the library's bytes.
  /** @type {any} */
  const scope = self;
  scope.fetch = async (/** @type {URL} */ { pathname }) => {
    if (pathname.endsWith("pyodide.asm.wasm")) return {};
    if (pathname.endsWith("python_stdlib.zip")) return { ok: true, arrayBuffer: async () => assets.library };
    throw new Error(`Pyodide asks for ${pathname}, which the page has not loaded`);
  };
  scope.WebAssembly.instantiateStreaming = async (
    /** @type {unknown} */ _,
    /** @type {WebAssembly.Imports} */ imports,
  ) => {
    limitMemory(imports);
    try {
      const instance = await instantiate(assets.module, imports);
      memory = /** @type {WebAssembly.Memory} */ (instance.exports.memory);
      return { module: assets.module, instance };
    } catch (error) {
      failed(error); // the loader would only warn of it, and never go on
      throw error;
    }
  };
  const { loadPyodide } = await import(`${base}pyodide.mjs`);
  passed("loader");
  python = await loadPyodide({
    indexURL: base,
    packageBaseUrl: base,
    lockFileContents: assets.lock,
    env: { HOME: "/page", PYTHONDONTWRITEBYTECODE: "1" },
    ...(makeSnapshot && { _makeSnapshot: true }),
    ...(snapshot && { _loadSnapshot: snapshot }),
  });
  delete scope.fetch;
  delete scope.WebAssembly.instantiateStreaming;
  passed("interpreter");
  if (!snapshot) {
    python.FS.mkdirTree("/lib/page/multiprocessing_workers");
    for (const [name, source] of Object.entries(assets.python)) python.FS.writeFile(`/lib/page/${name}`, source);
    python.runPython(
      "import sys; sys.path.append('/lib/page'); import multiprocessing_workers; multiprocessing_workers.install()",
    );
    passed("layer");
    if (makeSnapshot) {
      const made = python.makeMemorySnapshot();
      passed("snapshot");
      const bytes = made.byteLength === made.buffer.byteLength ? made.buffer : made.slice().buffer;
      post({ type: "snapshot", bytes });
      // While it recorded the image, Pyodide had a stand-in for the module js, and it fails for some of what the real
      // one does: programs get the real one.
      python.unregisterJsModule("js");
      python.registerJsModule("js", self);
    }
  }
  python.setStdin({ stdin: () => null });
  python.setStdout(output.stream(1));
  python.setStderr(output.stream(2));
  // The interpreter itself has crashed: nothing in it goes on, and its calls are never answered.
  python._api.on_fatal = (/** @type {unknown} */ error) =>
    post({ type: "crash", message: `Python itself crashed: ${error}` });
  passed("ready");
  post({ type: "ready", stages });
}

/** @param {Extract<import("./protocol.js").ToWorker, { type: "run" }>} message */
async function run({ program, child, environment = {}, pid, parent, cpus, files }) {
  for (const [name, source] of Object.entries(files)) {
    const path = `/page/${name}`;
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    python.FS.writeFile(path, source);
  }
  if (child) python.FS.writeFile("/tmp/prepared", child);
  let status;
  begun = true;
  tellMemory();
  python.setInterruptBuffer(interruptBuffer);
  try {
    // A call of its own, with a stack that can be put aside; not a task of Pyodide's event loop, as asyncio would see.
    const main = python.runPython("import multiprocessing_workers; multiprocessing_workers.run");
    status = await main.callPromising(host, JSON.stringify({ program, environment, pid, parent, cpus }));
  } catch (error) {
    output.print(2, `${error}\n`);
    status = 1;
  }
  post({ type: "exit", status });
}

addEventListener("message", (/** @type {MessageEvent<import("./protocol.js").ToWorker>} */ { data }) => {
  switch (data.type) {
    case "boot":
      boot(data).catch(failed);
      break;
    case "run":
      run(data);
      break;
    case "answer": {
      const end = calls.get(data.id);
      calls.delete(data.id);
      end?.(data.answer);
      break;
    }
    case "signal":
      signals.push(data.number);
      interrupt();
      break;
    case "broken":
      broken.add(data.handle);
      break;
    case "idle?":
      post({ type: "idle", idle: waiting >= live && ![...parked.values()].some(({ timed }) => timed) });
      break;
  }
});
