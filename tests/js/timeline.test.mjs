// The lanes of a run and what they say, without drawing them.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Timeline } from "../../docs/assets/run/timeline.js";

const main = { name: "MainProcess" };
const worker = { name: "SpawnPoolWorker-1" };

let timeline;
/** What happens at so many ms. */
function at(time, event) {
  timeline.ended = timeline.zero + time; // so it is that late
  timeline.hear(event);
}

/** A moment of the clock that workers and the page have in common. */
const clock = (time) => performance.timeOrigin + timeline.zero + time;
/** A lane's spans; times are whole ms. */
function lane(number) {
  const whole = (time) => (time === null ? null : Math.round(time));
  return timeline.lanes[number].spans.map(({ kind, what, line, from, to }) => [
    kind,
    what,
    line,
    whole(from),
    whole(to),
  ]);
}

beforeEach(() => {
  timeline = new Timeline({ replaceChildren() {} });
  timeline.zero = 1000; // a whole number: sums and differences are exact
  at(0, { type: "start", process: main });
  at(0, { type: "runs", process: main });
  at(10, { type: "start", process: worker });
  at(50, { type: "runs", process: worker });
});

test("each process has a lane of spans that follow each other", () => {
  at(90, { type: "waits", process: main, why: "Pool.map\t12", at: clock(70) });
  at(120, { type: "goes on", process: main });
  at(150, { type: "exit", process: worker, status: 0 });
  assert.deepEqual(
    timeline.lanes.map(({ name, number, status }) => [name, number, status]),
    [
      ["parent", 0, null],
      ["PoolWorker-1", 1, 0],
    ],
  );
  assert.deepEqual(lane(0), [
    ["starts", "", 0, 0, 0],
    ["runs", "", 0, 0, 70],
    ["waits", "Pool.map", 12, 70, 120],
    ["runs", "", 0, 120, null],
  ]);
  assert.deepEqual(lane(1), [
    ["starts", "", 0, 10, 50],
    ["runs", "", 0, 50, 150],
  ]);
});

test("a worker's own time is neither in the future nor before what was known", () => {
  at(60, { type: "waits", process: main, why: "Lock.acquire\t3", at: clock(500) });
  at(80, { type: "goes on", process: main, at: clock(20) });
  assert.deepEqual(
    lane(0).map(([kind, , , from, to]) => [kind, from, to]),
    [
      ["starts", 0, 0],
      ["runs", 0, 60],
      ["waits", 60, 60],
      ["runs", 60, null],
    ],
  );
});

test("a deadlock is told in words, with who has the lock", () => {
  at(60, { type: "waits", process: worker, why: "Lock.acquire\t4", holder: "MainProcess" });
  at(70, { type: "waits", process: main, why: "the end of its children\t0" });
  assert.equal(
    timeline.waiting(),
    "parent waits for the end of its children; PoolWorker-1 waits in Lock.acquire (parent has it), line 4",
  );
  at(80, { type: "exit", process: worker, status: -15 });
  assert.equal(timeline.waiting(), "parent waits for the end of its children");
  assert.equal(timeline.describe(), "Timeline of 2 processes, 80 ms: parent, PoolWorker-1 ended with -15.");
});

test("what is narrower than a pixel goes into its neighbour", () => {
  for (let time = 100; time < 200; time += 2) {
    at(time, { type: "waits", process: main, why: "Queue.get\t5" });
    at(time + 1, { type: "goes on", process: main });
  }
  at(2000, { type: "exit", process: main, status: 0 });
  const seen = timeline.segments(timeline.lanes[0], 2000, 400); // 5 ms a pixel
  assert.equal(seen.at(0).from, 0);
  assert.equal(seen.at(-1).until, 2000);
  for (const [index, span] of seen.entries()) assert.equal(span.from, index ? seen[index - 1].until : 0);
  assert.ok(seen.length < 10, `${seen.length} spans are drawn`);
});

test("the parent's lane begins when the program does, however long the first picture takes", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] }); // no second picture
  const timeline = new Timeline({ replaceChildren() {} });
  timeline.draw = () => {
    const until = performance.now() + 30;
    while (performance.now() < until);
  };
  timeline.hear({ type: "start", process: main });
  timeline.hear({ type: "runs", process: main });
  assert.ok(timeline.now >= 30);
  assert.deepEqual(timeline.lanes[0].spans, [{ kind: "runs", what: "", line: 0, from: 0, to: null }]);
});
