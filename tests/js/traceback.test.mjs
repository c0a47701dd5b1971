// What a pasted traceback tells, and which page of a small dictionary it finds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { prepared, raised, ranked, reduced, words } from "../../docs/assets/traceback.js";

const REMOTE = `multiprocessing.pool.RemoteTraceback:
"""
Traceback (most recent call last):
  File "/usr/lib/python3.14/multiprocessing/pool.py", line 125, in worker
    result = (True, func(*args, **kwds))
                    ~~~~^^^^^^^^^^^^^^^
  File "/srv/shop/job.py", line 6, in work
    raise ValueError("three")  # not KeyError: this is source
ValueError: three
"""

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/srv/shop/job.py", line 11, in <module>
    print(pool.map(work, [3]))
ValueError: three
`;

test("exceptions are read, and frames and their source are not", () => {
  assert.deepEqual(raised(REMOTE), ["RemoteTraceback", "ValueError: three", "ValueError: three"]);
  assert.deepEqual(raised("all is well\n"), []);
  assert.deepEqual(raised(""), []);
});

test("a message may begin below its exception, and be pasted from a terminal that marks lines", () => {
  const runtime =
    "RuntimeError: \n        An attempt has been made to start a new process\n        before the current one has finished\n";
  const joined = "RuntimeError: An attempt has been made to start a new process before the current one has finished";
  assert.deepEqual(raised(runtime), [joined]);
  assert.deepEqual(raised("E   TypeError: cannot pickle '_thread.lock' object\r\n"), [
    "TypeError: cannot pickle '_thread.lock' object",
  ]);
  assert.deepEqual(raised("> EOFError"), ["EOFError"]);
});

test("the search gets the exception that ended the program, else the text without its frames", () => {
  assert.equal(reduced(REMOTE), "ValueError: three");
  assert.equal(
    reduced('  File "a.py", line 3, in <module>\nsomething went\nwrong here\n'),
    "something went wrong here",
  );
  assert.equal(reduced(`OSError: ${"x".repeat(1000)}`).length, 300);
});

test("words leave out what differs from one program to the next", () => {
  const text = "OSError: [Errno 24] Too many open files: '/srv/shop/data.csv' at 0x7f3a in psm_1a2b3c of 17 don’t";
  assert.deepEqual(
    [...words(text)],
    ["oserror", "errno24", "too", "many", "open", "files", "at", "in", "psm", "of", "don"],
  );
});

const PAGES = [
  {
    url: "errors/lock/",
    title: "TypeError: cannot pickle '_thread.lock' object",
    cause: "A lock lives in one process.",
    names: ["Job"],
    messages: [],
    outputs: ["TypeError: cannot pickle '_thread.lock' object\n"],
  },
  {
    url: "errors/open-files/",
    title: "Too many open files",
    cause: "Each pipe takes two.",
    names: [],
    messages: ["OSError: [Errno 24] Too many open files"],
    outputs: [],
  },
  {
    url: "errors/initializer/",
    title: "A worker that cannot start",
    cause: "The initializer raises.",
    names: ["prepare"],
    messages: ["Exception in initializer:"],
    outputs: ["ValueError: prepare failed\n"],
  },
  { url: "errors/empty/", title: "Empty", cause: "", names: [], messages: ["Empty"], outputs: [] },
];
const DICTIONARY = prepared(PAGES);
const urls = (text) => ranked(text, DICTIONARY).map(({ page }) => page.url);

test("the page that fits best comes first, and the name of it counts a little more", () => {
  assert.equal(urls("TypeError: cannot pickle '_thread.lock' object")[0], "errors/lock/");
  assert.equal(urls("OSError: [Errno 24] Too many open files: '/dev/null'")[0], "errors/open-files/");
  const [{ score, message }] = ranked("TypeError: cannot pickle '_thread.lock' object", DICTIONARY);
  assert.ok(score > 1 && score < 1.1);
  assert.equal(message, "TypeError: cannot pickle '_thread.lock' object");
});

test("a line that raises nothing may tell what happened", () => {
  const text = "Exception in initializer:\nTraceback (most recent call last):\nZeroDivisionError: division by zero\n";
  assert.equal(urls(text)[0], "errors/initializer/");
});

test("what no page has finds none, and an exception without a message fits only itself", () => {
  assert.deepEqual(urls("KeyboardInterrupt of a zebra"), []);
  assert.deepEqual(urls("Empty: the queue of a zebra"), []);
  assert.deepEqual(urls("_queue.Empty"), ["errors/empty/"]);
  assert.deepEqual(urls(""), []);
});
