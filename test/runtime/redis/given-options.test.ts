import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { RedisBackend, type RedisClient } from "@cachetory/runtime";
import { Cluster as Cluster6, Redis as Redis6 } from "ioredis";
import { Cluster as Cluster5, Redis as Redis5 } from "ioredis-5";
import { Redis as Valkey, Cluster as ValkeyCluster } from "iovalkey";
import { createCluster, createSentinel } from "redis";
import { describe, expect, test } from "vitest";
import { startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

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
    ["of one server", () => server({ stringNumbers: true, lazyConnect })],
    ["of a Cluster", () => cluster({ redisOptions: { stringNumbers: true }, lazyConnect })],
  ])("is refused where it gives numbers as texts, %s", (_, make) => {
    expect(() => new RedisBackend(make())).toThrow("stringNumbers");
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

test.each([
  ["a Cluster", () => createCluster({ rootNodes: [{ url: "redis://127.0.0.1:1" }], useReplicas: true })],
  ["sentinels", () => createSentinel({ name: "group", sentinelRootNodes: nodes })],
])("a client of node-redis for %s is refused", (_, make) => {
  // Its type is another one, too.
  expect(() => new RedisBackend(make() as unknown as RedisClient)).toThrow("a client for one server");
});

test.each([
  [{ readTimeoutMs: Number.POSITIVE_INFINITY }, "readTimeoutMs"],
  [{ readTimeoutMs: 0 }, "readTimeoutMs"],
  [{ commandTimeoutMs: Number.NaN }, "commandTimeoutMs"],
  [{ breakerPauseMs: -1 }, "breakerPauseMs"],
  [{ maxWaiting: -1 }, "maxWaiting"],
  [{ clientName: "my app" }, "clientName"],
])("numbers are held against the ranges of URLs: %o", (options, name) => {
  expect(() => new RedisBackend(options)).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
  expect(() => new RedisBackend(options)).toThrow(name);
});

test("those for a client that is handed in, too, and they go with a client alone", () => {
  const client = new Redis6({ lazyConnect });
  expect(() => new RedisBackend(client, { readTimeoutMs: -1 })).toThrow("readTimeoutMs");
  expect(() => new RedisBackend({ port: 1 }, { commandTimeoutMs: 5 })).toThrow("second argument");
});

test.each([
  ["ioredis 6", (options: object) => new Redis6(options)],
  ["ioredis 5", (options: object) => new Redis5(options)],
  ["iovalkey", (options: object) => new Valkey(options)],
] as const)(
  "a client of %s that connects anew to what is silent has no connection: a read is not kept waiting",
  async (_, make) => {
    const sockets: Socket[] = [];
    const listener = createServer((socket) => {
      socket.on("error", () => {});
      sockets.push(socket);
      // The first is lost, the second has no answer.
      if (sockets.length === 1) socket.destroy();
    }).listen(0, "127.0.0.1");
    await once(listener, "listening");
    const { port } = listener.address() as AddressInfo;
    const client = make({ host: "127.0.0.1", port, retryStrategy: () => 1 });
    client.on("error", () => {});
    await until("it connects anew", async () => sockets.length > 1 && client.status === "connect");
    await expect(new RedisBackend(client).get("k", "text")).rejects.toThrow("no connection");
    client.disconnect();
    for (const socket of sockets) socket.destroy();
    listener.close();
  },
);

test("with max-waiting=0 nothing waits for a connection, which is made all the same", async () => {
  await using server = await startRedisServer();
  await using backend = RedisBackend.fromUrl(`${server.url}?max-waiting=0`);
  await expect(backend.set("k", "v", {})).rejects.toThrow("max-waiting");
  await backend.ready();
  expect(await backend.set("k", "v", {})).toBe(true);
});
