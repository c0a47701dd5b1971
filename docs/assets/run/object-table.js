// The objects of a run by their handles, and the names, addresses and blocks that processes find them by.
import { NAME } from "./limits.js";
import { Cell, End, Listener, ON_ITS_WAY, Process, Refusal } from "./objects.js";

/** @typedef {import("./objects.js").KernelObject} KernelObject */

export class ObjectTable {
  /** @type {Map<number, KernelObject>} by handle */
  objects = new Map();
  /** @type {Map<string, Listener>} by address */
  addresses = new Map();
  /** @type {Map<string, number>} handles of semaphores by name */
  names = new Map();
  /** @type {Map<string, Cell>} blocks of shared memory by name */
  blocks = new Map();
  lastHandle = 100;
  shared = 0; // bytes of all cells
  piped = 0; // bytes that unread messages take

  /**
   * @param {object} options
   * @param {{ shared: number, piped: number, objects: number }} options.limits
   * @param {(object: End | Listener) => void} options.wake lets those who wait for the object look at it again
   * @param {(process: Process, end: End) => void} options.broken tells a holder of the end that nobody reads what it sends
   */
  constructor({ limits, wake, broken }) {
    this.limits = limits;
    this.wake = wake;
    this.broken = broken;
  }

  nextHandle() {
    return ++this.lastHandle;
  }

  /** @param {Process} process whose handle is its id */
  addProcess(process) {
    this.objects.set(process.id, process);
  }

  /**
   * Gives the object its handle.
   * @param {Exclude<KernelObject, Process>} object
   */
  add(object) {
    if (this.objects.size >= this.limits.objects) throw new Refusal("ENOMEM");
    object.handle = this.nextHandle();
    this.objects.set(object.handle, object);
    return object.handle;
  }

  /** @param {number} handle */
  find(handle) {
    return this.objects.get(handle);
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
   * The name, if it is one.
   * @param {unknown} name of a lock or a block, or an address
   */
  checked(name) {
    if (typeof name !== "string") throw new Refusal("EINVAL");
    if (name.length > NAME) throw new Refusal("ENAMETOOLONG");
    return name;
  }

  /**
   * @param {End} end that the message comes to
   * @param {Uint8Array} message
   */
  send(end, message) {
    const before = end.memory;
    if (this.piped + message.length > this.limits.piped) throw new Refusal("ENOMEM");
    end.push(message);
    this.piped += end.memory - before;
  }

  /**
   * The first message that has come to this end; undefined if there is none.
   * @param {End} end
   */
  receive(end) {
    const before = end.memory;
    const message = end.shift();
    this.piped += end.memory - before;
    return message;
  }

  /**
   * Nobody holds this end any more: at the other end a reader meets the end of the file, and a writer a broken pipe.
   * @param {End} end
   */
  closed(end) {
    this.piped -= end.memory;
    end.clear();
    this.wake(end);
    this.wake(end.peer);
    for (const holder of end.peer.holders.keys()) {
      const process = holder === ON_ITS_WAY ? undefined : this.objects.get(holder);
      if (process instanceof Process) this.broken(process, end.peer);
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
    const shared = this.shared + size - cell.bytes.length;
    if (!Number.isInteger(size) || size < 0 || shared > this.limits.shared) throw new Refusal("ENOMEM");
    this.shared = shared;
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
    this.shared -= block.bytes.length;
    this.objects.delete(block.handle);
  }

  /**
   * Lets go of all that the process holds, since it has ended.
   * @param {Process} process
   */
  release(process) {
    for (const object of this.objects.values()) {
      if (object instanceof End && object.holders.delete(process.id) && object.closed) this.closed(object);
      if (object instanceof Cell && object.holders.delete(process.id)) this.free(object);
      if (object instanceof Listener && object.owner === process) this.unlisten(object);
    }
  }

  /** The run has ended. */
  clear() {
    for (const known of [this.objects, this.addresses, this.names, this.blocks]) known.clear();
  }
}
