// The kernel: owns all that processes share. A process is a worker; its system calls come as messages, and are answered
// when they can be. What a call waits for keeps a list of its waiters, first come, first served.
import { DeadlockWatch } from "./deadlocks.js";
import { Cell, End, Listener, ON_ITS_WAY, Process, Refusal, Semaphore, Waiter } from "./objects.js";
import { SYSTEM_CALLS, WAITS } from "./system-calls.js";

/** @typedef {import("./protocol.js").FromProcess} FromProcess */
/** @typedef {import("./protocol.js").ToWorker} ToWorker */
/** @typedef {import("./system-calls.js").Caller} Caller */
/** @typedef {import("./system-calls.js").Result} Result */
/** @typedef {import("./workers.js").Boot} Boot */

/**
 * From the kernel to the panel and its timeline. `holder` is the name of the process that has the lock.
 * @typedef {{ type: "start", process: Process }
 *   | { type: "runs", process: Process }
 *   | { type: "unable", message: string }
 *   | { type: "output", process: Process, descriptor: number, text: string }
 *   | { type: "waits", process: Process, why: string, holder?: string, at?: number }
 *   | { type: "goes on", process: Process, at?: number }
 *   | { type: "exit", process: Process, status: number }
 *   | { type: "deadlock" }
 *   | { type: "flooded" }
 *   | { type: "end", status: number, stopped: boolean }} KernelEvent
 */

const LIMITS = { processes: 24, bytes: 1_000_000, lines: 20_000, memory: 1 << 28 };
const MESSAGE = 16; // bytes that each piece of output counts beside its text
const INTERRUPTED = { error: "EINTR" };

/** One run of a program. */
export class Kernel {
  /** @type {Set<Process>} that have not ended */
  processes = new Set();
  /** @type {Map<number, import("./objects.js").KernelObject>} by handle */
  objects = new Map();
  /** @type {Map<string, Listener>} by address */
  addresses = new Map();
  /** @type {Map<string, number>} handles of semaphores by name */
  names = new Map();
  /** @type {Map<string, Cell>} blocks of shared memory by name */
  blocks = new Map();
  lastHandle = 100;
  memory = 0; // bytes of all cells
  bytes = 0; // of output, and its lines
  lines = 0;
  /** @type {string | null} of the last line, if that is not at its end */
  writer = null;
  /** @type {Process | null} */
  main = null;
  /** @type {import("./protocol.js").Files} */
  files = {};
  stopped = false;

