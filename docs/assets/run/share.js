// A program as a link: name and text in the fragment, which no server gets to see.
export const BEGINNING = "#edited=";
const LONGEST = 16_000; // characters: browsers take more, mail and chat often do not
const MOST = 100_000; // bytes of what comes with a link, unpacked

/**
 * The fragment for a program; null if it would be too long to be sent, or to be opened.
 * @param {string} name
 * @param {string} text
 */
export async function packed(name, text) {
  const whole = new TextEncoder().encode(JSON.stringify([name, text]));
  if (whole.length > MOST) return null;
  const bytes = await through(new CompressionStream("deflate"), whole);
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const fragment = BEGINNING + btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return fragment.length > LONGEST ? null : fragment;
}

/**
 * The program of such a fragment; null if it is not whole, or no program.
 * @param {string} fragment
 * @returns {Promise<{ name: string, text: string } | null>}
 */
export async function unpacked(fragment) {
  try {
    const letters = atob(fragment.slice(BEGINNING.length).replaceAll("-", "+").replaceAll("_", "/"));
    const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const bytes = await through(new DecompressionStream("deflate"), packed, MOST);
    const [name, text] = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return typeof name === "string" && typeof text === "string" ? { name, text } : null;
  } catch {
    return null; // anybody can write a link: each step may refuse it
  }
}

/**
 * The bytes behind the stream; RangeError if they are more than `most`.
 * @param {CompressionStream | DecompressionStream} stream
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function through(stream, bytes, most = Infinity) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    size += part.value.length;
    if (size <= most) continue;
    await reader.cancel();
    throw new RangeError("a program of this size is none");
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
