import { RedisBackend, type RedisClient } from "@cachetory/runtime";
import { Cluster as Cluster6, Redis as Redis6 } from "ioredis";
import { Cluster as Cluster5, Redis as Redis5 } from "ioredis-5";
import { Redis as Valkey, Cluster as ValkeyCluster } from "iovalkey";
import { describe, expect, test } from "vitest";

// None of them connects.
const nodes = [{ host: "127.0.0.1", port: 1 }];
const lazyConnect = true;
const sentinels = { sentinels: nodes, name: "group", lazyConnect };

const libraries: readonly [
  string,
  {
    readonly server: (options: object) => RedisClient;
    readonly cluster: (options: object) => RedisClient;
  },
][] = [
  ["ioredis 6", { server: (options) => new Redis6(options), cluster: (options) => new Cluster6(nodes, options) }],
  ["ioredis 5", { server: (options) => new Redis5(options), cluster: (options) => new Cluster5(nodes, options) }],
  ["iovalkey", { server: (options) => new Valkey(options), cluster: (options) => new ValkeyCluster(nodes, options) }],
];

describe.each(libraries)("a client of %s that is handed in", (_, { server, cluster }) => {
  test.each([
    ["of one server", () => server({ keyPrefix: "p:", lazyConnect })],
    ["of a Cluster", () => cluster({ keyPrefix: "p:", lazyConnect })],
    ["of the servers of a Cluster", () => cluster({ redisOptions: { keyPrefix: "p:" }, lazyConnect })],
  ])("is refused with a keyPrefix %s", (_, make) => {
    expect(() => new RedisBackend(make())).toThrow("keyPrefix");
  });

  test.each([
    ["all replicas", () => cluster({ scaleReads: "slave", lazyConnect })],
    ["all servers", () => cluster({ scaleReads: "all", lazyConnect })],
    ["whom a function chooses", () => cluster({ scaleReads: (all: unknown[]) => all[0], lazyConnect })],
    ["the replica that sentinels name", () => server({ ...sentinels, role: "slave" })],
  ])("is refused where it reads from %s", (_, make) => {
    expect(() => new RedisBackend(make())).toThrow("reads from replicas");
  });

  test.each([
    ["one server", () => server({ lazyConnect })],
    ["the master that sentinels name", () => server(sentinels)],
    ["the masters of a Cluster", () => cluster({ scaleReads: "master", lazyConnect })],
    ["a Cluster that says nothing of it", () => cluster({ lazyConnect })],
  ])("is taken where it reads from %s", (_, make) => {
    expect(() => new RedisBackend(make())).not.toThrow();
  });
});
