import {
  Cache,
  DummyBackend,
  json,
  KeyvBackend,
  MemoryBackend,
  NotReplicatedError,
  RedisBackend,
} from "@cachetory/runtime";
import { Cluster, Redis } from "ioredis";
import { Redis as Redis5 } from "ioredis-5";
import { Redis as Valkey } from "iovalkey";
import Keyv from "keyv";
import { createClient } from "redis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { patience } from "../../support/patience.ts";
import { type RedisCluster, startRedisCluster } from "../../support/redis-cluster.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

function cacheOn(backend: ConstructorParameters<typeof Cache<string, string>>[0]["backend"]): Cache<string, string> {
  return new Cache({ backend, serializer: json(), prefix: "app:", ttl: "1h" });
}

describe("one server and its replica", () => {
  let master: RedisServer;
  let replica: RedisServer;

  beforeAll(async () => {
    master = await startRedisServer({ config: ["repl-diskless-sync-delay 0"] });
    replica = await startRedisServer({ config: [`replicaof 127.0.0.1 ${master.port}`] });
    await until("the replica follows", async () => (await master.replication()).followers === 1);
  });
  afterAll(async () => {
    await Promise.all([master.stop(), replica.stop()]);
  });
  beforeEach(async () => {
    replica.resume();
    await master.ask("FLUSHALL");
  });

  test("what was deleted with one replica is gone there", async () => {
    await using cache = cacheOn(RedisBackend.fromUrl(`${master.url}${patience}`));
    await cache.set("a", "1");
    await until("the replica has the entry", async () => (await replica.ask("GET", "app:a")) === '"1"');
    expect(await cache.delete("a", { replicas: 1 })).toBe(true);
    expect(await replica.ask("GET", "app:a")).toBeNull();
  });

  test("a replica that lags is told of, and the entry is deleted all the same", async () => {
    await using cache = cacheOn(RedisBackend.fromUrl(`${master.url}${patience}`));
    await cache.set("a", "1");
    await cache.delete("warm", { replicas: 1 });
    replica.pause();
    const deleted = cache.delete("a", { replicas: 1, replicasTimeoutMs: 50 });
    await expect(deleted).rejects.toThrow(NotReplicatedError);
    await expect(deleted).rejects.toMatchObject({ code: "NOT_REPLICATED", reached: 0 });
    expect(await master.ask("EXISTS", "app:a")).toBe(0);
  });

  test("an entry that another has deleted before is waited for as well", async () => {
    await using cache = cacheOn(RedisBackend.fromUrl(`${master.url}${patience}`));
    await cache.set("a", "1");
    await cache.delete("warm", { replicas: 1 });
    replica.pause();
    await master.ask("DEL", "app:a");
    await expect(cache.delete("a", { replicas: 1, replicasTimeoutMs: 50 })).rejects.toThrow(NotReplicatedError);
    replica.resume();
    expect(await cache.delete("a", { replicas: 1, replicasTimeoutMs: 5000 })).toBe(false);
  });

  test("reads go on while replicas are waited for", async () => {
    await using cache = cacheOn(RedisBackend.fromUrl(`${master.url}${patience}`));
    await cache.set("b", "2");
    await cache.delete("warm", { replicas: 1 });
    replica.pause();
    let isOver = false;
    const deleted = cache.delete("a", { replicas: 1, replicasTimeoutMs: 300 }).catch(() => {
      isOver = true;
    });
    expect(await cache.get("b")).toBe("2");
    expect(isOver).toBe(false);
    await deleted;
    expect(isOver).toBe(true);
  });

  test("more replicas than there are is not reached", async () => {
    await using cache = cacheOn(RedisBackend.fromUrl(`${master.url}${patience}`));
    const deleted = cache.delete("a", { replicas: 2, replicasTimeoutMs: 50 });
    await expect(deleted).rejects.toMatchObject({ reached: 1, message: expect.stringContaining("1 of 2 replicas") });
  });

  test("a failed deletion is no deletion that is not replicated", async () => {
    const down = await startRedisServer();
    await using cache = cacheOn(RedisBackend.fromUrl(`${down.url}?connect-timeout=100ms&command-timeout=100ms`));
    await down.stop();
    await expect(cache.delete("a", { replicas: 1 })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("it leaves nothing behind", async () => {
    await using cache = cacheOn(RedisBackend.fromUrl(`${master.url}${patience}`));
    await cache.set("a", "1");
    await cache.delete("a", { replicas: 1 });
    await until("the mark is gone", async () => (await master.ask("DBSIZE")) === 0);
  });

  test.each([
    ["ioredis 6", (port: number) => new Redis(port, "127.0.0.1")],
    ["ioredis 5", (port: number) => new Redis5(port, "127.0.0.1")],
    ["iovalkey", (port: number) => new Valkey(port, "127.0.0.1")],
  ])("a client of %s is asked on a second connection, which is closed with the backend", async (_, open) => {
    const client = open(master.port);
    const before = await connections();
    const cache = cacheOn(new RedisBackend(client));
    await cache.set("a", "1");
    expect(await cache.delete("a", { replicas: 1 })).toBe(true);
    expect(await connections()).toBeGreaterThan(before);
    await cache.close();
    await until("the second connection is closed", async () => (await connections()) <= before);
    client.disconnect();
  });

  async function connections(): Promise<number> {
    return String(await master.ask("CLIENT", "LIST", "TYPE", "NORMAL"))
      .trim()
      .split("\n").length;
  }
});

test("a backend that cannot tell refuses, and deletes nothing", async () => {
  await using cache = cacheOn(new KeyvBackend(new Keyv({ store: new Map(), useKeyPrefix: false })));
  await cache.set("a", "1");
  await expect(cache.delete("a", { replicas: 1 })).rejects.toMatchObject({ code: "INVALID_OPTION" });
  expect(await cache.get("a")).toBe("1");
});

test("so does a client of node-redis", async () => {
  await using cache = cacheOn(new RedisBackend(createClient()));
  await expect(cache.delete("a", { replicas: 1 })).rejects.toMatchObject({ code: "INVALID_OPTION" });
});

test.each([new MemoryBackend({}), new DummyBackend()])(
  "in the process alone there are no copies to wait for",
  async (backend) => {
    await using cache = cacheOn(backend);
    await cache.set("a", "1");
    await cache.delete("a", { replicas: 1 });
    expect(await cache.get("a")).toBeUndefined();
  },
);

test.each([
  { replicas: -1 },
  { replicas: 0.5 },
  { replicas: 1, replicasTimeoutMs: 0 },
  { replicas: 1, replicasTimeoutMs: 60_001 },
])("%j is refused", async (options) => {
  await using cache = cacheOn(new MemoryBackend({}));
  await cache.set("a", "1");
  await expect(cache.delete("a", options)).rejects.toMatchObject({ code: "INVALID_OPTION" });
  expect(await cache.get("a")).toBe("1");
});

describe("a Cluster", () => {
  let cluster: RedisCluster;

  beforeAll(async () => {
    cluster = await startRedisCluster({ config: ["repl-diskless-sync-delay 0"] });
  });
  afterAll(() => cluster.stop());

  test("asks the master of the key, wherever it is and whatever its braces", async () => {
    await using cache = cacheOn(
      new RedisBackend({ cluster: cluster.nodes.map(({ port }) => ({ host: "127.0.0.1", port })) }),
    );
    for (const key of ["a", "b", "c", "{tag}:d", "{}e", "}f{"]) {
      await cache.set(key, "1");
      expect(await cache.delete(key, { replicas: 1, replicasTimeoutMs: 5000 })).toBe(true);
      await expect(cache.delete(key, { replicas: 2, replicasTimeoutMs: 20 })).rejects.toMatchObject({ reached: 1 });
    }
  });

  test("the same through a client of one's own", async () => {
    const client = new Cluster(cluster.nodes.map(({ port }) => ({ host: "127.0.0.1", port })));
    await using cache = cacheOn(new RedisBackend(client));
    await cache.set("a", "1");
    expect(await cache.delete("a", { replicas: 1, replicasTimeoutMs: 5000 })).toBe(true);
    client.disconnect();
  });

  test("follows a key to its new master", async () => {
    await using cache = cacheOn(
      new RedisBackend({ cluster: cluster.nodes.map(({ port }) => ({ host: "127.0.0.1", port })) }),
    );
    await cache.set("a", "1");
    await cache.delete("a", { replicas: 1, replicasTimeoutMs: 5000 });
    const slot = await cluster.slotOf("app:a");
    const master = await cluster.masterOf(slot);
    const other = cluster.nodes.slice(0, 3).find((node) => node !== master);
    if (other === undefined) throw new Error("A Cluster has three masters.");
    await cluster.migrateSlot(slot, other);
    await cache.set("a", "2");
    expect(await cache.delete("a", { replicas: 1, replicasTimeoutMs: 5000 })).toBe(true);
    await expect(cache.delete("a", { replicas: 2, replicasTimeoutMs: 20 })).rejects.toMatchObject({ reached: 1 });
  });
});
