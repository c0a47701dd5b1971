// The kernel: owns all that processes share. A process is a worker; its system calls come as messages, and are answered
// when they can be. What a call waits for keeps a list of its waiters, first come, first served.
import { End, Listener, hold } from "./pipe.js";

const ON_ITS_WAY = "on its way";
const QUIET = 1500; // ms without a new wait, after which the kernel asks whether anything can go on at all
const LIMITS = { processes: 24, bytes: 1_000_000, lines: 20_000, memory: 1 << 28 };
const MESSAGE = 16; // bytes that each piece of output counts beside its text

/** An error that Python raises by this name: see kernel.py. */
class Refusal extends Error {}

const INTERRUPTED = { error: "EINTR" };

class Waiter {
  constructor(process, id, attempt, on, why) {
    Object.assign(this, { process, id, attempt, on, why });
  }
}

export class Process {
  constructor(id, name, parent) {
    Object.assign(this, { id, name, parent });
    this.status = null; // exit code
    this.actions = new Map(); // signal → "handle", "ignore" or "default"
    this.waiters = new Set(); // who waits for its end
    this.calls = new Map(); // id → Waiter
    this.signalled = false; // it has a signal to handle before its main thread gets anything that it waits for
    this.started = performance.now();
  }

  get ready() {
    return this.status !== null;
  }
}

/**
 * One run of a program. `take` gives workers that are booted, or will be, and `giveBack` gets those that nothing ran in;
 * `tell` hears what happens:
 * output, start, unable, waits, goes on, exit, end.
 */
export class Kernel {
  constructor({ take, giveBack, tell, cpus, limits = {} }) {
    Object.assign(this, { take, giveBack, tell, cpus, limits: { ...LIMITS, ...limits } });
    this.processes = new Set();
    this.objects = new Map(); // handle → End, Listener, semaphore, cell or Process
    this.addresses = new Map(); // of listeners
    this.names = new Map(); // of semaphores
    this.lastHandle = 100;
    this.blocks = new Map(); // of shared memory, by name
    this.memory = 0; // bytes of all cells
    this.bytes = this.lines = 0; // of output
    this.writer = null; // of the last line, if that is not at its end
    this.ended = new Promise((resolve) => (this.end = resolve));
  }

  /** Starts the program: what follows `python` on its command line, and the files of its folder. Resolves to its exit status. */
  run({ files, ...program }) {
    this.files = files;
    this.main = this.start("MainProcess", null, { program });
    return this.ended;
  }

  stop() {
    this.stopped = true;
    if (this.main) this.exit(this.main, -15);
  }

  // -- processes ---------------------------------------------------------------------------------------------------

  start(name, parent, what) {
    const process = new Process(++this.lastHandle, name, parent);
    this.objects.set(process.id, process);
    this.processes.add(process);
    this.tell({ type: "start", process });
    const booted = this.take();
    process.booted = booted;
    booted.ready.then(
      (worker) => {
        if (process.ready) return; // stopped meanwhile: the worker was given back
        process.worker = worker;
        worker.onmessage = ({ data }) => this.hear(process, data);
        worker.onerror = (event) => this.fail(process, event.message);
        worker.onmessageerror = () => this.fail(process, "a message that cannot be read");
        worker.postMessage({ type: "run", pid: process.id, parent: parent?.id ?? 1, cpus: this.cpus, files: this.files, ...what });
        this.tell({ type: "runs", process });
      },
      (error) => {
        if (process.ready) return; // stopped meanwhile
        this.tell({ type: "unable", message: error.message });
        this.stop(); // a pool would try again for ever
      },
    );
    return process;
  }

  fail(process, message) {
    this.write(process, 2, `${message}\n`);
    this.exit(process, 1);
  }

  exit(process, status) {
    if (process.ready) return;
    process.status = status;
    this.asked = null;
    this.processes.delete(process);
    process.worker ? process.worker.terminate() : this.giveBack(process.booted);
    for (const waiter of [...process.calls.values()]) this.forget(waiter);
    for (const object of this.objects.values()) {
      if (object instanceof End && object.holders.delete(process.id) && object.closed) this.closed(object);
      if (object instanceof Cell && object.holders.delete(process.id)) this.free(object);
      if (object instanceof Listener && object.owner === process) this.unlisten(object);
    }
    this.tell({ type: "exit", process, status });
    if (process === this.main) this.finish(status);
    else this.wake(process);
  }

  finish(status) {
    clearTimeout(this.watch);
    for (const process of [...this.processes]) this.exit(process, -15);
    this.objects.clear();
    for (const known of [this.addresses, this.names, this.blocks]) known.clear();
    this.tell({ type: "end", status, stopped: this.stopped });
    this.end(status);
  }

