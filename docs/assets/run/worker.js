// One process: a worker with a Python interpreter of its own. It boots, waits for a program, runs it, and is ended by the
// kernel. The page starts it from a blob, so it inherits the page's Content-Security-Policy: no network but the site.
"use strict";

let python;
let live = 1; // threads
let waiting = 0; // threads that wait
const calls = new Map(); // id → what ends the wait for the kernel's answer
const parked = new Map(); // ticket → what ends the wait for another thread
const signals = [];
const broken = new Set(); // ends of pipes whose other end nobody holds
const now = () => performance.timeOrigin + performance.now(); // the same clock in all workers and the page
const plain = (argument) => argument ?? null; // Python's None
let mainTicket = null; // of what the main thread waits for in this process
let lastCall = 0;
const PIECE = 65_536; // bytes of output

// What Python's half asks for. Everything that waits returns a promise: see threads.py.
const host = {
  call(operation, why, data, ...args) {
    const id = ++lastCall;
    postMessage({ type: "call", id, operation, args: args.map(plain), data, why, at: now() });
    return wait((end) => calls.set(id, end));
  },
  tell(operation, ...args) {
    postMessage({ type: "tell", operation, args: args.map(plain) });
  },
  /** Sends what certainly fits; false if nobody can read it any more. */
  send(handle, message) {
    if (broken.has(handle)) return false;
    postMessage({ type: "tell", operation: "send", args: [handle, message] });
    return true;
  },
  park(ticket, milliseconds, why) {
    const main = Boolean(why);
    if (main) postMessage({ type: "waits", why, at: now() });
    let timer;
    return wait((end) => {
      const ended = () => {
        clearTimeout(timer);
        if (parked.delete(ticket) && main) {
          postMessage({ type: "goes on", at: now() });
          mainTicket = null;
        }
        end();
      };
      ended.timed = milliseconds >= 0;
      parked.set(ticket, ended);
      if (milliseconds >= 0) timer = setTimeout(ended, milliseconds);
      if (main) mainTicket = ticket;
      if (main && signals.length) interrupt();
    });
  },
  unpark(ticket) {
    parked.get(ticket)?.();
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
  leave: (status) => postMessage({ type: "exit", status }),
};

function wait(begin) {
  waiting++;
  return new Promise((resolve) =>
    begin((value) => {
      waiting--;
      resolve(value);
    }),
  );
}

// A signal ends what the main thread waits for; Python runs the handler and waits again. In a call of the kernel, that ends it.
function interrupt() {
  parked.get(mainTicket)?.();
}

function output(descriptor) {
  const decoder = new TextDecoder();
  return {
    write(bytes) {
      // In pieces: the page takes up to its limit, and ends who writes more.
      for (let begin = 0; begin < bytes.length; begin += PIECE) {
        const text = decoder.decode(bytes.subarray(begin, begin + PIECE), { stream: true });
        if (text) postMessage({ type: "output", descriptor, text });
      }
      return bytes.length;
    },
  };
}

// The site's storage and other tabs are none of a program's business.
function forget(...names) {
  for (const name of names) for (let owner = self; owner; owner = Object.getPrototypeOf(owner)) delete owner[name];
}

function failed(error) {
  const memory = /out of memory|allocat|MemoryError/i.test(error); // each browser's words, and Python's
  postMessage({ type: "failed", memory, message: error.stack || String(error) });
}

async function boot({ assets, base, snapshot, makeSnapshot }) {
  const times = { begun: performance.now() };
  const fetched = self.fetch;
  const instantiate = WebAssembly.instantiate;
  // Pyodide's loader gets what the page has already: the compiled module, and the library's bytes.
  self.fetch = (what, options) => {
    const name = String(what?.url ?? what);
    if (name.endsWith("pyodide.asm.wasm")) return Promise.resolve(new Response(""));
    if (name.endsWith("python_stdlib.zip")) return Promise.resolve(new Response(assets.library));
    return fetched(what, options);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    try {
      return { module: assets.module, instance: await instantiate(assets.module, imports) };
    } catch (error) {
      failed(error); // the loader would only warn of it, and never go on
      throw error;
    }
  };
  const { loadPyodide } = await import(base + "pyodide.mjs");
  times.loader = performance.now();
  python = await loadPyodide({
    indexURL: base,
    packageBaseUrl: base,
    lockFileContents: assets.lock,
    env: { HOME: "/page", PYTHONDONTWRITEBYTECODE: "1" },
    ...(makeSnapshot && { _makeSnapshot: true }),
    ...(snapshot && { _loadSnapshot: snapshot }),
  });
  self.fetch = fetched;
  times.interpreter = performance.now();
  if (!snapshot) {
    python.FS.mkdirTree("/lib/page/multiprocessing_workers");
    for (const [name, source] of Object.entries(assets.python)) python.FS.writeFile(`/lib/page/${name}`, source);
    python.runPython("import sys; sys.path.append('/lib/page'); import multiprocessing_workers; multiprocessing_workers.install()");
    times.layer = performance.now();
    if (makeSnapshot) {
      const made = python.makeMemorySnapshot();
      times.snapshot = performance.now();
      postMessage({ type: "snapshot", bytes: made.byteLength === made.buffer.byteLength ? made.buffer : made.slice().buffer });
    }
  }
  python.setStdin({ stdin: () => null });
  python.setStdout(output(1));
  python.setStderr(output(2));
  // The interpreter itself has crashed: nothing in it goes on, and its calls are never answered.
  python._api.on_fatal = (error) => postMessage({ type: "crash", message: `Python itself crashed: ${error}` });
  forget("indexedDB", "caches", "BroadcastChannel", "Worker", "SharedWorker", "cookieStore", "FontFace", "fonts");
  for (const name of ["locks", "storage", "serviceWorker", "usb", "serial", "hid"]) delete WorkerNavigator.prototype[name];
  times.ready = performance.now();
  const stages = {};
  let before = times.begun;
  for (const [stage, at] of Object.entries(times)) {
    stages[stage] = at - before;
    before = at;
  }
  delete stages.begun;
  postMessage({ type: "ready", stages });
}

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
    postMessage({ type: "output", descriptor: 2, text: `${error}\n` });
    status = 1;
  }
  postMessage({ type: "exit", status });
}

self.onmessage = ({ data }) => {
  if (data.type === "answer") {
    const end = calls.get(data.id);
    calls.delete(data.id);
    end?.(data.answer);
  } else if (data.type === "broken") {
    broken.add(data.handle);
  } else if (data.type === "signal") {
    signals.push(data.number);
    interrupt();
  } else if (data.type === "idle?") {
    postMessage({ type: "idle", idle: waiting >= live && ![...parked.values()].some((end) => end.timed) });
  } else if (data.type === "boot") {
    boot(data).catch(failed);
  } else if (data.type === "run") run(data);
};
