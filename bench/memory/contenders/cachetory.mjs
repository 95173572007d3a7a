import { MemoryBackend } from "@cachetory/runtime";

/** A generated cache, which is given the parameters of its keys and makes the text of them itself, where it needs one. */
export async function cachetory(label, cacheName, { entries, createCaches, maxEntries }) {
  const local = new MemoryBackend({ maxEntries, maxBytes: 2 ** 32 });
  const cache = createCaches({ backends: { local } })[cacheName];
  for (const { key, value } of entries) await cache.set(key, value);
  const keys = entries.map(({ key }) => key);
  return {
    name: `cachetory, ${label}`,
    peek: (index) => cache.peek(keys[index]),
    get: (index) => cache.get(keys[index]),
    getOrSet: (index, load) => cache.getOrSet(keys[index], load),
    set: (index, value) => void cache.set(keys[index], value),
  };
}
