// The kernel by itself: under Node, with workers that are played by the test.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Kernel } from "../../docs/assets/run/kernel.js";

/** Lets all promises that can settle do so. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A worker that does nothing by itself. */
class FakeWorker {
  constructor() {
    this.got = [];
    this.terminated = false;
  }
  postMessage(message) {
    this.got.push(message);
  }
  terminate() {
    this.terminated = true;
  }
}

/** A kernel with fake workers, and what a test wants to know of it. */
class Machine {
  constructor({ limits, boots = true } = {}) {
    this.events = [];
    this.boots = []; // in the order in which they were taken
    this.back = [];
    this.kernel = new Kernel({
      take: () => {
        const boot = { worker: new FakeWorker() };
        boot.ready = new Promise((resolve, reject) =>
          Object.assign(boot, { resolve: () => resolve(boot.worker), reject }),
        );
        this.boots.push(boot);
        if (boots) boot.resolve();
        return boot;
      },
      giveBack: (boot) => this.back.push(boot),
      tell: (event) => this.events.push(event),
      cpus: 2,
      limits,
    });
    this.ended = this.kernel.run({ arguments: ["main.py"], files: {} });
    this.main = new Caller(this, this.kernel.main, this.boots[0].worker);
  }

  of(type) {
    return this.events.filter((event) => event.type === type);
  }

  async child(parent = this.main, handles = [], name = "child") {
    const pid = await parent.call("spawn", [name, handles, "{}"], new Uint8Array(1));
    await settled();
    return new Caller(this, this.kernel.objects.find(pid), this.boots.at(-1).worker);
  }

  printed(descriptor = 2) {
    return this.of("output")
      .filter((event) => event.descriptor === descriptor)
      .map((event) => event.text)
      .join("");
  }
}

let ids = 0;

/** What a process does: calls whose answers come, now or later. */
class Caller {
  constructor(machine, process, worker) {
    Object.assign(this, { machine, process, worker, id: process.id });
  }

  /** The id of a call that may wait. */
  ask(operation, args = [], data, why = "") {
    const id = ++ids;
    this.say({ type: "call", id, operation, args, data, why, at: 0 });
    return id;
  }

  say(message) {
    this.worker.onmessage?.({ data: message });
  }

  tell(operation, ...args) {
    this.say({ type: "tell", operation, args });
  }

  print(text, descriptor = 1) {
    this.say({ type: "output", pieces: [{ descriptor, text }] });
  }

  has(id) {
    return this.worker.got.some((message) => message.type === "answer" && message.id === id);
  }

  answer(id) {
    assert.ok(this.has(id), "it was not answered");
    return this.worker.got.find((message) => message.type === "answer" && message.id === id).answer;
  }

  async call(operation, args, data, why) {
    return this.answer(this.ask(operation, args, data, why));
  }

  end(status = 0) {
    this.say({ type: "exit", status });
  }
}

let machine, main;
beforeEach(async () => {
  machine = new Machine();
  main = machine.main;
  await settled();
});

// -- processes -----------------------------------------------------------------------------------------------------

test("a process is told what to run, and its end is the end of the run", async () => {
  const [{ type, pid, parent, cpus }] = main.worker.got;
  assert.deepEqual([type, pid, parent, cpus], ["run", main.id, 1, 2]);
  main.end(3);
  assert.equal(await machine.ended, 3);
  assert.ok(main.worker.terminated);
});

test("who waits for a process gets its exit status, and so does who asks later", async () => {
  const child = await machine.child();
  assert.equal(await main.call("status", [child.id, 0]), undefined); // Python's None
  const waits = main.ask("status", [child.id, null]);
  assert.ok(!main.has(waits));
  child.end(7);
  assert.equal(main.answer(waits), 7);
  assert.equal(await main.call("status", [child.id, null]), 7);
});

test("the end of the main process ends all others", async () => {
  const child = await machine.child();
  const grandchild = await machine.child(child);
  main.end(0);
  await machine.ended;
  assert.ok(child.worker.terminated && grandchild.worker.terminated);
});

