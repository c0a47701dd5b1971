const HEADER = 4; // bytes that a message takes in a pipe of Linux, beside its own

/** Notes that a holder (a process's id, or "on its way") holds this once more, or less. */
export function hold({ holders }, holder, change) {
  const count = (holders.get(holder) ?? 0) + change;
  count > 0 ? holders.set(holder, count) : holders.delete(holder);
}

// A pipe: two ends, each other's peer. An end holds the messages that came for it and were not read yet.
export class End {
  constructor(capacity) {
    this.capacity = capacity; // bytes of unread messages that let a sender go on
    this.inbox = [];
    this.bytes = 0;
    this.holders = new Map(); // process id (or "on its way") → how often it holds this end
    this.waiters = new Set();
  }

  static pair(capacity) {
    const [first, second] = [new End(capacity), new End(capacity)];
    first.peer = second;
    second.peer = first;
    return [first, second];
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

  hold(holder, change) {
    hold(this, holder, change);
  }

  push(message) {
    this.inbox.push(message);
    this.bytes += message.length;
  }

  shift() {
    const message = this.inbox.shift();
    this.bytes -= message.length;
    return message;
  }
}

// An address that clients connect to; each connection is a new pipe.
export class Listener {
  constructor(address, owner) {
    this.address = address;
    this.owner = owner; // the process that listens
    this.backlog = [];
    this.waiters = new Set();
    this.closed = false;
  }
}
