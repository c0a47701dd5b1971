// What processes ask of the kernel. Each call gets who asks, then its arguments as the program sent them: whatever they
// may be, a call refuses them or throws, and the kernel goes on.
import { Cell, End, hold, Listener, ON_ITS_WAY, Process, Refusal, Semaphore } from "./objects.js";
import { WAITS } from "./wait-queues.js";

/** @typedef {import("./kernel.js").Kernel} Kernel */
/** @typedef {import("./protocol.js").SystemCalls} SystemCalls */

/**
 * Who asks. What is told has no `id`, and gets no answer; `why` and `at` are as in the protocol's messages.
 * @typedef {{ process: Process, id?: number, data?: Uint8Array | null, why?: string, at?: number }} Caller
 */

/**
 * What came of a call: at most one of these.
 * @template [Value=import("./protocol.js").Answer]
 * @typedef {{ value?: Value, data?: Uint8Array, error?: string }} Result
 */

const SOCKET = 212_992; // bytes that fit in, on Linux; see connections.py
const SIGNALS = 64; // the last one's number
const IGNORED = new Set([17, 18, 23, 28]); // SIGCHLD, SIGCONT, SIGURG, SIGWINCH

/**
 * Calls that may be told, since they have nothing to answer.
 * @type {Set<keyof SystemCalls>}
 */
export const TOLD = new Set(["action", "adopt", "close", "duplicate", "release", "send", "unlink", "write"]);

/**
 * @type {{ [Name in keyof SystemCalls]: (kernel: Kernel, caller: Caller, ...args: Parameters<SystemCalls[Name]>)
 *   => Result<ReturnType<SystemCalls[Name]>> | typeof WAITS | void }}
 */