test("signals: kill, terminate, ignore, handle, an unknown process, one that has ended", async () => {
  const [killed, ignores, handles] = [await machine.child(), await machine.child(), await machine.child()];
  await main.call("kill", [killed.id, 15]);
  assert.equal(killed.process.status, -15);
  assert.match(await main.call("kill", [killed.id, 15]), /ESRCH/);
  ignores.tell("action", 15, "ignore");
  await main.call("kill", [ignores.id, 15]);
  assert.equal(ignores.process.status, null);
  await main.call("kill", [ignores.id, 9]);
  assert.equal(ignores.process.status, -9);
  handles.tell("action", 15, "handle");
  await main.call("kill", [handles.id, 15]);
  assert.deepEqual(handles.worker.got.at(-1), { type: "signal", number: 15 });
  assert.equal(handles.process.status, null);
  assert.match(await main.call("kill", [999_999, 15]), /EBADF|ESRCH/);
});

test("a worker that breaks in the middle of a call is a process that ends with 1; what it sends later is not heard", async () => {
  const child = await machine.child();
  const handle = await main.call("semaphore", [0, 1, "s"]);
  child.ask("acquire", [handle, null]);
  const waits = main.ask("status", [child.id, null]);
  child.worker.onerror({ message: "it broke" });
  assert.equal(main.answer(waits), 1);
  assert.match(machine.printed(), /it broke/);
  child.print("from the grave");
  child.tell("release", handle);
  child.end(0);
  assert.equal(child.process.status, 1);
  assert.equal(machine.printed(1), "");
  assert.equal(await main.call("value", [handle]), 0);
  await main.call("release", [handle]);
  assert.equal(await main.call("value", [handle]), 1, "a call of the dead took the semaphore");
});

test("an interpreter that crashed has ended, and says why", async () => {
  const child = await machine.child();
  const waits = main.ask("status", [child.id, null]);
  child.say({ type: "crash", message: "Python itself crashed" });
  assert.equal(main.answer(waits), 1);
  assert.match(machine.printed(), /Python itself crashed/);
});

test("a message that cannot be read ends its process", async () => {
  const child = await machine.child();
  child.worker.onmessageerror();
  assert.equal(child.process.status, 1);
});

test("a worker that does not boot ends the run, which says why", async () => {
  const machine = new Machine({ boots: false });
  machine.boots[0].reject(new Error("Python does not start"));
  assert.equal(await machine.ended, -15);
  assert.match(machine.of("unable")[0].message, /does not start/);
});

// -- Stop ----------------------------------------------------------------------------------------------------------

test("Stop before anything ran", async () => {
  const kernel = new Kernel({
    take: () => assert.fail("nothing is to run"),
    giveBack: () => {},
    tell: () => {},
    cpus: 1,
  });
  kernel.stop();
  assert.ok(kernel.stopped);
});

test("Stop while it boots: the worker is given back, and is not run when it is ready", async () => {
  const machine = new Machine({ boots: false });
  machine.kernel.stop();
  assert.equal(await machine.ended, -15);
  assert.deepEqual(machine.back, machine.boots);
  machine.boots[0].resolve();
  await settled();
  assert.deepEqual(machine.boots[0].worker.got, []);
});

test("Stop while it runs, and while it waits", async () => {
  const child = await machine.child();
  const handle = await main.call("semaphore", [0, 1, "s"]);
  child.ask("acquire", [handle, null]);
  machine.kernel.stop();
  assert.equal(await machine.ended, -15);
  assert.ok(main.worker.terminated && child.worker.terminated);
  assert.ok(!main.worker.onmessage && !child.worker.onmessage); // what a flood has left in the queue takes no time
  machine.kernel.stop(); // a second click
});

