import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { inspect, promisify } from "node:util";
import { backendFromUrl, Cache, json, RedisBackend } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../support/free-ports.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});

afterAll(() => server.stop());

function openCache(url: string): Cache<string, number> {
  return new Cache<string, number>({ backend: backendFromUrl(url), serializer: json(), prefix: "t:" });
}

/** What the table of the design says of a backend that is down. */
async function expectOutage(cache: Cache<string, number>): Promise<void> {
  expect([await cache.get("a", -1), await cache.has("a"), await cache.ttl("a")]).toEqual([-1, false, undefined]);
  expect((await cache.getMany(["a", "b"])).size).toBe(0);
  await expect(cache.getOrThrow("a")).rejects.toMatchObject({ code: "MISS", cause: { code: "UNAVAILABLE" } });
  expect(await cache.getOrSet("a", () => 7)).toBe(7);
  expect([...(await cache.getOrSetMany(["a"], () => [7])).values()]).toEqual([7]);
  const writes = [cache.set("a", 1), cache.delete("a"), cache.touch("a"), cache.take("a"), cache.clear()];
  for (const result of await Promise.allSettled(writes)) {
    expect(result).toMatchObject({ status: "rejected", reason: { code: "UNAVAILABLE" } });
  }
}

describe("a server that is not there", () => {
  test("makes reads misses at once, and writes reject", async () => {
    const port = await freePort();
    await using cache = openCache(`redis://127.0.0.1:${port}?command-timeout=200ms`);
    await expectOutage(cache);
    await expect(cache.ready()).rejects.toMatchObject({ code: "UNAVAILABLE", outcome: "none" });
  });

  test("is not waited for by reads once that is known, however long a command may take", async () => {
    await using cache = openCache(`redis://127.0.0.1:${await freePort()}?command-timeout=1h`);
    await cache.ready().catch(() => {});
    expect(await cache.get("a", -1)).toBe(-1);
    expect(await cache.getOrSet("a", () => 7)).toBe(7);
  });

  test("does not keep a process alive once the cache is closed", async () => {
    const port = await freePort();
    const program = `
      import { backendFromUrl } from "@cachetory/runtime";
      const backend = backendFromUrl("redis://127.0.0.1:${port}");
      await backend.ready().catch(() => {});
      setTimeout(() => console.log("still there"), 1500).unref();
      await backend.close();
      console.log("closed");`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
    expect(stdout).toBe("closed\n");
  });

  test("that accepts connections and says nothing costs reads the time to connect once", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const address = silent.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await using cache = openCache(`redis://127.0.0.1:${port}?connect-timeout=100ms&command-timeout=50ms`);
    await expectOutage(cache);
    await cache.close();
    silent.close();
  });

  test("is told with the reason of the last attempt also while another is under way", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const address = silent.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await using cache = openCache(`redis://127.0.0.1:${port}?connect-timeout=100ms&command-timeout=20ms`);
    expect(await cache.get("a", -1)).toBe(-1);
    // Longer than an attempt and the pause before it.
    for (let count = 0; count < 10; count++) {
      const message = expect.stringContaining("it was not ready within 100 ms");
      await expect(cache.set("a", 1)).rejects.toMatchObject({ code: "UNAVAILABLE", message });
    }
    await cache.close();
    silent.close();
  });
});

describe("a server that refuses the database", () => {
  test("is an outage: nothing is read from or written to database 0", async () => {
    const other = new Redis(server.port, "127.0.0.1");
    await other.set("t:a", "5");
    await using cache = openCache(`${server.url}/99?command-timeout=100ms`);
    await expect(cache.ready()).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("DB index"),
    });
    await expectOutage(cache);
    expect(await other.get("t:a")).toBe("5");
    await other.flushall();
    other.disconnect();
  });
});

describe("a server that refuses writes", () => {
  test("is told with its reason, also where a transaction hides it, and without the values", async () => {
    const other = new Redis(server.port, "127.0.0.1");
    await other.config("SET", "maxmemory", "1");
    try {
      await using cache = openCache(server.url);
      for (const write of [cache.set("a", 271828), cache.setMany([["a", 271828]], { ttl: "1m" })]) {
        const error: unknown = await write.then(String, (cause: unknown) => cause);
        expect(error).toMatchObject({ outcome: "none", message: expect.stringContaining("OOM") });
        expect(inspect(error, { depth: 10 })).not.toContain("271828");
      }
    } finally {
      await other.config("SET", "maxmemory", "0");
      other.disconnect();
    }
  });
});

describe("a server that dies", () => {
  test("fails what is under way, is out while it is gone, and is used again when it is back", async () => {
    await using cache = openCache(`${server.url}?command-timeout=300ms`);
    await cache.set("a", 1);
    await server.kill();
    await expectOutage(cache);
    await server.restart();
    await expect.poll(() => cache.set("a", 2).catch(() => "not yet")).toBe(true);
    // Where three reads were lost with the connection, it is read again little by little.
    await expect.poll(() => cache.get("a")).toBe(2);
  });
});

