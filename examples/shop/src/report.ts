import type { Cache } from "@cachetory/runtime";

/** Reads through the cache, and prints whether that was a hit, what it saved, and how long the entry lives. */
export async function report<K, V>(
  cache: Cache<K, V>,
  key: K,
  load: () => Promise<V>,
  loadedInMs: Map<string, number>,
): Promise<V> {
  const text = cache.keyOf(key);
  let isHit = true;
  const startMs = performance.now();
  const value = await cache.getOrSet(key, () => {
    isHit = false;
    return load();
  });
  const tookMs = performance.now() - startMs;
  if (!isHit) loadedInMs.set(text, tookMs);
  const savedMs = Math.max(0, (loadedInMs.get(text) ?? tookMs) - tookMs);
  const outcome = isHit
    ? `hit,  saved ${savedMs.toFixed(0).padStart(3)} ms`
    : `miss, took  ${tookMs.toFixed(0).padStart(3)} ms`;
  console.log(`  ${text.padEnd(60)} ${outcome}, ${ttlLeft(await cache.ttl(key))}`);
  return value;
}

function ttlLeft(ttl: number | "forever" | undefined): string {
  if (ttl === undefined) return "not stored";
  return ttl === "forever" ? "for ever" : `${Math.round(ttl / 1000)} s left`;
}
