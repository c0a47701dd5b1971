// Every message between the page, its workers and Python, and every system call. These are types, and nothing runs
// here; tests/js/test_protocol.py holds them against all sides.

/**
 * What follows `python` on a command line, and the text that comes through standard input.
 * @typedef {{ arguments: string[], stdin?: string }} Program
 */

/**
 * The files of a program's folder: name → text.
 * @typedef {Record<string, string>} Files
 */

/**
 * What a worker boots from. `library` is Python's own in a zip file, `lock` Pyodide's list of packages as JSON, and
 * `python` the layer's source files by name.
 * @typedef {{ module: WebAssembly.Module, library: ArrayBuffer, lock: string, python: Files }} Assets
 */

/**
 * From the page to a worker. "boot" and "run" come once each, in this order; `base` is the address of Pyodide's folder,
 * `snapshot` an image of an interpreter's memory. The main process gets `program`, any other one `child`, which its
 * parent has prepared.
 * @typedef {{ type: "boot", assets: Assets, base: string, snapshot: ArrayBuffer | null, makeSnapshot: boolean }
 *   | { type: "run", pid: number, parent: number, cpus: number, files: Files,
 *       program?: Program, child?: Uint8Array, environment?: Record<string, string> }
 *   | { type: "answer", id: number | undefined, answer: Answer }
 *   | { type: "signal", number: number }
 *   | { type: "broken", handle: number }
 *   | { type: "idle?" }} ToWorker
 */

/**
 * From a worker to the page while it boots: what it has done so far, an image of its memory, and how it ended. `stages`
 * are ms by name.
 * @typedef {{ type: "passed", stage: string }
 *   | { type: "snapshot", bytes: ArrayBuffer }
 *   | { type: "ready", stages: Record<string, number> }
 *   | { type: "failed", memory: boolean, message: string }} WhileBooting
 */

/**
 * From a process to the kernel. `why` is a call of the program and its line, with a tab between them; empty for threads
 * other than the main one. `at` is in ms of the clock that all workers and the page have in common. "memory" is how much
 * the interpreter has now.
 * @typedef {{ descriptor: number, text: string }} Output
 * @typedef {{ type: "call", id: number, operation: string, args: any[], data?: Uint8Array | null, why: string,
 *       at: number }
 *   | { type: "tell", operation: keyof SystemCalls, args: any[] }
 *   | { type: "output", pieces: Output[] }
 *   | { type: "memory", bytes: number }
 *   | { type: "waits", why: string, at: number }
 *   | { type: "goes on", at: number }
 *   | { type: "idle", idle: boolean }
 *   | { type: "crash", message: string }
 *   | { type: "exit", status: number }} FromProcess
 */

/**
 * @typedef {number} Handle
 * @typedef {number | null} Seconds null: without an end
 * @typedef {string | [string, number]} Address
 * @typedef {"handle" | "ignore" | "default"} SignalAction
 */

/**
 * What processes ask of the kernel, by name. "spawn" has the child's data beside its arguments, `environment` is JSON.
 * @typedef {{
 *   "semaphore": (value: number, maximum: number, name: string) => Handle,
 *   "named semaphore": (name: string) => Handle,
 *   "unlink": (name: string) => undefined,
 *   "acquire": (semaphore: Handle, seconds: Seconds) => boolean,
 *   "release": (semaphore: Handle) => undefined,
 *   "value": (semaphore: Handle) => number,
 *   "pipe": (capacity: number) => Handle[],
 *   "send": (end: Handle, message: Uint8Array) => number,
 *   "drain": (end: Handle) => undefined,
 *   "receive": (end: Handle) => Uint8Array,
 *   "close": (handle: Handle) => undefined,
 *   "duplicate": (end: Handle) => undefined,
 *   "adopt": (end: Handle) => undefined,
 *   "listen": (address: Address) => [Handle, Address],
 *   "connect": (address: Address) => Handle,
 *   "accept": (listener: Handle) => Handle,
 *   "wait": (handles: Handle[], seconds: Seconds) => Handle[],
 *   "spawn": (name: string, handles: Handle[], environment: string) => Handle,
 *   "status": (process: Handle, seconds: Seconds) => number | null,
 *   "action": (signal: number, action: SignalAction) => undefined,
 *   "kill": (process: Handle, signal: number) => undefined,
 *   "cell": (size: number) => Handle,
 *   "open block": (name: string, create: boolean, exclusive: boolean) => Handle,
 *   "unlink block": (name: string) => boolean,
 *   "resize": (cell: Handle, size: number) => undefined,
 *   "size": (cell: Handle) => number,
 *   "read": (cell: Handle, offset: number, size: number) => Uint8Array,
 *   "write": (cell: Handle, offset: number, bytes: Uint8Array) => undefined,
 * }} SystemCalls
 */

/**
 * What Python gets: a system call's value, or its bytes; an error is a string, which no value is.
 * @typedef {string | number | boolean | null | undefined | Uint8Array | (number | Address)[]} Answer
 */

/**
 * The errors of system calls that Python raises as exceptions; any other text is an OSError.
 * @typedef {"EADDRINUSE" | "EAGAIN" | "EBADF" | "ECONNREFUSED" | "EINVAL" | "ENAMETOOLONG" | "ENOENT" | "ENOMEM"
 *   | "EOF" | "EOVERFLOW" | "EPIPE" | "ESRCH"} ErrorName
 */

/**
 * The worker's JavaScript, as Python calls it: `multiprocessing_workers.kernel.host`. What returns a promise waits.
 * @typedef {{
 *   "call": (operation: string, why: string, data: any, ...args: any[]) => Promise<Answer>,
 *   "tell": (operation: keyof SystemCalls, ...args: any[]) => void,
 *   "send": (end: Handle, message: Uint8Array) => boolean,
 *   "park": (ticket: number, milliseconds: number, why: string) => Promise<void>,
 *   "unpark": (ticket: number) => void,
 *   "start": (run: any) => void,
 *   "signal": () => number,
 *   "never": () => Promise<never>,
 *   "leave": (status: number) => void,
 * }} Host
 */

export {};