  /**
   * `take` gives workers that are booted, or will be, and `giveBack` gets those that nothing ran in; `tell` hears what
   * happens.
   * @param {object} options
   * @param {() => Boot} options.take
   * @param {(boot: Boot) => void} options.giveBack
   * @param {(event: KernelEvent) => void} options.tell
   * @param {number} options.cpus that programs see
   * @param {Partial<typeof LIMITS>} [options.limits]
   */
  constructor({ take, giveBack, tell, cpus, limits = {} }) {
    this.take = take;
    this.giveBack = giveBack;
    this.tell = tell;
    this.cpus = cpus;
    this.limits = { ...LIMITS, ...limits };
    this.deadlocks = new DeadlockWatch(
      this.processes,
      (process) => this.post(process, { type: "idle?" }),
      () => this.tell({ type: "deadlock" }),
    );
    /** @type {(status: number) => void} */
    this.end = () => {};
    /** @type {Promise<number>} */
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  /**
   * Starts the program: what follows `python` on its command line, and the files of its folder. Resolves to its exit
   * status.
   * @param {import("./protocol.js").Program & { files: import("./protocol.js").Files }} run
   */
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

  /**
   * @param {string} name
   * @param {Process | null} parent
   * @param {Pick<Extract<ToWorker, { type: "run" }>, "program" | "child" | "environment">} what
   */
  start(name, parent, what) {
    const process = new Process(++this.lastHandle, name, parent, this.take());
    this.objects.set(process.id, process);
    this.processes.add(process);
    this.tell({ type: "start", process });
    process.boot.ready.then(
      (worker) => {
        if (process.ready) return; // stopped meanwhile: the worker was given back
        process.worker = worker;
        worker.onmessage = ({ data }) => this.hear(process, data);
        worker.onerror = (event) => this.fail(process, event.message);
        worker.onmessageerror = () => this.fail(process, "a message that cannot be read");
        const facts = { pid: process.id, parent: parent?.id ?? 1, cpus: this.cpus, files: this.files };
        this.post(process, { type: "run", ...facts, ...what });
        this.tell({ type: "runs", process });
      },
      (error) => {
        if (process.ready) return; // stopped meanwhile
        this.tell({ type: "unable", message: error.message });
        this.stop(); // a pool would try again forever
      },
    );
    return process;
  }

  /**
   * @param {Process} process that is booted: before that it asks for nothing, and nothing can be told to it
   * @param {ToWorker} message
   */
  post(process, message) {
    process.worker?.postMessage(message);
  }

  /**
   * @param {Process} process
   * @param {string} message
   */
  fail(process, message) {
    this.write(process, 2, `${message}\n`);
    this.exit(process, 1);
  }

  /**
   * @param {Process} process
   * @param {number} status
   */
  exit(process, status) {
    if (process.ready) return;
    process.status = status;
    this.deadlocks.goesOn();
    this.processes.delete(process);
    if (process.worker) process.worker.terminate();
    else this.giveBack(process.boot);
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

  /** @param {number} status */
  finish(status) {
    this.deadlocks.end();
    for (const process of [...this.processes]) this.exit(process, -15);
    this.objects.clear();
    for (const known of [this.addresses, this.names, this.blocks]) known.clear();
    this.tell({ type: "end", status, stopped: this.stopped });
    this.end(status);
  }

  /**
   * @param {Process} process
   * @param {FromProcess} message as it should be: a program can send anything
   */
  hear(process, message) {
    if (process.ready || !message) return;
    if (message.type !== "idle") this.deadlocks.goesOn();
    switch (message.type) {
      case "call":
        return this.call(process, message);
      case "tell":
        this.attempt({ process }, message);
        return;
      case "output":
        return this.write(process, message.descriptor, String(message.text));
      case "waits":
        return this.tellWait({ process, why: message.why, at: message.at }, []);
      case "goes on":
        return this.tell({ type: "goes on", process, at: message.at });
      case "idle":
        return this.deadlocks.answer(process, message.idle);
      case "crash":
        return this.fail(process, message.message);
      case "exit":
        return this.exit(process, Number.isInteger(message.status) ? message.status : 1);
    }
  }

  /**
   * Shows what fits into the limits. The page begins a line for each other writer, too.
   * @param {Process} process
   * @param {number} descriptor
   * @param {string} text
   */
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

  /**
   * @param {Process} process
   * @param {Extract<FromProcess, { type: "call" }>} message
   */
  call(process, message) {
    const { id, data, why, at } = message;
    const result = this.attempt({ process, id, data, why, at }, message);
    if (result !== WAITS) this.answer(process, id, result);
  }

  /**
   * @param {Caller} caller
   * @param {{ operation: string, args: any[] }} message
   * @returns {Result | typeof WAITS}
   */
  attempt(caller, { operation, args }) {
    try {
      if (!Object.hasOwn(SYSTEM_CALLS, operation)) return { error: `unknown call ${operation}` };
      /** @type {(kernel: Kernel, caller: Caller, ...args: any[]) => Result | typeof WAITS | void} */
      const systemCall = SYSTEM_CALLS[/** @type {keyof typeof SYSTEM_CALLS} */ (operation)];
      return systemCall(this, caller, ...args) ?? {};
    } catch (error) {
      return { error: error instanceof Refusal ? error.code : `${operation}: ${error}` };
    }
  }

  /**
   * Python gets the value or the bytes; an error is a string, which no value is.
   * @param {Process} process
   * @param {number | undefined} id
   * @param {Result} result
   */
  answer(process, id, { value, data, error }) {
    this.post(process, { type: "answer", id, answer: error ?? data ?? value ?? undefined });
  }

  /**
   * Tries until it has a result: now, and whenever one of the objects changes. `late` is the result when its time is
   * over.
   * @template {Result} Got
   * @template {Result} Late
   * @param {Caller} caller
   * @param {Waiter["objects"]} objects
   * @param {import("./protocol.js").Seconds} seconds
   * @param {Late} late
   * @param {() => Got | null} attempt
   * @returns {Got | Late | typeof INTERRUPTED | typeof WAITS}
   */
  wait(caller, objects, seconds, late, attempt) {
    const { process, id, why } = caller;
    if (why && process.signalled) {
      process.signalled = false;
      return INTERRUPTED;
    }
    const result = attempt();
    if (result) return result;
    if (seconds !== null && seconds <= 0) return late;
    const waiter = new Waiter(process, id, why, objects, attempt);
    process.calls.set(id, waiter);
    for (const object of objects) object.waiters.add(waiter);
    if (seconds !== null) {
      const time = Math.min(seconds * 1000, 2 ** 31 - 1);
      waiter.timer = setTimeout(() => this.settle(waiter, late), time);
    }
    if (why) this.tellWait({ ...caller, why }, objects);
    return WAITS;
  }

  /**
   * @param {Waiter} waiter
   * @param {Result} result
   */
  settle(waiter, result) {
    this.forget(waiter);
    if (waiter.why) this.tell({ type: "goes on", process: waiter.process });
    this.answer(waiter.process, waiter.id, result);
  }

  /** @param {Waiter} waiter */
  forget(waiter) {
    clearTimeout(waiter.timer);
    waiter.process.calls.delete(waiter.id);
    for (const object of waiter.objects) object.waiters.delete(waiter);
  }

  /**
   * The handler runs, and then the call is made again: the handler may raise, and what the call got would be lost.
   * A call that names a reason is the main thread's, which runs the handlers.
   * @param {Process} process
   * @param {number} signal
   */
  interrupt(process, signal) {
    this.post(process, { type: "signal", number: signal });
    const waiter = [...process.calls.values()].find(({ why }) => why);
    process.signalled = !waiter;
    if (waiter) this.settle(waiter, INTERRUPTED);
  }

  /** @param {{ waiters: Set<Waiter> }} object that has changed */
  wake(object) {
    for (const waiter of [...object.waiters]) {
      const result = object.waiters.has(waiter) && waiter.attempt();
      if (result) this.settle(waiter, result);
    }
  }

  /**
   * @param {{ process: Process, why: string, at?: number }} caller
   * @param {Waiter["objects"]} objects that the main thread waits for
   */
  tellWait({ process, why, at }, objects) {
    const holder = objects[0] instanceof Semaphore ? objects[0].holder?.name : undefined;
    this.tell({ type: "waits", process, why, holder, at });
    this.deadlocks.waits();
  }

  // -- objects -----------------------------------------------------------------------------------------------------

  /**
   * Gives the object its handle.
   * @param {Semaphore | End | Listener | Cell} object
   */
  add(object) {
    object.handle = ++this.lastHandle;
    this.objects.set(object.handle, object);
    return object.handle;
  }

  /**
   * @template Kind
   * @param {number} handle
   * @param {new (...args: any[]) => Kind} kind
   */
  get(handle, kind) {
    const object = this.objects.get(handle);
    if (!(object instanceof kind)) throw new Refusal("EBADF");
    return object;
  }

  /**
   * Nobody holds this end any more: at the other end a reader meets the end of the file, and a writer a broken pipe.
   * @param {End} end
   */
  closed(end) {
    this.wake(end);
    this.wake(end.peer);
    for (const holder of end.peer.holders.keys()) {
      const process = holder === ON_ITS_WAY ? undefined : this.objects.get(holder);
      if (process instanceof Process) this.post(process, { type: "broken", handle: end.peer.handle });
    }
    if (!end.peer.closed) return;
    this.objects.delete(end.handle);
    this.objects.delete(end.peer.handle);
  }

  /**
   * Nobody will accept who has connected, or connects now.
   * @param {Listener} listener
   */
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

  /**
   * @param {Cell} cell
   * @param {number} size bytes that it is to have
   */
  allocate(cell, size) {
    const memory = this.memory + size - cell.bytes.length;
    if (!Number.isInteger(size) || size < 0 || memory > this.limits.memory) throw new Refusal("ENOMEM");
    this.memory = memory;
    const bytes = new Uint8Array(size);
    bytes.set(cell.bytes.subarray(0, size));
    cell.bytes = bytes;
    return cell;
  }

  /**
   * Frees a block that has no name any more and that nobody holds.
   * @param {Cell} block
   */
  free(block) {
    if (block.named || block.holders.size) return;
    this.memory -= block.bytes.length;
    this.objects.delete(block.handle);
  }
}