export const SYSTEM_CALLS = {
  // semaphores
  semaphore: (kernel, _, value, maximum, name) => {
    if (!(Number.isInteger(value) && value >= 0 && value <= maximum)) throw new Refusal("EINVAL");
    const known = kernel.objects.checked(name);
    const handle = kernel.objects.add(new Semaphore(value, maximum));
    kernel.objects.names.set(known, handle);
    return { value: handle };
  },
  "named semaphore": (kernel, _, name) => {
    const handle = kernel.objects.names.get(name);
    if (handle === undefined) throw new Refusal("ENOENT");
    return { value: handle };
  },
  unlink: (kernel, _, name) => {
    kernel.objects.names.delete(name);
  },
  acquire: (kernel, caller, handle, seconds) => {
    const semaphore = kernel.objects.get(handle, Semaphore);
    return kernel.queues.wait(caller, [semaphore], seconds, { value: false }, () => {
      if (semaphore.value === 0) return null;
      semaphore.value--;
      semaphore.holder = caller.process;
      return { value: true };
    });
  },
  release: (kernel, _, handle) => {
    const semaphore = kernel.objects.get(handle, Semaphore);
    if (semaphore.value >= semaphore.maximum) throw new Refusal("EOVERFLOW");
    semaphore.value++;
    semaphore.holder = null;
    kernel.queues.wake(semaphore);
  },
  value: (kernel, _, handle) => ({ value: kernel.objects.get(handle, Semaphore).value }),

  // pipes
  pipe: (kernel, { process }, capacity) => {
    const ends = End.pair(capacity);
    for (const end of ends) end.hold(process.id, 1);
    return { value: ends.map((end) => kernel.objects.add(end)) };
  },
  send: (kernel, _, handle, message) => {
    const to = kernel.objects.get(handle, End).peer;
    if (!(message instanceof Uint8Array)) throw new Refusal("EINVAL");
    if (to.closed) throw new Refusal("EPIPE");
    kernel.objects.send(to, message);
    kernel.queues.wake(to);
    return { value: to.room };
  },
  drain: (kernel, caller, handle) => {
    const to = kernel.objects.get(handle, End).peer;
    return kernel.queues.wait(caller, [to], null, {}, () => {
      if (to.closed) return { error: "EPIPE" };
      return to.room < 0 ? null : {};
    });
  },
  receive: (kernel, caller, handle) => {
    const end = kernel.objects.get(handle, End);
    return kernel.queues.wait(caller, [end], null, {}, () => {
      if (!end.ready) return null;
      const data = kernel.objects.receive(end);
      if (!data) return { error: "EOF" };
      kernel.queues.wake(end); // a sender may have waited for room
      return { data };
    });
  },
  close: (kernel, { process }, handle) => {
    const object = kernel.objects.find(handle);
    if (object instanceof Listener) kernel.objects.unlisten(object);
    else if (object instanceof End) {
      object.hold(process.id, -1);
      if (object.closed) kernel.objects.closed(object);
    } else if (object instanceof Cell) {
      hold(object, process.id, -1);
      kernel.objects.free(object);
    }
  },
  duplicate: (kernel, _, handle) => {
    kernel.objects.get(handle, End).hold(ON_ITS_WAY, 1);
  },
  adopt: (kernel, { process }, handle) => {
    const end = kernel.objects.get(handle, End);
    end.hold(process.id, 1);
    end.hold(ON_ITS_WAY, -1);
  },
  listen: (kernel, { process }, asked) => {
    /** @type {import("./protocol.js").Address} */
    const address = Array.isArray(asked) && asked[1] === 0 ? [asked[0], 40_000 + kernel.objects.lastHandle] : asked;
    const key = kernel.objects.checked(JSON.stringify(address));
    if (kernel.objects.addresses.has(key)) throw new Refusal("EADDRINUSE");
    const listener = new Listener(key, process);
    kernel.objects.addresses.set(key, listener);
    return { value: [kernel.objects.add(listener), address] };
  },
  connect: (kernel, { process }, address) => {
    const listener = kernel.objects.addresses.get(JSON.stringify(address));
    if (!listener) throw new Refusal("ECONNREFUSED");
    const [mine, theirs] = End.pair(SOCKET);
    mine.hold(process.id, 1);
    theirs.hold(ON_ITS_WAY, 1);
    const [handle] = [mine, theirs].map((end) => kernel.objects.add(end));
    listener.backlog.push(theirs);
    kernel.queues.wake(listener);
    return { value: handle };
  },
  accept: (kernel, caller, handle) => {
    const listener = kernel.objects.get(handle, Listener);
    return kernel.queues.wait(caller, [listener], null, {}, () => {
      if (listener.closed) return { error: "EBADF" };
      const end = listener.backlog.shift();
      if (!end) return null;
      end.hold(caller.process.id, 1);
      end.hold(ON_ITS_WAY, -1);
      return { value: end.handle };
    });
  },
  wait: (kernel, caller, handles, seconds) => {
    if (handles.length > kernel.limits.waiting) throw new Refusal("EINVAL");
    const objects = handles.map((handle) => {
      const object = kernel.objects.find(handle);
      if (!(object instanceof End || object instanceof Process)) throw new Refusal("EBADF");
      return object;
    });
    return kernel.queues.wait(caller, objects, seconds, { value: [] }, () => {
      const value = handles.filter((_, index) => objects[index].ready);
      return value.length ? { value } : null;
    });
  },

  // processes
  spawn: (kernel, { process, data }, name, handles, environment) => {
    if (kernel.processes.size >= kernel.limits.processes) throw new Refusal("EAGAIN");
    if (data && data.length > kernel.limits.piped) throw new Refusal("ENOMEM");
    const ends = handles.map((handle) => kernel.objects.find(handle)).filter((object) => object instanceof End);
    const what = { child: data ?? undefined, environment: JSON.parse(environment) };
    const child = kernel.start(name, process, what);
    for (const end of ends) end.hold(child.id, 1);
    return { value: child.id };
  },
  status: (kernel, caller, id, seconds) => {
    const process = kernel.objects.get(id, Process);
    return kernel.queues.wait(caller, [process], seconds, { value: null }, () =>
      process.ready ? { value: process.status } : null,
    );
  },
  action: (_kernel, { process }, signal, action) => {
    if (!Number.isInteger(signal) || signal < 1 || signal > SIGNALS) throw new Refusal("EINVAL");
    process.actions.set(signal, action);
  },
  kill: (kernel, _, id, signal) => {
    const process = kernel.objects.get(id, Process);
    if (process.ready) throw new Refusal("ESRCH");
    const action = (signal === 9 ? undefined : process.actions.get(signal)) ?? "default";
    if (signal === 0 || action === "ignore") return;
    if (action === "handle") kernel.interrupt(process, signal);
    else if (!IGNORED.has(signal)) kernel.exit(process, -signal);
  },

  // shared memory
  cell: (kernel, _, size) => ({ value: kernel.objects.add(kernel.objects.allocate(new Cell(), size)) }),
  "open block": (kernel, { process }, name, create, exclusive) => {
    let block = kernel.objects.blocks.get(name);
    if (block && create && exclusive) return { value: 0 };
    if (!block && !create) return { value: -1 };
    if (!block) {
      const known = kernel.objects.checked(name);
      block = new Cell();
      block.named = true;
      kernel.objects.add(block);
      kernel.objects.blocks.set(known, block);
    }
    hold(block, process.id, 1);
    return { value: block.handle };
  },
  "unlink block": (kernel, _, name) => {
    const block = kernel.objects.blocks.get(name);
    if (!block) return { value: false };
    kernel.objects.blocks.delete(name);
    block.named = false;
    kernel.objects.free(block);
    return { value: true };
  },
  resize: (kernel, _, handle, size) => {
    kernel.objects.allocate(kernel.objects.get(handle, Cell), size);
  },
  size: (kernel, _, handle) => ({ value: kernel.objects.get(handle, Cell).bytes.length }),
  read: (kernel, _, handle, offset, size) => ({
    data: kernel.objects.get(handle, Cell).bytes.slice(offset, offset + size),
  }),
  write: (kernel, _, handle, offset, bytes) => {
    const cell = kernel.objects.get(handle, Cell);
    const fits = bytes instanceof Uint8Array && offset >= 0 && offset + bytes.length <= cell.bytes.length;
    if (!fits) throw new Refusal("EINVAL");
    cell.bytes.set(bytes, offset);
  },
};
