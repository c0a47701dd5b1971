// Programs as links: what comes back, and what anybody may have written into one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { BEGINNING, packed, unpacked } from "../../docs/assets/run/share.js";

/** The fragment of these bytes, whatever they are. */
const fragmentOf = (bytes) => BEGINNING + deflateSync(bytes).toString("base64url");

/** Text that hardly gets shorter when it is packed, and is the same in each run. */
function noise(length) {
  let [state, text] = [1, ""];
  while (text.length < length) {
    state = (state * 48_271) % 2_147_483_647;
    text += String.fromCharCode(33 + (state % 90));
  }
  return text;
}

test("a program comes back as it was, and its link needs no escapes", async () => {
  for (const text of [
    "",
    "print('a')\n",
    "print('grüße, 世界 🐍', '<b>&amp;</b>')\n",
    "\0\r\n\t\ud83d\udc0d",
    noise(5000),
  ]) {
    const fragment = await packed("folder/näme.py", text);
    assert.match(fragment, /^#edited=[\w-]+$/);
    assert.deepEqual(await unpacked(fragment), { name: "folder/näme.py", text });
  }
});

test("no link is made that is too long to be sent, or to be opened", async () => {
  assert.equal(await packed("a.py", noise(20_000)), null);
  assert.notEqual(await packed("a.py", "x".repeat(90_000)), null);
  assert.equal(await packed("a.py", "x".repeat(100_000)), null); // a browser would refuse to open it
  assert.equal(await packed("a.py", "世".repeat(40_000)), null); // bytes count, not characters
});

test("what is not whole, or no program, is null", async () => {
  const fragment = await packed("a.py", "print('whole')\n");
  const broken = [
    "",
    BEGINNING,
    "#edited=!!!",
    "#something-else",
    fragment.slice(0, -4),
    fragmentOf("no JSON"),
    fragmentOf("null"),
    fragmentOf("{}"),
    fragmentOf('["a.py"]'),
    fragmentOf('["a.py", 5]'),
    fragmentOf('[["a.py"], "text"]'),
    fragmentOf(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d])), // not UTF-8
  ];
  for (const each of broken) assert.equal(await unpacked(each), null, each);
});

test("a link that unpacks to more than a program is refused before it fills the memory", async () => {
  const bomb = fragmentOf(JSON.stringify(["a.py", "x".repeat(50_000_000)]));
  assert.ok(bomb.length < 100_000);
  assert.equal(await unpacked(bomb), null);
});