test("the end leaves nothing: no objects, names, waiters or clocks", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const child = await machine.child();
  const semaphore = await main.call("semaphore", [0, 1, "s"]);
  await main.call("pipe", [1000]);
  await main.call("listen", ["/address"]);
  await main.call("resize", [await main.call("open block", ["/b", true, true]), 10]);
  child.ask("acquire", [semaphore, 60], undefined, "Lock.acquire\t1");
  main.ask("status", [child.id, null], undefined, "Process.join\t2");
  const told = machine.kernel;
  main.end(0);
  for (const kept of [
    told.processes,
    told.objects.objects,
    told.objects.addresses,
    told.objects.names,
    told.objects.blocks,
    child.process.calls,
    main.process.calls,
  ])
    assert.equal(kept.size, 0);
  const before = machine.events.length;
  context.mock.timers.tick(100_000);
  assert.equal(machine.events.length, before);
});

// -- semaphores ----------------------------------------------------------------------------------------------------

test("a semaphore: first come, first served", async () => {
  const [first, second] = [await machine.child(), await machine.child()];
  const handle = await main.call("semaphore", [1, 1, "s"]);
  assert.equal(await main.call("acquire", [handle, null]), true);
  const waits = [first.ask("acquire", [handle, null]), second.ask("acquire", [handle, null])];
  assert.equal(await second.call("acquire", [handle, 0]), false);
  main.tell("release", handle);
  assert.equal(first.answer(waits[0]), true);
  assert.ok(!second.has(waits[1]));
  first.tell("release", handle);
  assert.equal(second.answer(waits[1]), true);
});

test("a process that dies while it holds a lock leaves it locked; one that died while it waited is passed over", async () => {
  const [holder, waiter] = [await machine.child(), await machine.child()];
  const handle = await main.call("semaphore", [1, 1, "s"]);
  assert.equal(await holder.call("acquire", [handle, null]), true);
  holder.end(1);
  assert.equal(await main.call("acquire", [handle, 0]), false);
  waiter.ask("acquire", [handle, null]);
  const mine = main.ask("acquire", [handle, null]);
  await main.call("kill", [waiter.id, 9]);
  main.tell("release", handle);
  assert.equal(main.answer(mine), true);
});

test("a semaphore is not released beyond its maximum, and begins with a value that it can have", async () => {
  const handle = await main.call("semaphore", [1, 1, "s"]);
  assert.equal(await main.call("release", [handle]), "EOVERFLOW");
  for (const value of [-1, 2, 0.5, false]) assert.equal(await main.call("semaphore", [value, 1, "t"]), "EINVAL");
  assert.equal(await main.call("named semaphore", ["s"]), handle);
  main.tell("unlink", "s");
  assert.equal(await main.call("named semaphore", ["s"]), "ENOENT");
});

test("a wait ends when its time is over, and not again", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const handle = await main.call("semaphore", [0, 1, "s"]);
  const waits = main.ask("acquire", [handle, 2]);
  context.mock.timers.tick(1999);
  assert.ok(!main.has(waits));
  context.mock.timers.tick(1);
  assert.equal(main.answer(waits), false);
  main.tell("release", handle);
  assert.equal(await main.call("value", [handle]), 1);
});

test("a wait that a signal ends does not take what it waited for", async () => {
  const handle = await main.call("semaphore", [0, 1, "s"]);
  const child = await machine.child();
  child.tell("action", 15, "handle");
  const waits = child.ask("acquire", [handle, null], undefined, "Lock.acquire");
  await main.call("kill", [child.id, 15]);
  main.tell("release", handle);
  assert.deepEqual(
    child.worker.got.slice(-2).map(({ type, answer }) => answer ?? type),
    ["signal", "EINTR"],
  ); // in this order
  assert.equal(child.answer(waits), "EINTR");
  assert.equal(await main.call("value", [handle]), 1);
  assert.equal(await child.call("acquire", [handle, null], undefined, "Lock.acquire"), true);
});

