// What a process prints: which messages become of it, with a clock that the test moves.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Output } from "../../docs/assets/run/output.js";

let posted, output, time, pass;
beforeEach((context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  time = 1000;
  context.mock.method(performance, "now", () => time);
  /** Time passes while the worker waits; a process that computes has no timers. */
  pass = (milliseconds) => {
    time += milliseconds;
    context.mock.timers.tick(milliseconds);
  };
  posted = [];
  output = new Output((pieces) => posted.push(pieces.map(({ descriptor, text }) => `${descriptor} ${text}`).join("|")));
});

/** Until no more goes at once. */
function burst() {
  for (let count = 0; count < 20; count++) output.print(1, "x");
  assert.equal(posted.length, 20);
  posted.length = 0;
}

test("the first lines go at once, each by itself", () => {
  output.print(1, "a\n");
  output.print(2, "b\n");
  assert.deepEqual(posted, ["1 a\n", "2 b\n"]);
});

test("many lines are gathered, in order, with both streams", () => {
  burst();
  for (const [descriptor, text] of [
    [1, "a"],
    [1, "b"],
    [2, "c"],
    [1, "d"],
  ])
    output.print(descriptor, text);
  assert.deepEqual(posted, []);
  pass(20);
  assert.deepEqual(posted, ["1 ab|2 c|1 d"]);
});

test("a loop that prints without a pause sends 50 messages a second", () => {
  burst();
  for (let line = 0; line < 10_000; line++) {
    time += 0.1;
    output.print(1, "x\n");
  }
  output.flush();
  assert.ok(posted.length <= 51, `${posted.length} messages`);
  assert.equal(posted.join("").split("x").length - 1, 10_000);
});

test("a process that prints and then computes is asked for the rest meanwhile", () => {
  burst();
  output.print(1, "the last line");
  output.flushIfDue();
  assert.deepEqual(posted, []);
  time += 20;
  output.flushIfDue();
  assert.deepEqual(posted, ["1 the last line"]);
  pass(1000);
  assert.equal(posted.length, 1);
});

test("much text does not wait", () => {
  burst();
  output.print(1, "x".repeat(65_536));
  assert.equal(posted.length, 1);
});

test("a character in two parts is one", () => {
  const { write } = output.stream(1);
  for (const byte of new TextEncoder().encode("\u00e9")) assert.equal(write(new Uint8Array([byte])), 1);
  assert.deepEqual(posted, ["1 \u00e9"]);
});

test("nothing is posted where nothing was printed", () => {
  output.flush();
  output.flushIfDue();
  assert.deepEqual(posted, []);
});