  hear(process, message) {
    if (process.ready || !message) return;
    if (message.type === "crash") return this.fail(process, message.message);
    if (message.type === "idle") return this.idle(process, message);
    this.asked = null;
    if (message.type === "call") this.call(process, message);
    else if (message.type === "tell") this.attempt(process, message);
    else if (message.type === "output") this.write(process, message.descriptor, String(message.text));
    else if (message.type === "waits") this.waits(process, message.why, [], message.at);
    else if (message.type === "goes on") this.tell({ type: "goes on", process, at: message.at });
    else if (message.type === "exit") this.exit(process, Number.isInteger(message.status) ? message.status : 1);
  }

  /** Shows what fits into the limits. The page begins a line for each other writer, too. */
  write(process, descriptor, text) {
    const { bytes, lines } = this.limits;
    const writer = `${process.id} ${descriptor}`;
    if (this.writer !== null && this.writer !== writer) this.lines++;
    this.bytes += MESSAGE;
    let fits = 0;
    while (fits < text.length && this.bytes < bytes && this.lines < lines) {
      const next = text.indexOf("\n", fits) + 1 || text.length;
      const end = Math.min(next, fits + bytes - this.bytes);
      this.bytes += end - fits;
      fits = end;
      if (text[end - 1] === "\n") this.lines++;
    }
    if (fits) this.tell({ type: "output", process, descriptor, text: text.slice(0, fits) });
    this.writer = text[fits - 1] === "\n" ? null : writer;
    if (fits === text.length) return;
    this.tell({ type: "flooded" });
    this.stop();
  }

  // -- calls -------------------------------------------------------------------------------------------------------

  call(process, { id, operation, args, data, why, at }) {
    const result = this.attempt(process, { operation, args, data, id, why, at });
    if (result !== WAITS) this.answer(process, id, result);
  }

  /** The result, or WAITS. */
  attempt(process, { operation, args, data, id, why, at }) {
    try {
      if (!Object.hasOwn(OPERATIONS, operation)) throw new Refusal(`unknown call ${operation}`);
      return OPERATIONS[operation].call(this, { process, data, id, why, at }, ...args) ?? {};
    } catch (error) {
      return { error: error instanceof Refusal ? error.message : `${operation}: ${error}` };
    }
  }

  /** Python gets the value or the bytes; an error is a string, which no value is. */
  answer(process, id, { value, data, error }) {
    process.worker?.postMessage({ type: "answer", id, answer: error ?? data ?? value ?? undefined });
  }

  /** Tries until it has a result: now, and whenever one of the objects changes. `late` is the result when time is over. */
  wait({ process, id, why, at }, on, seconds, late, attempt) {
    if (why && process.signalled) {
      process.signalled = false;
      return INTERRUPTED;
    }
    const result = attempt();
    if (result) return result;
    if (seconds !== null && seconds <= 0) return late;
    const waiter = new Waiter(process, id, attempt, on, why);
    process.calls.set(id, waiter);
    for (const object of on) object.waiters.add(waiter);
    if (seconds !== null) waiter.timer = setTimeout(() => this.settle(waiter, late), Math.min(seconds * 1000, 2 ** 31 - 1));
    if (why) this.waits(process, why, on, at);
    return WAITS;
  }

  // -- deadlocks ---------------------------------------------------------------------------------------------------