test("a signal that came while a process computed is handled before it gets what it then asks for", async () => {
  const handle = await main.call("semaphore", [1, 1, "s"]);
  const [reader, writer] = await main.call("pipe", [1000]);
  const child = await machine.child(main, [reader]);
  main.tell("send", writer, bytes("message"));
  child.tell("action", 15, "handle");
  for (const [operation, ...args] of [
    ["acquire", handle, null],
    ["acquire", handle, 0],
    ["receive", reader],
    ["status", main.id, 1],
  ]) {
    await main.call("kill", [child.id, 15]);
    assert.equal(await child.call(operation, args, undefined, "the main thread"), "EINTR");
  }
  await main.call("kill", [child.id, 15]);
  assert.deepEqual(await child.call("wait", [[reader], 0]), [reader]); // of another thread, which handles no signals
  assert.equal(await main.call("value", [handle]), 1);
  assert.equal(await child.call("acquire", [handle, null], undefined, "Lock.acquire"), "EINTR");
  assert.equal(await child.call("acquire", [handle, null], undefined, "Lock.acquire"), true);
});

// -- pipes ---------------------------------------------------------------------------------------------------------

const bytes = (text) => new TextEncoder().encode(text);

test("a pipe carries messages in order, and ends when nobody holds its other end", async () => {
  const [reader, writer] = await main.call("pipe", [1000]);
  const child = await machine.child(main, [writer]);
  main.tell("close", writer);
  const waits = main.ask("receive", [reader]);
  child.tell("send", writer, bytes("one"));
  child.tell("send", writer, bytes("two"));
  assert.deepEqual(main.answer(waits), bytes("one"));
  child.worker.onerror({ message: "it broke" });
  assert.deepEqual(await main.call("receive", [reader]), bytes("two"));
  assert.equal(await main.call("receive", [reader]), "EOF");
});

test("who waits at a pipe meets its end when the last holder dies", async () => {
  const [reader, writer] = await main.call("pipe", [1000]);
  const child = await machine.child(main, [writer]);
  main.tell("close", writer);
  const waits = [main.ask("receive", [reader]), main.ask("wait", [[reader, child.id], null])];
  await main.call("kill", [child.id, 9]);
  assert.equal(main.answer(waits[0]), "EOF");
  assert.deepEqual(main.answer(waits[1]), [reader, child.id]);
});

test("a full pipe holds its sender back until there is room; a broken one refuses", async () => {
  const [reader, writer] = await main.call("pipe", [10]);
  const child = await machine.child(main, [reader]);
  assert.ok((await main.call("send", [writer, bytes("x".repeat(20))])) < 0);
  const waits = main.ask("drain", [writer]);
  assert.ok(!main.has(waits));
  await child.call("receive", [reader]);
  assert.equal(main.answer(waits), undefined);
  await main.call("send", [writer, bytes("x".repeat(20))]);
  const broken = main.ask("drain", [writer]);
  main.tell("close", reader);
  child.end(0);
  assert.equal(main.answer(broken), "EPIPE");
  assert.equal(await main.call("send", [writer, bytes("x")]), "EPIPE");
});

test("an end that is on its way keeps the pipe open", async () => {
  const [reader, writer] = await main.call("pipe", [1000]);
  const child = await machine.child();
  main.tell("duplicate", writer);
  main.tell("close", writer);
  const waits = main.ask("receive", [reader]);
  assert.ok(!main.has(waits));
  child.tell("adopt", writer);
  child.end(0);
  assert.equal(main.answer(waits), "EOF");
});

test("a listener: connections wait in order; its close refuses who comes, and who accepts", async () => {
  const child = await machine.child();
  const [listener, address] = await main.call("listen", ["/address"]);
  assert.equal(address, "/address");
  assert.equal(await child.call("listen", ["/address"]), "EADDRINUSE");
  const end = await child.call("connect", ["/address"]);
  const mine = await main.call("accept", [listener]);
  child.tell("send", end, bytes("hello"));
  assert.deepEqual(await main.call("receive", [mine]), bytes("hello"));
  const waits = main.ask("accept", [listener]);
  main.tell("close", listener);
  assert.equal(main.answer(waits), "EBADF");
  assert.equal(await child.call("connect", ["/address"]), "ECONNREFUSED");
});

