import type { Entrant } from "./contender.ts";

/** The names that goals and tables ask for. */
export const plainClient = "ioredis";
export const pipelinedClient = "ioredis, auto-pipelined";
export const gatheredClient = "ioredis, gathered by hand";
export const gatheredTypedClient = "ioredis, gathered by hand, typed";
export const oursJson = "**cachetory**";
export const oursTyped = "**cachetory, typed**";

/** Who takes part on one server, in the order of the rows. A module is imported by the process of its contender only. */
export const redisEntrants: readonly Entrant[] = [
  {
    name: plainClient,
    isClient: true,
    open: async (place) => (await import("./contenders/ioredis.ts")).openIoredis(place, false),
  },
  {
    name: pipelinedClient,
    isClient: true,
    open: async (place) => (await import("./contenders/ioredis.ts")).openIoredis(place, true),
  },
  {
    name: gatheredClient,
    isClient: true,
    open: async (place) => (await import("./contenders/ioredis-gathered.ts")).openGatheredIoredis(place),
  },
  {
    name: gatheredTypedClient,
    isClient: true,
    onlyOf: "page",
    open: async (place) => (await import("./contenders/ioredis-gathered.ts")).openTypedIoredis(place),
  },
  {
    name: "node-redis",
    isClient: true,
    open: async (place) => (await import("./contenders/node-redis.ts")).openNodeRedis(place, true),
  },
  {
    name: "node-redis, no timeouts",
    isClient: true,
    open: async (place) => (await import("./contenders/node-redis.ts")).openNodeRedis(place, false),
  },
  { name: oursJson, open: async (place) => (await import("./contenders/cachetory.ts")).openCachetory(place, "json") },
  { name: oursTyped, open: async (place) => (await import("./contenders/cachetory.ts")).openCachetory(place, "typed") },
  { name: "keyv", open: async (place) => (await import("./contenders/keyv.ts")).openKeyv(place) },
  {
    name: "cache-manager",
    open: async (place) => (await import("./contenders/cache-manager.ts")).openCacheManager(place),
  },
  { name: "cacheable", open: async (place) => (await import("./contenders/cacheable.ts")).openCacheable(place) },
  { name: "bentocache", open: async (place) => (await import("./contenders/bentocache.ts")).openBentocache(place) },
  {
    name: "cachified",
    onlyReadsThrough: true,
    open: async (place) => (await import("./contenders/cachified.ts")).openCachified(place),
  },
  {
    name: "async-cache-dedupe",
    onlyReadsThrough: true,
    open: async (place) => (await import("./contenders/async-cache-dedupe.ts")).openAsyncCacheDedupe(place),
  },
];

/** Who takes part on a Cluster: the libraries group nothing there, or do what the clients do. */
export const clusterEntrants: readonly Entrant[] = [
  {
    name: "ioredis, by hand",
    isClient: true,
    open: async (place) => (await import("./contenders/ioredis-cluster.ts")).openCluster(place),
  },
  {
    name: pipelinedClient,
    isClient: true,
    open: async (place) => (await import("./contenders/ioredis-cluster.ts")).openAutoPipelinedCluster(place),
  },
  { name: oursJson, open: async (place) => (await import("./contenders/cachetory.ts")).openCachetory(place, "json") },
  { name: oursTyped, open: async (place) => (await import("./contenders/cachetory.ts")).openCachetory(place, "typed") },
];