describe("a server that hangs", () => {
  test("costs each call its timeout, and a write that was sent has an unknown outcome", async () => {
    await using cache = openCache(`${server.url}?command-timeout=100ms`);
    await cache.set("a", 1);
    server.pause();
    try {
      await expect(cache.set("a", 3)).rejects.toMatchObject({ outcome: "unknown" });
      await expectOutage(cache);
    } finally {
      server.resume();
    }
    await expect.poll(() => cache.set("b", 1).catch(() => "not yet")).toBe(true);
    // Nobody can tell when it was stored.
    expect(await cache.get("a")).toBeUndefined();
  });

  test("is noticed after any number of commands at once", async () => {
    await using cache = openCache(`${server.url}?command-timeout=200ms`);
    await cache.ready();
    await Promise.all(Array.from({ length: 3000 }, (_, index) => cache.has(`k${index}`)));
    server.pause();
    try {
      expect(await cache.get("a", -1)).toBe(-1);
    } finally {
      server.resume();
    }
  });

  test("does not keep close from returning", async () => {
    const cache = openCache(`${server.url}?command-timeout=100ms`);
    await cache.ready();
    server.pause();
    try {
      await cache.close();
    } finally {
      server.resume();
    }
    expect(await cache.get("a")).toBeUndefined();
  });

  test("costs a client handed in no more than the timeout either", async () => {
    const client = new Redis(server.port, "127.0.0.1");
    client.on("error", () => {});
    await client.ping();
    const backend = new RedisBackend(client, { commandTimeoutMs: 100 });
    const cache = new Cache<string, number>({ backend, serializer: json() });
    server.pause();
    try {
      expect(await cache.getOrSet("a", () => 7)).toBe(7);
    } finally {
      server.resume();
    }
    client.disconnect();
  });
});

test("a process ends once the cache is closed, however long a command may take", async () => {
  const program = `
    import { backendFromUrl } from "@cachetory/runtime";
    const backend = backendFromUrl("${server.url}?command-timeout=1h");
    await backend.has("a");
    await backend.close();
    console.log("closed");`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
    timeout: 10_000,
  });
  expect(stdout).toBe("closed\n");
});

test("reads do not wait for a client handed in that has no connection", async () => {
  const client = new Redis(server.port, "127.0.0.1", { lazyConnect: true, retryStrategy: () => 3_600_000 });
  client.on("error", () => {});
  await client.connect();
  const cache = new Cache<string, number>({
    backend: new RedisBackend(client, { commandTimeoutMs: 3_600_000 }),
    serializer: json(),
  });
  const isAway = once(client, "reconnecting");
  client.disconnect(true);
  await isAway;
  expect(await cache.get("a", -1)).toBe(-1);
  client.disconnect();
});

test("an answer that came while the event loop was busy counts, though its time is over", async () => {
  await using cache = openCache(`${server.url}?command-timeout=30ms`);
  await cache.set("a", 1);
  const read = cache.get("a");
  // By then the command has left.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  const until = performance.now() + 100;
  while (performance.now() < until) {
    // The answer waits in the socket meanwhile.
  }
  expect(await read).toBe(1);
});

test.each([
  ["before the command has left", async () => {}],
  ["when it has left", () => new Promise((resolve) => setImmediate(resolve))],
])("an event loop that is busy %s is not taken for a slow server", async (_, leave) => {
  await using cache = openCache(`${server.url}?command-timeout=250ms`);
  await cache.set("a", 1);
  const read = cache.get("a");
  await leave();
  const until = performance.now() + 400;
  while (performance.now() < until) {
    // The answer waits in the socket meanwhile.
  }
  expect(await read).toBe(1);
});

test("a server to which is still connected when the event loop is busy is not taken for one that is away", async () => {
  await using cache = openCache(`${server.url}?connect-timeout=100ms&command-timeout=5s`);
  const stored = cache.set("connecting", 1);
  // By then the client has begun to connect.
  await import("ioredis");
  await new Promise((resolve) => setImmediate(resolve));
  const until = performance.now() + 300;
  while (performance.now() < until) {
    // The server has accepted meanwhile.
  }
  expect(await stored).toBe(true);
});

test("commands take effect in the order of the calls, also before there is a connection", async () => {
  await using cache = openCache(server.url);
  const results = await Promise.all([
    cache.set("order", 1),
    cache.get("order"),
    cache.delete("order"),
    cache.get("order"),
    cache.set("order", 2, { ifNotExists: true }),
    cache.get("order"),
  ]);
  expect(results).toEqual([true, 1, true, undefined, true, 2]);
});