test("with who listens its address goes, and who connected and was not accepted meets the end", async () => {
  const child = await machine.child();
  for (const ends of [(listener) => child.tell("close", listener), () => child.end(3)]) {
    const [listener] = await child.call("listen", ["/address"]);
    const mine = await main.call("connect", ["/address"]);
    const waits = main.ask("receive", [mine]);
    ends(listener);
    assert.equal(main.answer(waits), "EOF");
    assert.equal(await main.call("connect", ["/address"]), "ECONNREFUSED");
  }
});

// -- shared memory -------------------------------------------------------------------------------------------------

test("a block lives until it is unlinked and nobody holds it", async () => {
  const child = await machine.child();
  const block = await main.call("open block", ["/b", true, true]);
  await main.call("resize", [block, 4]);
  assert.equal(await child.call("open block", ["/b", false, false]), block);
  assert.equal(await child.call("open block", ["/b", true, true]), 0);
  child.tell("write", block, 1, bytes("ab"));
  assert.deepEqual([...(await main.call("read", [block, 0, 4]))], [0, 97, 98, 0]);
  assert.equal(await main.call("unlink block", ["/b"]), true);
  assert.equal(await main.call("unlink block", ["/b"]), false);
  assert.equal(await main.call("open block", ["/b", false, false]), -1);
  main.tell("close", block);
  assert.equal((await child.call("read", [block, 1, 1]))[0], 97);
  child.end(0);
  assert.equal(await main.call("read", [block, 0, 4]), "EBADF");
  assert.equal(machine.kernel.objects.shared, 0);
});

test("memory has a limit, and nobody writes beyond a cell", async () => {
  const machine = new Machine({ limits: { shared: 100 } });
  await settled();
  const { main } = machine;
  const cell = await main.call("cell", [60]);
  for (const size of [60, -1, 1.5, "a lot"]) assert.equal(await main.call("cell", [size]), "ENOMEM");
  for (const [offset, data] of [
    [58, bytes("abc")],
    [-1, bytes("a")],
    [0, "text"],
  ])
    assert.equal(await main.call("write", [cell, offset, data]), "EINVAL");
});

// -- deadlocks -----------------------------------------------------------------------------------------------------

test("a deadlock is told when all processes say that they wait, and who has the lock", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const child = await machine.child(main, [], "taker");
  const lock = await main.call("semaphore", [1, 1, "s"]);
  await main.call("acquire", [lock, null]);
  child.ask("acquire", [lock, null], undefined, "Lock.acquire\t4");
  main.ask("status", [child.id, null], undefined, "Process.join taker\t11");
  const [taker, joiner] = machine.of("waits");
  assert.deepEqual([taker.process.name, taker.why, taker.holder], ["taker", "Lock.acquire\t4", "MainProcess"]);
  assert.deepEqual([joiner.process.name, joiner.why], ["MainProcess", "Process.join taker\t11"]);
  context.mock.timers.tick(10_000);
  for (const one of [child, main]) {
    assert.equal(one.worker.got.at(-1).type, "idle?");
    assert.equal(machine.of("deadlock").length, 0);
    one.say({ type: "idle", idle: true });
  }
  assert.equal(machine.of("deadlock").length, 1);
});

for (const [name, happens] of Object.entries({
  "one says that it does not wait": (child) => child.say({ type: "idle", idle: false }),
  "something happens meanwhile": (child) => child.print("I live"),
  "one ends meanwhile": (child) => child.end(0),
})) {
  test(`there is no deadlock if ${name}`, async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const child = await machine.child();
    const lock = await main.call("semaphore", [0, 1, "s"]);
    main.ask("acquire", [lock, null], undefined, "Lock.acquire\t1");
    context.mock.timers.tick(10_000);
    happens(child);
    main.say({ type: "idle", idle: true });
    assert.equal(machine.of("deadlock").length, 0);
  });
}