  waits(process, why, on, at) {
    const holder = on[0] instanceof Semaphore ? on[0].holder?.name : undefined;
    this.tell({ type: "waits", process, why, holder, at });
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.ask(), QUIET);
  }

  /** Asks every process whether all of its threads wait, without a time at which they go on by themselves. */
  ask() {
    const all = [...this.processes];
    const timed = ({ calls }) => [...calls.values()].some((waiter) => waiter.timer !== undefined);
    if (all.some((process) => !process.worker || timed(process))) return;
    this.asked = new Set(all);
    for (const process of all) process.worker.postMessage({ type: "idle?" });
  }

  /** When all have said so and nothing has happened since, nothing can go on. A process that computes does not answer. */
  idle(process, { idle }) {
    if (!idle) this.asked = null;
    if (this.asked?.delete(process) && this.asked.size === 0) this.tell({ type: "deadlock" });
  }

  settle(waiter, result) {
    this.forget(waiter);
    if (waiter.why) this.tell({ type: "goes on", process: waiter.process });
    this.answer(waiter.process, waiter.id, result);
  }

  forget(waiter) {
    clearTimeout(waiter.timer);
    waiter.process.calls.delete(waiter.id);
    for (const object of waiter.on) object.waiters.delete(waiter);
  }

  /**
   * The handler runs, and then the call is made again: the handler may raise, and what the call got would be lost.
   * A call that names a reason is the main thread's, which runs the handlers.
   */
  interrupt(process, signal) {
    process.worker.postMessage({ type: "signal", number: signal });
    const waiter = [...process.calls.values()].find(({ why }) => why);
    process.signalled = !waiter;
    if (waiter) this.settle(waiter, INTERRUPTED);
  }

  wake(object) {
    for (const waiter of [...object.waiters]) {
      const result = object.waiters.has(waiter) && waiter.attempt();
      if (result) this.settle(waiter, result);
    }
  }

  /** Nobody holds this end any more: who reads at the other end meets its end, who writes a broken pipe. */
  closed(end) {
    this.wake(end);
    this.wake(end.peer);
    for (const holder of end.peer.holders.keys()) this.objects.get(holder)?.worker?.postMessage({ type: "broken", handle: end.peer.handle });
    if (end.peer.closed) for (const one of [end, end.peer]) this.objects.delete(one.handle);
  }

  /** Nobody will accept who has connected, or connects now. */
  unlisten(listener) {
    if (listener.closed) return;
    listener.closed = true;
    this.addresses.delete(listener.address);
    this.wake(listener);
    for (const end of listener.backlog.splice(0)) {
      end.hold(ON_ITS_WAY, -1);
      this.closed(end);
    }
  }

  allocate(cell, size) {
    if (!Number.isInteger(size) || size < 0 || this.memory + size - cell.bytes.length > this.limits.memory) throw new Refusal("ENOMEM");
    this.memory += size - cell.bytes.length;
    const bytes = new Uint8Array(size);
    bytes.set(cell.bytes.subarray(0, size));
    cell.bytes = bytes;
    return cell;
  }

  /** Frees a block that has no name any more and that nobody holds. */
  free(block) {
    if (block.named || block.holders.size) return;
    this.memory -= block.bytes.length;
    this.objects.delete(block.handle);
  }

  add(object) {
    object.handle = ++this.lastHandle;
    this.objects.set(object.handle, object);
    return object.handle;
  }

  get(handle, kind) {
    const object = this.objects.get(handle);
    if (!(object instanceof kind)) throw new Refusal("EBADF");
    return object;
  }
}

class Semaphore {
  /** `holder` is the process that took it last, for the story of a deadlock. */
  constructor(value, maximum) {
    Object.assign(this, { value, maximum, waiters: new Set(), holder: null });
  }
}

/** Bytes that processes share. A block has a name, until it is unlinked, and is freed when nobody holds it then. */
class Cell {
  constructor(size) {
    this.bytes = new Uint8Array(size);
    this.holders = new Map(); // of a block
    this.named = false;
  }
}

const WAITS = Symbol("the call waits");
const readable = (object) => object.ready;

