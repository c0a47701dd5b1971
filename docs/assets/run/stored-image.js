// The image of an interpreter's memory, kept between visits. Some 31 MB: unpacking it would take longer than all the
// rest.

const CACHE = "python-image";

/** @param {string} key */
export async function storedImage(key) {
  try {
    const cache = await caches.open(CACHE);
    const stored = await cache.match(address(key));
    return stored ? await stored.arrayBuffer() : null;
  } catch {
    return null; // no storage: as on a first visit
  }
}

/**
 * @param {string} key
 * @param {ArrayBuffer} bytes
 */
export async function storeImage(key, bytes) {
  try {
    await caches.delete(CACHE); // of other versions too
    await (await caches.open(CACHE)).put(address(key), new Response(bytes));
  } catch {
    // no storage, or a full one: the next visit starts as slowly as this one
  }
}

const address = (/** @type {string} */ key) => new URL(`image-${key}`, import.meta.url).href;
