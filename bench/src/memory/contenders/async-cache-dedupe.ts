import { createCache } from "async-cache-dedupe";
import { type Kept, type MemoryContender, maxEntries, type Subject, ttlMs } from "../contender.ts";

/** async-cache-dedupe: functions whose results are kept, and nothing else. */
export async function openAsyncCacheDedupe(subject: Subject): Promise<MemoryContender> {
  let loadNext = noLoader;
  const cache = createCache({
    ttl: ttlMs / 1000,
    storage: { type: "memory", options: { size: maxEntries } },
  }).define(subject, (_id: number) => loadNext());
  // The function that was defined right here, by a name that only a constant would have in its type.
  const read = cache[subject] as unknown as (id: number) => Promise<Kept>;
  return {
    getOrSet(id, load) {
      loadNext = load;
      return read(id);
    },
  };
}

async function noLoader(): Promise<Kept> {
  throw new Error("Nothing says how to load.");
}
