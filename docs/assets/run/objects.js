// What the kernel owns: processes, and the objects that they share. Each has a handle: the number by which Python names
// it.

/** @typedef {Process | Semaphore | End | Listener | Cell} KernelObject */

const HEADER = 4; // bytes that a message takes in a pipe of Linux, beside its own
const MESSAGE = 256; // bytes that it takes on the page, beside its own, at most

/** Holds the end of a pipe that was sent and has not arrived, where a process would hold it. */
export const ON_ITS_WAY = "on its way";

/** An error that Python raises by this name: see kernel.py. */
export class Refusal extends Error {
  /** @param {import("./protocol.js").ErrorName} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/**
 * The holders of an object and how often each holds it: a process, by its id, or ON_ITS_WAY.
 * @typedef {Map<number | typeof ON_ITS_WAY, number>} Holders
 */

/**
 * Notes that a holder holds this once more (1), or once less (-1).
 * @param {{ holders: Holders }} object
 * @param {number | typeof ON_ITS_WAY} holder
 * @param {1 | -1} change
 */
export function hold({ holders }, holder, change) {
  const count = (holders.get(holder) ?? 0) + change;
  if (count > 0) holders.set(holder, count);
  else holders.delete(holder);
}

/** A call that waits until one of the objects changes, and is then tried again. */
export class Waiter {
  /** @type {ReturnType<typeof setTimeout> | undefined} that ends the wait when its time is over */
  timer = undefined;

  /**
   * @param {Process} process
   * @param {number | undefined} id of the call
   * @param {string | undefined} why the main thread waits, for the reader; empty for other threads
   * @param {{ waiters: Set<Waiter> }[]} objects that it waits for
   * @param {() => import("./system-calls.js").Result | null} attempt
   */
  constructor(process, id, why, objects, attempt) {
    this.process = process;
    this.id = id;
    this.why = why;
    this.objects = objects;
    this.attempt = attempt;
  }
}

export class Process {
  /** @type {number | null} the exit code */
  status = null;
  /** @type {Map<number, import("./protocol.js").SignalAction>} by signal */
  actions = new Map();
  /** @type {Set<Waiter>} that wait for its end */
  waiters = new Set();
  /** @type {Map<number | undefined, Waiter>} its own calls that wait, by their ids */
  calls = new Map();
  /** Whether it has a signal to handle before its main thread gets anything that it waits for. */
  signalled = false;
  /** @type {Worker | null} once it is booted */
  worker = null;
  memory = 0; // bytes, as far as it has said

  /**
   * @param {number} id
   * @param {string} name
   * @param {Process | null} parent
   * @param {import("./boot.js").Boot} boot of its worker
   */
  constructor(id, name, parent, boot) {
    this.id = id;
    this.name = name;
    this.parent = parent;
    this.boot = boot;
  }

  get ready() {
    return this.status !== null;
  }
}

export class Semaphore {
  /** @type {Set<Waiter>} */
  waiters = new Set();
  /** @type {Process | null} that took it last, for the description of a deadlock */
  holder = null;
  handle = 0;

  /**
   * @param {number} value
   * @param {number} maximum
   */
  constructor(value, maximum) {
    this.value = value;
    this.maximum = maximum;
  }
}

/** One of the two ends of a pipe, each other's peer. It has the messages that came for it and were not read yet. */
export class End {
  /** @type {Uint8Array[]} */
  inbox = [];
  bytes = 0; // of these messages
  /** @type {Holders} */
  holders = new Map();
  /** @type {Set<Waiter>} */
  waiters = new Set();
  handle = 0;

  /**
   * @param {number} capacity bytes of unread messages that let a sender go on
   * @param {End} [peer]
   */
  constructor(capacity, peer) {
    this.capacity = capacity;
    /** @type {End} */
    this.peer = peer ?? new End(capacity, this);
  }

  /**
   * @param {number} capacity
   * @returns {[End, End]}
   */
  static pair(capacity) {
    const end = new End(capacity);
    return [end, end.peer];
  }

  get closed() {
    return this.holders.size === 0;
  }

  /** A message, or nobody who could still send one: a read does not wait. */
  get ready() {
    return this.inbox.length > 0 || this.peer.closed;
  }

  /** Bytes that still fit in; below 0 a sender waits. */
  get room() {
    return this.capacity - this.bytes - HEADER * this.inbox.length;
  }

  /**
   * @param {number | typeof ON_ITS_WAY} holder
   * @param {1 | -1} change
   */
  hold(holder, change) {
    hold(this, holder, change);
  }

  /** Bytes that the unread messages take on the page. */
  get memory() {
    return this.bytes + MESSAGE * this.inbox.length;
  }

  /** @param {Uint8Array} message */
  push(message) {
    // A view of a part of some bytes would keep all of them.
    this.inbox.push(message.length < message.buffer.byteLength ? message.slice() : message);
    this.bytes += message.length;
  }

  /** The first message; undefined if there is none. */
  shift() {
    const message = this.inbox.shift();
    if (message) this.bytes -= message.length;
    return message;
  }

  /** Nobody will read the messages. */
  clear() {
    this.inbox.length = 0;
    this.bytes = 0;
  }
}

/** An address that clients connect to; each connection is a new pipe. */
export class Listener {
  /** @type {End[]} of those who have connected and were not accepted yet */
  backlog = [];
  /** @type {Set<Waiter>} */
  waiters = new Set();
  closed = false;
  handle = 0;

  /**
   * @param {string} address as JSON
   * @param {Process} owner who listens
   */
  constructor(address, owner) {
    this.address = address;
    this.owner = owner;
  }
}

/** Bytes that processes share. A block has a name until it is unlinked, and is freed when nobody holds it then. */
export class Cell {
  bytes = new Uint8Array(0);
  /** @type {Holders} of a block */
  holders = new Map();
  named = false;
  handle = 0;
}