test("a wait with a time is no deadlock", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const lock = await main.call("semaphore", [0, 1, "s"]);
  main.ask("acquire", [lock, 1000], undefined, "Lock.acquire\t1");
  context.mock.timers.tick(10_000);
  assert.ok(!main.worker.got.some((message) => message.type === "idle?"));
});

// -- what a hostile program can send -------------------------------------------------------------------------------

test("output and processes have limits", async () => {
  const machine = new Machine({ limits: { processes: 2, lines: 3 } });
  await settled();
  await machine.child(machine.main);
  assert.equal(await machine.main.call("spawn", ["third", [], "{}"], new Uint8Array(1)), "EAGAIN");
  for (let line = 0; line < 4; line++) machine.main.print("x\n");
  assert.equal(machine.of("limit").length, 1);
  assert.equal(await machine.ended, -15);
});

test("a refused spawn leaves no child behind", async () => {
  for (const args of [
    ["name", null, "{}"],
    ["name", [], "no JSON"],
  ]) {
    assert.equal(typeof (await main.call("spawn", args, new Uint8Array(1))), "string");
    assert.deepEqual([...machine.kernel.processes], [main.process]);
  }
});

test("of output that does not fit, its beginning is shown", async () => {
  for (const [limits, text, shown] of [
    [{ lines: 3 }, "a\nb\nc\nd\n", "a\nb\nc\n"],
    [{ lines: 3 }, "a\nb\nc\n", "a\nb\nc\n"],
    [{ bytes: 20 }, "abcdefgh", "abcd"], // a message counts 16
    [{ bytes: 20 }, "ab\ncd", "ab\nc"],
    [{ bytes: 10 }, "abc", ""],
  ]) {
    const machine = new Machine({ limits });
    await settled();
    machine.main.print(text);
    assert.equal(machine.printed(1), shown);
    assert.equal(machine.of("limit").length, shown === text ? 0 : 1);
  }
});

test("output without line ends has limits too", async () => {
  const piecemeal = new Machine({ limits: { bytes: 170 } });
  const alternating = new Machine({ limits: { lines: 9 } });
  await settled();
  for (let turn = 0; turn < 20; turn++) {
    piecemeal.main.print(".");
    alternating.main.print(".", 1 + (turn % 2));
  }
  assert.equal(piecemeal.printed(1), ".".repeat(10));
  assert.equal(alternating.printed(1) + alternating.printed(2), ".".repeat(9)); // each begins a line on the page
});

test("nonsense is refused, and the kernel goes on", async () => {
  const [reader] = await main.call("pipe", [10]);
  const nonsense = [
    ["no such call", []],
    ["constructor", []],
    ["__proto__", []],
    ["acquire", [reader, null]],
    ["acquire", ["handle", null]],
    ["receive", [999_999]],
    ["receive", []],
    ["send", [reader, null]],
    ["send", [reader, 5]],
    ["wait", [null, null]],
    ["wait", [[{}], null]],
    ["status", [reader, null]],
    ["spawn", ["name", null, "{}"]],
    ["spawn", ["name", [], "no JSON"]],
    ["read", [reader, 0, 1]],
    ["semaphore", [{}, {}, {}]],
    ["listen", [undefined]],
    ["kill", ["x", "y"]],
  ];
  for (const [operation, args] of nonsense) {
    const answer = await main.call(operation, args);
    if (operation !== "listen") assert.equal(typeof answer, "string", `${operation} ${JSON.stringify(args)}`);
  }
  for (const message of [
    null,
    undefined,
    5,
    "text",
    {},
    { type: "no such type" },
    { type: "call" },
    { type: "call", id: 1, operation: "receive", args: 5 },
    { type: "tell", operation: "release" },
    { type: "output" },
    { type: "output", pieces: 5 },
    { type: "output", pieces: [null, {}, { descriptor: 1, text: null }, { text: { toString: 1 } }] },
    { type: "memory", bytes: "text" },
    { type: "waits", why: { toString: 1 } },
    { type: "exit", status: "text" },
    { type: "cancel", id: "x" },
    { type: "idle" },
  ])
    main.say(message);
  assert.ok(main.process.status === null || Number.isInteger(main.process.status));
});

