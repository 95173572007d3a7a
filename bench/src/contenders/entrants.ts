import type { Entrant, Place } from "../contender.ts";

/** Who takes part, in the order of the rows. A module is imported by the process of its contender only. */
export const entrants: Readonly<Record<Place, readonly Entrant[]>> = {
  redis: [
    { name: "ioredis", open: async (url) => (await import("./ioredis.ts")).openIoredis(url, false) },
    { name: "ioredis, auto-pipelined", open: async (url) => (await import("./ioredis.ts")).openIoredis(url, true) },
    { name: "**cachetory, generated**", open: async (url) => (await import("./cachetory.ts")).openGenerated(url) },
    {
      name: "**cachetory, bare `Cache`**",
      async open(url) {
        const { openBare, redis } = await import("./cachetory.ts");
        return openBare(redis(url));
      },
    },
    { name: "keyv", open: async (url) => (await import("./keyv.ts")).openKeyv(url) },
    { name: "cache-manager", open: async (url) => (await import("./cache-manager.ts")).openCacheManager(url) },
    { name: "cacheable", open: async (url) => (await import("./cacheable.ts")).openCacheable(url) },
    { name: "bentocache", open: async (url) => (await import("./bentocache.ts")).openBentocache(url) },
    { name: "cachified", open: async (url) => (await import("./cachified.ts")).openCachifiedRedis(url) },
  ],
  memory: [
    {
      name: "Map of JSON",
      open: async () => (await import("./map.ts")).openMap(JSON.stringify, (text) => JSON.parse(text)),
    },
    {
      name: "Map of live values",
      async open() {
        const { openMap } = await import("./map.ts");
        return openMap(
          (product) => product,
          (product) => product,
        );
      },
    },
    {
      name: "**cachetory, generated**",
      open: async () => (await import("./cachetory.ts")).openGenerated("memory://"),
    },
    {
      name: "**cachetory, bare `Cache`**",
      async open() {
        const { openBare, memory } = await import("./cachetory.ts");
        return openBare(memory());
      },
    },
    { name: "keyv", open: async () => (await import("./keyv.ts")).openKeyv() },
    { name: "cache-manager", open: async () => (await import("./cache-manager.ts")).openCacheManager() },
    { name: "cacheable", open: async () => (await import("./cacheable.ts")).openCacheable() },
    { name: "bentocache", open: async () => (await import("./bentocache.ts")).openBentocache() },
    { name: "cachified", open: async () => (await import("./cachified.ts")).openCachifiedMemory() },
  ],
};
