import { RedisBackend, type RedisClient } from "@cachetory/runtime";
import { Redis as Redis6 } from "ioredis";
import { Redis as Redis5 } from "ioredis-5";
import { Redis as Valkey } from "iovalkey";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backendContract } from "../../contract/backend.ts";
import { realTime } from "../../contract/real-time.ts";
import { patient } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

let server: RedisServer;

/** Opened once for the suite, and closed at its end. */
interface Given {
  readonly title: string;
  open(port: number): Promise<{ client: RedisClient; close(): unknown }>;
}

const clients: readonly Given[] = [
  {
    title: "ioredis 6",
    async open(port) {
      const client = new Redis6(port, "127.0.0.1");
      return { client, close: () => client.disconnect() };
    },
  },
  {
    title: "ioredis 6 with RESP2",
    async open(port) {
      const client = new Redis6(port, "127.0.0.1", { protocol: 2 });
      return { client, close: () => client.disconnect() };
    },
  },
  {
    title: "ioredis 5",
    async open(port) {
      const client = new Redis5(port, "127.0.0.1");
      return { client, close: () => client.disconnect() };
    },
  },
  {
    title: "iovalkey",
    async open(port) {
      const client = new Valkey(port, "127.0.0.1");
      return { client, close: () => client.disconnect() };
    },
  },
  {
    title: "node-redis",
    async open(port) {
      const client = createClient({ socket: { port, host: "127.0.0.1" } });
      client.on("error", () => {});
      await client.connect();
      return { client, close: () => client.destroy() };
    },
  },
];

beforeAll(async () => {
  server = await startRedisServer();
});

afterAll(() => server.stop());

describe.each(clients)("a client of $title", ({ title, open }) => {
  let given: Awaited<ReturnType<Given["open"]>>;

  beforeAll(async () => {
    given = await open(server.port);
  });
  afterAll(() => given.close());

  backendContract(`redis, with a client of ${title} handed in`, {
    ...realTime,
    make: () => new RedisBackend(given.client, patient),
  });

  backendContract(`redis, with a client of ${title} handed in, its commands put together and held back`, {
    ...realTime,
    make: () =>
      new RedisBackend(given.client, {
        coalesceReads: true,
        cork: true,
        ...patient,
      }),
  });

  test("is left open when the backend is closed", async () => {
    const first = new RedisBackend(given.client, patient);
    await first.set("left-open", "x", {});
    await first.close();
    expect(await new RedisBackend(given.client, patient).get("left-open", "text")).toBe("x");
  });

  test("stores many in one script call", async () => {
    const backend = new RedisBackend(given.client, patient);
    const entries = Array.from({ length: 100 }, (_, index) => [`many:${index}`, "x"] as const);
    await backend.setMany(entries, 60_000);
    await server.ask("CONFIG", "RESETSTAT");
    await backend.setMany(entries, 60_000);
    await backend.getMany(
      entries.map(([key]) => key),
      "bytes",
    );
    const stats = String(await server.ask("INFO", "commandstats"));
    expect(stats).toContain("cmdstat_eval:calls=1,");
    expect(stats).toContain("cmdstat_mget:calls=1,");
  });
});

describe("what a client of ioredis does to its own commands", () => {
  async function entriesOf(client: Redis6): Promise<readonly unknown[]> {
    const backend = new RedisBackend(client, patient);
    await backend.set("own", Buffer.from([0, 255]), { ttlMs: 60_000 });
    return [await backend.get("own", "bytes"), ...(await backend.getMany(["own", "none"], "bytes"))];
  }

  const entries = [Buffer.from([0, 255]), Buffer.from([0, 255]), undefined];

  test("is done to ours where it is an option of the client: they join its pipelines", async () => {
    const client = new Redis6(server.port, "127.0.0.1", { enableAutoPipelining: true });
    expect(await entriesOf(client)).toEqual(entries);
    const read = new RedisBackend(client, patient).get("own", "bytes");
    expect(client.autoPipelineQueueSize).toBe(1);
    await read;
    client.disconnect();
  });

  test("is done to ours: a time limit of the client is kept", async () => {
    const client = new Redis6(server.port, "127.0.0.1", { commandTimeout: 60 });
    await client.ping();
    const backend = new RedisBackend(client, patient);
    server.pause();
    try {
      await expect(backend.get("a", "text")).rejects.toMatchObject({
        message: expect.stringContaining("Command timed out"),
      });
    } finally {
      server.resume();
    }
    client.disconnect();
  });

  test("can be watched by whoever wraps sendCommand, as tracers do", async () => {
    const seen: unknown[] = [];
    class Traced extends Redis6 {
      override sendCommand(command: Parameters<Redis6["sendCommand"]>[0]): unknown {
        const { resolve, reject } = command;
        command.resolve = (reply) => {
          seen.push([command.name, command.args]);
          resolve(reply);
        };
        command.reject = (cause) => {
          seen.push([command.name, cause.message]);
          reject(cause);
        };
        return super.sendCommand(command);
      }
    }
    const client = new Traced(server.port, "127.0.0.1");
    const backend = new RedisBackend(client, patient);
    await backend.set("traced", "x", {});
    expect(await backend.get("traced", "text")).toBe("x");
    await client.lpush("traced-list", "x");
    expect(await backend.get("traced-list", "text")).toBeUndefined();
    expect(seen).toContainEqual(["set", ["traced", "x"]]);
    expect(seen).toContainEqual(["get", ["traced"]]);
    expect(seen).toContainEqual(["get", expect.stringContaining("WRONGTYPE")]);
    client.disconnect();
  });

  test("does not matter where a client sends in a way of its own", async () => {
    const stored = new Map([["a", "1"]]);
    const client = {
      get: async (key: string) => stored.get(key) ?? null,
      getBuffer: async () => null,
      ping: async () => Promise.reject(new Error("it has no such command")),
    } as unknown as RedisClient;
    expect(await new RedisBackend(client, patient).get("a", "text")).toBe("1");
  });
});