test("a close by who does not hold the end changes nothing", async () => {
  const child = await machine.child();
  const [reader, writer] = await main.call("pipe", [1000]);
  child.tell("close", writer);
  child.tell("close", reader);
  await main.call("send", [writer, bytes("still open")]);
  assert.deepEqual(await main.call("receive", [reader]), bytes("still open"));
});

test("empty output counts, so that it has an end too", async () => {
  const machine = new Machine({ limits: { bytes: 160 } });
  await settled();
  const { main } = machine;
  for (let turn = 0; turn < 10; turn++) main.print(""); // a message counts 16
  assert.equal(machine.of("limit").length, 0);
  main.print("");
  assert.match(machine.of("limit")[0].message, /printed more/);
  assert.equal(await machine.ended, -15);
});

test("pieces of one message are shown in order, up to the limit", async () => {
  const machine = new Machine({ limits: { lines: 2 } });
  await settled();
  const pieces = [1, 2, 1].map((descriptor) => ({ descriptor, text: `${descriptor}\n` }));
  machine.main.say({ type: "output", pieces });
  assert.deepEqual(
    machine.of("output").map(({ text }) => text),
    ["1\n", "2\n"],
  );
  assert.equal(machine.of("limit").length, 1);
});

for (const [name, message] of Object.entries({
  "of an unknown type": { type: "no such type" },
  "of waits": { type: "waits", why: "x\t1", at: 0 },
  "that need no answer": { type: "tell", operation: "value", args: [1] },
  "that are answered": { type: "call", id: 1, operation: "value", args: [1], why: "", at: 0 },
  "with much data": { type: "tell", operation: "write", args: [1, 0, new Uint8Array(1 << 24)] },
})) {
  test(`a flood of messages ${name} ends the run, which says so`, async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    for (let count = 0; count < 50_001 && !machine.kernel.stopped; count++) main.say(message);
    assert.match(machine.of("limit")[0].message, /messages faster than a page can take them/);
    assert.equal(await machine.ended, -15);
  });
}

test("a page that gets to its timers between messages takes any number of them", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  for (let turn = 0; turn < 5; turn++) {
    for (let count = 0; count < 25_000; count++) main.say({ type: "goes on", at: 0 });
    context.mock.timers.tick(1);
  }
  assert.equal(machine.of("limit").length, 0);
});

test("a block that is read again and again without a pause is a flood too", async (context) => {
  const size = 10_000_000;
  const cell = await main.call("cell", [size]);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  for (let count = 0; count < 1000 && !machine.kernel.stopped; count++) main.ask("read", [cell, 0, size]);
  const answered = main.worker.got.filter(({ answer }) => answer?.length === size);
  assert.ok(answered.length < 200, `${answered.length} answers`);
  assert.equal(machine.of("limit").length, 1);
});

test("nothing is read for who only tells", async () => {
  const cell = await main.call("cell", [100]);
  let reads = 0;
  machine.kernel.objects.find(cell).bytes.slice = () => ++reads;
  main.tell("read", cell, 0, 100);
  assert.equal(reads, 0);
});

test("names and reasons are cut before they reach the page", async () => {
  const long = "n".repeat(5_000_000);
  const child = await machine.child(main, [], long);
  const handle = await main.call("semaphore", [0, 1, "s"]);
  child.ask("acquire", [handle, 10], undefined, `Process.join ${long}\t12`);
  child.say({ type: "waits", why: `${long}\t${long}`, at: 0 });
  const [asked, said] = machine.of("waits");
  assert.equal(child.process.name, `${"n".repeat(80)}…`);
  assert.equal(asked.why, `Process.join ${"n".repeat(67)}…\t12`);
  assert.equal(said.why, `${"n".repeat(80)}…\t0`);
  assert.equal((await machine.child(main, [], null)).process.name, "");
});