/** The system calls. Each gets who asks, then the call's arguments, and returns { value, data, error } or waits. */
const OPERATIONS = {
  // semaphores
  semaphore: function (_, value, maximum, name) {
    if (!(value >= 0 && value <= maximum)) throw new Refusal("EINVAL");
    const handle = this.add(new Semaphore(value, maximum));
    this.names.set(name, handle);
    return { value: handle };
  },
  "named semaphore": function (_, name) {
    if (!this.names.has(name)) throw new Refusal("ENOENT");
    return { value: this.names.get(name) };
  },
  unlink: function (_, name) {
    this.names.delete(name);
  },
  acquire: function (by, handle, seconds) {
    const semaphore = this.get(handle, Semaphore);
    return this.wait(by, [semaphore], seconds, { value: false }, () => {
      if (semaphore.value === 0) return null;
      semaphore.value--;
      semaphore.holder = by.process;
      return { value: true };
    });
  },
  release: function (_, handle) {
    const semaphore = this.get(handle, Semaphore);
    if (semaphore.value >= semaphore.maximum) throw new Refusal("EOVERFLOW");
    semaphore.value++;
    semaphore.holder = null;
    this.wake(semaphore);
  },
  value: function (_, handle) {
    return { value: this.get(handle, Semaphore).value };
  },

  // pipes
  pipe: function ({ process }, capacity) {
    return { value: End.pair(capacity).map((end) => (end.hold(process.id, 1), this.add(end))) };
  },
  send: function (_, handle, message) {
    const to = this.get(handle, End).peer;
    if (!(message instanceof Uint8Array)) throw new Refusal("EINVAL");
    if (to.closed) throw new Refusal("EPIPE");
    to.push(message);
    this.wake(to);
    return { value: to.room };
  },
  drain: function (by, handle) {
    const to = this.get(handle, End).peer;
    return this.wait(by, [to], null, null, () => (to.closed ? { error: "EPIPE" } : to.room < 0 ? null : {}));
  },
  receive: function (by, handle) {
    const end = this.get(handle, End);
    return this.wait(by, [end], null, null, () => {
      if (!end.ready) return null;
      if (!end.inbox.length) return { error: "EOF" };
      const data = end.shift();
      this.wake(end); // a sender may have waited for room
      return { data };
    });
  },
  close: function ({ process }, handle) {
    const object = this.objects.get(handle);
    if (object instanceof Listener) this.unlisten(object);
    else if (object instanceof End) {
      object.hold(process.id, -1);
      if (object.closed) this.closed(object);
    } else if (object instanceof Cell) {
      hold(object, process.id, -1);
      this.free(object);
    }
  },
  duplicate: function (_, handle) {
    this.get(handle, End).hold(ON_ITS_WAY, 1);
  },
  adopt: function ({ process }, handle) {
    const end = this.get(handle, End);
    end.hold(process.id, 1);
    end.hold(ON_ITS_WAY, -1);
  },
  listen: function ({ process }, address) {
    const port = Array.isArray(address) && address[1] === 0 ? [address[0], 40_000 + this.lastHandle] : address;
    const key = JSON.stringify(port);
    if (this.addresses.has(key)) throw new Refusal("EADDRINUSE");
    const listener = new Listener(key, process);
    this.addresses.set(key, listener);
    return { value: [this.add(listener), port] };
  },
  connect: function ({ process }, address) {
    const listener = this.addresses.get(JSON.stringify(address));
    if (!listener) throw new Refusal("ECONNREFUSED");
    const [mine, theirs] = End.pair(212_992);
    mine.hold(process.id, 1);
    theirs.hold(ON_ITS_WAY, 1);
    listener.backlog.push(theirs);
    this.wake(listener);
    return { value: this.add(mine) };
  },
  accept: function (by, handle) {
    const listener = this.get(handle, Listener);
    return this.wait(by, [listener], null, null, () => {
      if (listener.closed) return { error: "EBADF" };
      const end = listener.backlog.shift();
      if (!end) return null;
      end.hold(by.process.id, 1);
      end.hold(ON_ITS_WAY, -1);
      return { value: this.add(end) };
    });
  },
  wait: function (by, handles, seconds) {
    const objects = handles.map((handle) => {
      const object = this.objects.get(handle);
      if (!(object instanceof End || object instanceof Process)) throw new Refusal("EBADF");
      return object;
    });
    return this.wait(by, objects, seconds, { value: [] }, () => {
      const value = handles.filter((_, index) => readable(objects[index]));
      return value.length ? { value } : null;
    });
  },

  // processes
  spawn: function ({ process, data }, name, handles, environment) {
    if (this.processes.size >= this.limits.processes) throw new Refusal("EAGAIN");
    const child = this.start(String(name), process, { child: data, environment: JSON.parse(environment) });
    for (const handle of handles) this.objects.get(handle)?.hold(child.id, 1);
    return { value: child.id };
  },
  status: function (by, id, seconds) {
    const process = this.get(id, Process);
    return this.wait(by, [process], seconds, { value: null }, () => (process.ready ? { value: process.status } : null));
  },
  action: function ({ process }, signal, action) {
    process.actions.set(signal, action);
  },
  kill: function (_, id, signal) {
    const process = this.get(id, Process);
    if (process.ready) throw new Refusal("ESRCH");
    const action = signal === 9 ? "default" : process.actions.get(signal) ?? "default";
    if (signal === 0 || action === "ignore") return;
    if (action === "handle") this.interrupt(process, signal);
    else if (!IGNORED.has(signal)) this.exit(process, -signal);
  },

  // shared memory
  cell: function (_, size) {
    return { value: this.add(this.allocate(new Cell(0), size)) };
  },
  "open block": function ({ process }, name, create, exclusive) {
    let block = this.blocks.get(name);
    if (block && create && exclusive) return { value: 0 };
    if (!block && !create) return { value: -1 };
    if (!block) {
      block = new Cell(0);
      block.named = true;
      this.add(block);
      this.blocks.set(name, block);
    }
    hold(block, process.id, 1);
    return { value: block.handle };
  },
  "unlink block": function (_, name) {
    const block = this.blocks.get(name);
    if (!block) return { value: false };
    this.blocks.delete(name);
    block.named = false;
    this.free(block);
    return { value: true };
  },
  resize: function (_, handle, size) {
    this.allocate(this.get(handle, Cell), size);
  },
  size: function (_, handle) {
    return { value: this.get(handle, Cell).bytes.length };
  },
  read: function (_, handle, offset, size) {
    return { data: this.get(handle, Cell).bytes.slice(offset, offset + size) };
  },
  write: function (_, handle, offset, bytes) {
    const cell = this.get(handle, Cell);
    if (!(bytes instanceof Uint8Array) || !(offset >= 0) || offset + bytes.length > cell.bytes.length) throw new Refusal("EINVAL");
    cell.bytes.set(bytes, offset);
  },
};
const IGNORED = new Set([17, 18, 23, 28]); // SIGCHLD, SIGCONT, SIGURG, SIGWINCH