describe("a client of node-redis", () => {
  test("arms no timer for our commands, though it does so by default", async () => {
    const client = createClient({ socket: { port: server.port, host: "127.0.0.1" } });
    await client.connect();
    const backend = new RedisBackend(client, patient);
    await backend.set("timer", "x", {});
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    const reads = Array.from({ length: 50 }, () => backend.get("timer", "text"));
    expect(timers() - before).toBeLessThanOrEqual(1);
    await Promise.all(reads);
    client.destroy();
  });

  test("makes reads misses while it has no connection", async () => {
    const client = createClient({ socket: { port: server.port, host: "127.0.0.1" } });
    client.on("error", () => {});
    const backend = new RedisBackend(client, patient);
    await expect(backend.get("a", "text")).rejects.toMatchObject({ code: "UNAVAILABLE", outcome: "none" });
    await expect(backend.set("a", "x", {})).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("is waited for while it connects for the first time, and no longer where that fails", async () => {
    const client = createClient({ socket: { port: server.port, host: "127.0.0.1" } });
    const backend = new RedisBackend(client, patient);
    const connected = client.connect();
    await backend.set("first", "x", {});
    expect(await backend.get("first", "text")).toBe("x");
    await connected;
    client.destroy();

    const nowhere = createClient({ socket: { port: 1, host: "127.0.0.1" } });
    nowhere.on("error", () => {});
    const hopeless = new RedisBackend(nowhere, patient);
    const retried = new Promise((resolve) => nowhere.once("reconnecting", resolve));
    const given = nowhere.connect().catch(() => {});
    await retried;
    await expect(hopeless.get("first", "text")).rejects.toThrow("no connection");
    nowhere.destroy();
    await given;
  });

  test("is listened to once, however many backends it is given to before it connects", async () => {
    const client = createClient({ socket: { port: server.port, host: "127.0.0.1" } });
    const backends = Array.from({ length: 11 }, () => new RedisBackend(client, patient));
    expect(client.listenerCount("ready")).toBe(1);
    const connected = client.connect();
    expect(await Promise.all(backends.map((backend) => backend.get("listened", "text")))).toHaveLength(11);
    await connected;
    client.destroy();
  });

  test("tells why a server refuses", async () => {
    const client = createClient({ socket: { port: server.port, host: "127.0.0.1" } });
    await client.connect();
    await server.ask("CONFIG", "SET", "maxmemory", "1");
    const written = new RedisBackend(client, patient).set("a", "x", {});
    await expect(written).rejects.toMatchObject({ outcome: "none", message: expect.stringContaining("OOM") });
    await server.ask("CONFIG", "SET", "maxmemory", "0");
    client.destroy();
  });

  test("reads strings for us, whatever it is told to read for others", async () => {
    const client = createClient({
      socket: { port: server.port, host: "127.0.0.1" },
      commandOptions: { typeMapping: { 36: Buffer } },
    });
    await client.connect();
    const backend = new RedisBackend(client, patient);
    await backend.set("mapped", "x", {});
    expect(await backend.get("mapped", "text")).toBe("x");
    expect(await client.get("mapped")).toEqual(Buffer.from("x"));
    client.destroy();
  });

  test("for a Cluster is refused, with what to do", () => {
    const cluster = { sendCommand() {}, multi() {}, isOpen: true } as unknown as RedisClient;
    expect(() => new RedisBackend(cluster)).toThrow("redis+cluster://");
  });
});
