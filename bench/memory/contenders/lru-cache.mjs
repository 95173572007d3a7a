import { LRUCache } from "lru-cache";

/** With a ttl, as a cache has it, and the text of the key ready. */
export function lruCache({ entries, maxEntries, ttlMs }) {
  const cache = new LRUCache({ max: maxEntries, ttl: ttlMs });
  for (const { text, value } of entries) cache.set(text, value);
  const texts = entries.map(({ text }) => text);
  const get = async (text) => cache.get(text);
  const getOrSet = async (text, load) => {
    const found = cache.get(text);
    if (found !== undefined) return found;
    const loaded = await load();
    cache.set(text, loaded);
    return loaded;
  };
  return {
    name: "lru-cache, ttl",
    peek: (index) => cache.get(texts[index]),
    get: (index) => get(texts[index]),
    getOrSet: (index, load) => getOrSet(texts[index], load),
    set: (index, value) => cache.set(texts[index], value),
  };
}
