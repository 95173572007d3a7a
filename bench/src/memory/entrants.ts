import type { MemoryEntrant } from "./contender.ts";

/** The names that goals and tables ask for. */
export const bareMap = "Map, key at hand";
export const oursMemory = "**cachetory**";
export const oursFrozen = "**cachetory, `freeze`**";
export const oursShared = "**cachetory, `share`**";

/** Who takes part, in the order of the rows. A module is imported by the process of its contender only. */
export const memoryEntrants: readonly MemoryEntrant[] = [
  {
    name: bareMap,
    isYardstick: true,
    open: async (subject) => (await import("./contenders/map.ts")).openMapWithKeys(subject),
  },
  {
    name: "Map",
    isYardstick: true,
    open: async (subject) => (await import("./contenders/map.ts")).openMap(subject),
  },
  { name: oursMemory, open: async (subject) => (await import("./contenders/cachetory.ts")).openCachetory(subject) },
  {
    name: oursFrozen,
    open: async (subject) => (await import("./contenders/cachetory.ts")).openCachetory(`${subject}Frozen`),
  },
  {
    name: oursShared,
    open: async (subject) => (await import("./contenders/cachetory.ts")).openCachetory(`${subject}Shared`),
  },
  {
    name: "its copies alone",
    isYardstick: true,
    isPart: true,
    open: async (subject) => (await import("./contenders/emitted-copies.ts")).openEmittedCopies(subject),
  },
  { name: "lru-cache", open: async (subject) => (await import("./contenders/lru-cache.ts")).openLruCache(subject) },
  { name: "quick-lru", open: async (subject) => (await import("./contenders/quick-lru.ts")).openQuickLru(subject) },
  { name: "tiny-lru", open: async (subject) => (await import("./contenders/tiny-lru.ts")).openTinyLru(subject) },
  { name: "keyv 5", open: async (subject) => (await import("./contenders/keyv.ts")).openKeyv(subject) },
  {
    name: "keyv 6",
    fromNode: 22,
    open: async (subject) => (await import("./contenders/keyv-6.ts")).openKeyv6(subject),
  },
  {
    name: "cache-manager",
    open: async (subject) => (await import("./contenders/cache-manager.ts")).openCacheManager(subject),
  },
  { name: "cacheable", open: async (subject) => (await import("./contenders/cacheable.ts")).openCacheable(subject) },
  { name: "bentocache", open: async (subject) => (await import("./contenders/bentocache.ts")).openBentocache(subject) },
  { name: "cachified", open: async (subject) => (await import("./contenders/cachified.ts")).openCachified(subject) },
  {
    name: "async-cache-dedupe",
    open: async (subject) => (await import("./contenders/async-cache-dedupe.ts")).openAsyncCacheDedupe(subject),
  },
];
