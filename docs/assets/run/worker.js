// One process: a worker with its own Python interpreter. It boots, waits for a program, runs it, and is ended by the
// kernel. The page starts it from a blob, so it inherits the page's Content-Security-Policy: no network but the site.
import { confine } from "./allowed.js"; // the page puts its address in the place of the name

/** @typedef {import("./protocol.js").FromProcess} FromProcess */
/** @typedef {import("./protocol.js").WhileBooting} WhileBooting */

const PIECE = 65_536; // bytes of output

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
/** @type {number[]} */
const signals = [];
/** @type {Set<number>} ends of pipes whose other end nobody holds */
const broken = new Set();

const { postMessage } = self; // a program has only what `host` below sends

const now = () => performance.timeOrigin + performance.now(); // the same clock in all workers and the page
const plain = (/** @type {any} */ argument) => argument ?? null; // Python's None

/** @param {FromProcess | WhileBooting} message */
function post(message) {
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

/** @param {number} descriptor */
function output(descriptor) {
  const decoder = new TextDecoder();
  return {
    write(/** @type {Uint8Array} */ bytes) {
      // In pieces: the page takes up to its limit, and ends who writes more.
      for (let begin = 0; begin < bytes.length; begin += PIECE) {
        const text = decoder.decode(bytes.subarray(begin, begin + PIECE), { stream: true });
        if (text) post({ type: "output", descriptor, text });
      }
      return bytes.length;
    },
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
  };
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
    try {
      return { module: assets.module, instance: await instantiate(assets.module, imports) };
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
  python.setStdout(output(1));
  python.setStderr(output(2));
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
  try {
    // A call of its own, with a stack that can be put aside; not a task of Pyodide's event loop, as asyncio would see.
    const main = python.runPython("import multiprocessing_workers; multiprocessing_workers.run");
    status = await main.callPromising(host, JSON.stringify({ program, environment, pid, parent, cpus }));
  } catch (error) {
    post({ type: "output", descriptor: 2, text: `${error}\n` });
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
