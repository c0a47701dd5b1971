// The kernel: owns all that processes share. A process is a worker; its system calls come as messages, and are answered
// when they can be.
import { DeadlockWatch } from "./deadlocks.js";
import {
  bytesOf,
  LIMITS,
  MessageQuota,
  OutputQuota,
  shortened,
  shortenedReason,
  TOO_MANY_MESSAGES,
  TOO_MUCH_MEMORY,
  TOO_MUCH_OUTPUT,
} from "./limits.js";
import { ObjectTable } from "./object-table.js";
import { Process, Refusal } from "./objects.js";
import { SYSTEM_CALLS, TOLD } from "./system-calls.js";
import { WAITS, WaitQueues } from "./wait-queues.js";

/** @typedef {import("./protocol.js").FromProcess} FromProcess */
/** @typedef {import("./protocol.js").ToWorker} ToWorker */
/** @typedef {import("./system-calls.js").Caller} Caller */
/** @typedef {import("./system-calls.js").Result} Result */
/** @typedef {import("./boot.js").Boot} Boot */

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
 *   | { type: "limit", message: string }
 *   | { type: "end", status: number, stopped: boolean }} KernelEvent
 */

/** One run of a program. */
export class Kernel {
  /** @type {Set<Process>} that have not ended */
  processes = new Set();
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
    this.output = new OutputQuota(this.limits);
    this.messages = new MessageQuota(this.limits);
    this.queues = new WaitQueues({
      limits: this.limits,
      answer: (process, id, result) => this.answer(process, id, result),
      waits: (wait) => this.tellWait(wait),
      goesOn: (process) => this.tell({ type: "goes on", process }),
    });
    this.objects = new ObjectTable({
      limits: this.limits,
      wake: (object) => this.queues.wake(object),
      broken: (process, { handle }) => this.post(process, { type: "broken", handle }),
    });
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

  /** Whether a process waits for its worker. */
  get starting() {
    return [...this.processes].some(({ worker }) => !worker);
  }

  // -- processes ---------------------------------------------------------------------------------------------------

  /**
   * @param {unknown} name
   * @param {Process | null} parent
   * @param {Pick<Extract<ToWorker, { type: "run" }>, "program" | "child" | "environment">} what
   */
  start(name, parent, what) {
    const process = new Process(this.objects.nextHandle(), shortened(name), parent, this.take());
    this.objects.addProcess(process);
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
    if (process.worker) {
      process.worker.onmessage = null; // what is queued is not even read
      process.worker.terminate();
    } else this.giveBack(process.boot);
    this.queues.forgetAll(process);
    this.objects.release(process);
    this.tell({ type: "exit", process, status });
    if (process === this.main) this.finish(status);
    else this.queues.wake(process);
  }

  /**
   * The program wanted more than a run may use.
   * @param {string} message that says what
   */
  reach(message) {
    if (this.stopped) return;
    this.tell({ type: "limit", message });
    this.stop();
  }

  /** @param {number} status */
  finish(status) {
    this.deadlocks.end();
    for (const process of [...this.processes]) this.exit(process, -15);
    this.objects.clear();
    this.messages.end();
    this.tell({ type: "end", status, stopped: this.stopped });
    this.end(status);
  }

  /**
   * @param {Process} process
   * @param {FromProcess} message as it should be: a program can send anything
   */
  hear(process, message) {
    if (process.ready || !message) return;
    if (!this.messages.take(bytesOf(message))) return this.reach(TOO_MANY_MESSAGES);
    if (message.type !== "idle") this.deadlocks.goesOn();
    switch (message.type) {
      case "call":
        return this.call(process, message);
      case "tell":
        if (TOLD.has(message.operation)) this.attempt({ process }, message);
        return;
      case "output":
        return this.print(process, message.pieces);
      case "memory":
        return this.measure(process, message.bytes);
      case "waits":
        return this.tellWait({ process, why: shortenedReason(message.why), at: message.at });
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
   * @param {Process} process
   * @param {import("./protocol.js").Output[]} pieces
   */
  print(process, pieces) {
    if (!Array.isArray(pieces)) return;
    for (const piece of pieces)
      this.write(process, piece?.descriptor, typeof piece?.text === "string" ? piece.text : "");
  }

  /**
   * Shows what fits into the limits.
   * @param {Process} process
   * @param {number} descriptor
   * @param {string} text
   */
  write(process, descriptor, text) {
    if (process.ready) return;
    const fits = this.output.take(`${process.id} ${descriptor}`, text);
    if (fits) this.tell({ type: "output", process, descriptor, text: fits });
    if (fits !== text) this.reach(TOO_MUCH_OUTPUT);
  }

  /**
   * @param {Process} process
   * @param {number} bytes that its interpreter's memory has now
   */
  measure(process, bytes) {
    process.memory = Math.max(process.memory, Number(bytes) || 0); // WebAssembly gives none back
    const all = [...this.processes].reduce((sum, { memory }) => sum + memory, this.objects.shared + this.objects.piped);
    if (all > this.limits.memory) this.reach(TOO_MUCH_MEMORY(this.limits.memory));
  }

  // -- calls -------------------------------------------------------------------------------------------------------

  /**
   * @param {Process} process
   * @param {Extract<FromProcess, { type: "call" }>} message
   */
  call(process, message) {
    const { id, data, at } = message;
    const result = this.attempt({ process, id, data, why: shortenedReason(message.why), at }, message);
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
    if (data && !this.messages.take(data.length)) return this.reach(TOO_MANY_MESSAGES);
    this.post(process, { type: "answer", id, answer: error ?? data ?? value ?? undefined });
  }

  /**
   * The handler runs, and then the call is made again: the handler may raise, and what the call got would be lost.
   * @param {Process} process
   * @param {number} signal
   */
  interrupt(process, signal) {
    this.post(process, { type: "signal", number: signal });
    this.queues.interrupt(process);
  }

  /** @param {{ process: Process, why: string, holder?: string, at?: number }} wait */
  tellWait(wait) {
    this.tell({ type: "waits", ...wait });
    this.deadlocks.waits();
  }
}