test("names of what processes share are at most as long as on Linux", async () => {
  const long = "n".repeat(256);
  assert.equal(await main.call("semaphore", [0, 1, long]), "ENAMETOOLONG");
  assert.equal(await main.call("open block", [long, true, true]), "ENAMETOOLONG");
  assert.equal(await main.call("listen", [long]), "ENAMETOOLONG");
  assert.equal(await main.call("listen", [undefined]), "EINVAL");
  assert.equal(await main.call("open block", [5, true, true]), "EINVAL");
  assert.equal(await main.call("semaphore", [0, 1, long.slice(1)]), machine.kernel.objects.lastHandle);
});

test("unread messages have a limit together, and count until they are read or nobody can read them", async () => {
  const machine = new Machine({ limits: { piped: 3000 } });
  await settled();
  const { main } = machine;
  const pipes = [await main.call("pipe", [10]), await main.call("pipe", [10])];
  for (const [, writer] of pipes) await main.call("send", [writer, new Uint8Array(1000)]);
  const [[reader, writer], [otherReader]] = pipes;
  assert.equal(await main.call("send", [writer, new Uint8Array(1000)]), "ENOMEM");
  main.tell("send", writer, new Uint8Array(1000));
  assert.equal(machine.kernel.objects.piped, 2 * 1256);
  await main.call("receive", [reader]);
  assert.equal(machine.kernel.objects.piped, 1256);
  main.tell("close", otherReader);
  assert.equal(machine.kernel.objects.piped, 0);
  for (let count = 0; count < 100; count++) main.tell("send", writer, new Uint8Array(0));
  assert.ok(machine.kernel.objects.piped < 3300); // empty ones take memory too
});

test("a message in a pipe keeps no more than its own bytes", async () => {
  const [reader, writer] = await main.call("pipe", [1000]);
  main.tell("send", writer, new Uint8Array(1_000_000).subarray(5, 6));
  assert.equal((await main.call("receive", [reader])).buffer.byteLength, 1);
});

test("handles, calls that wait and what they wait for have limits", async () => {
  const machine = new Machine({ limits: { objects: 4, waiting: 2 } });
  await settled();
  const { main } = machine;
  const [reader] = await main.call("pipe", [10]);
  assert.equal(await main.call("listen", ["/address"]).then(Array.isArray), true);
  assert.equal(await main.call("connect", ["/address"]), "ENOMEM");
  assert.equal(await main.call("wait", [[reader, reader, reader], null]), "EINVAL");
  for (let count = 0; count < 2; count++) assert.ok(!main.has(main.ask("receive", [reader])));
  assert.equal(await main.call("receive", [reader]), "EAGAIN");
  for (const signal of ["x", 0, 65, 1.5]) assert.equal(await main.call("action", [signal, "ignore"]), "EINVAL");
});

test("the memory of all processes has a limit, and one that ended gives back what it had", async () => {
  const machine = new Machine({ limits: { memory: 3 * 2 ** 30 } });
  await settled();
  const { main } = machine;
  const child = await machine.child(main);
  child.say({ type: "memory", bytes: 2 ** 31 });
  child.say({ type: "memory", bytes: 0 }); // a program can say anything, but not that it has become less
  assert.equal(child.process.memory, 2 ** 31);
  child.end();
  main.say({ type: "memory", bytes: 2 ** 31 });
  const next = await machine.child(main);
  assert.equal(machine.of("limit").length, 0);
  next.say({ type: "memory", bytes: 2 ** 30 + 1 });
  assert.equal(machine.of("limit")[0].message, "its processes took more than 3 GB of memory together.");
  assert.equal(await machine.ended, -15);
});
