import { backendFromUrl, RedisBackend } from "@cachetory/runtime";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { backendContract } from "../../contract/backend.ts";
import { realTime } from "../../contract/real-time.ts";
import { clockAheadMs, givenServerPrefix, givenServerUrl } from "../../support/given-server.ts";
import { patient } from "../../support/patience.ts";
import { memoryCommands } from "../../support/resp/memory-commands.ts";
import { type RespServer, startRespServer } from "../../support/resp/resp-server.ts";

// Servers that cannot be had everywhere, as far as a backend can tell.
const servers = [
  {
    name: "a Redis 8.4, which has MSETEX",
    commands: memoryCommands({ msetex: true }),
    identity: { server: "redis", version: "8.4.0" },
  },
  { name: "a Valkey", commands: memoryCommands(), identity: { server: "valkey", version: "8.1.1" } },
] as const;

describe.each(servers)("$name", ({ name, commands, identity }) => {
  let server: RespServer;

  beforeAll(async () => {
    server = await startRespServer(commands, identity);
  });
  afterAll(() => server.stop());

  // A busy machine is no outage, which is not what is asked for here.
  backendContract(name, {
    ...realTime,
    make: () => new RedisBackend({ host: "127.0.0.1", port: server.port, ...patient }),
  });
});

describe("setMany with a ttl", () => {
  let server: RespServer;
  let backend: RedisBackend;

  afterEach(async () => {
    await backend.close();
    await server.stop();
  });

  const start = async (...options: Parameters<typeof memoryCommands>): Promise<void> => {
    server = await startRespServer(memoryCommands(...options));
    backend = new RedisBackend({ host: "127.0.0.1", port: server.port, ...patient });
    await backend.ready();
  };
  const store = (): Promise<void> =>
    backend.setMany(
      [
        ["a", "1"],
        ["b", "2"],
      ],
      60_000,
    );
  const seen = (): string[] => {
    const storing = ["msetex", "eval", "set"];
    return server.commands.map(([name = ""]) => name.toLowerCase()).filter((name) => storing.includes(name));
  };

  test("asks once what a server has, and is MSETEX from then on", async () => {
    await start({ msetex: true });
    await store();
    await store();
    await store();
    expect(seen()).toEqual(["msetex", "eval", "msetex", "msetex"]);
    expect(server.commands.find(([name]) => name?.toLowerCase() === "msetex")?.slice(1)).toEqual([
      "2",
      "a",
      "1",
      "b",
      "2",
      "PX",
      "60000",
    ]);
  });

  test("is one script call where there is no MSETEX", async () => {
    await start();
    await store();
    await store();
    expect(seen()).toEqual(["msetex", "eval", "eval"]);
    expect(await backend.ttl("b")).toBeGreaterThan(50_000);
  });

  test("needs no scripts where there is MSETEX", async () => {
    await start({ msetex: true, scripts: false });
    await store();
    expect(await backend.getMany(["a", "b"], "text")).toEqual(["1", "2"]);
  });

  test("rejects with the reason where there is neither", async () => {
    await start({ scripts: false });
    await expect(store()).rejects.toMatchObject({ outcome: "none", message: expect.stringContaining("'eval'") });
  });

  test("asks again after a reconnection: it may be to another server", async () => {
    await start({ msetex: true });
    await store();
    server.drop();
    await expect
      .poll(() =>
        backend.ready().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await store();
    expect(seen()).toEqual(["msetex", "eval", "msetex", "eval"]);
  });

  test("takes effect before what is called after it, also while it asks", async () => {
    await start();
    const all = [store(), backend.set("a", "later", {}), backend.delete("b")];
    await Promise.all(all);
    expect(await backend.getMany(["a", "b"], "text")).toEqual(["later", undefined]);
  });
});

// Registered only where there is one: a test that is skipped would say nothing.
if (givenServerUrl !== undefined) describeGivenServer(givenServerUrl);

function describeGivenServer(url: string): void {
  describe("the server of TEST_REDIS_URL", () => {
    let aheadMs = 0;

    beforeAll(async () => {
      await using backend = backendFromUrl(url);
      aheadMs = await clockAheadMs(backend, givenServerPrefix);
    });
    afterAll(async () => {
      await using backend = backendFromUrl(url);
      await backend.clear({ head: givenServerPrefix, owns: () => true }, {});
    });

    backendContract("redis", {
      ...realTime,
      now: () => Date.now() + aheadMs,
      prefix: givenServerPrefix,
      make: () => backendFromUrl(url),
    });
  });
}

describe.each([
  ["one server", (port: number) => ({ host: "127.0.0.1", port })],
  ["a Cluster", (port: number) => ({ cluster: [{ host: "127.0.0.1", port }] })],
] as const)("a command whose connection to %s was lost", (_, optionsFor) => {
  test("is not sent again, for it may have taken effect", async () => {
    let port = 0;
    const keyspace = memoryCommands();
    const server = await startRespServer((name, args, connection) => {
      if (name === "CLUSTER" && String(args[0]).toUpperCase() === "INFO") return "cluster_state:ok";
      if (name === "CLUSTER") return [[0, 16_383, ["127.0.0.1", port, "id"]]];
      if (name === "SET") {
        connection.drop();
        return null;
      }
      return keyspace(name, args, connection);
    });
    port = server.port;
    const backend = new RedisBackend(optionsFor(port));
    await backend.ready();
    await expect(backend.set("a", "x", { ttlMs: 60_000 })).rejects.toMatchObject({
      code: "UNAVAILABLE",
      outcome: "unknown",
    });
    await expect
      .poll(() =>
        backend.ready().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    expect(await backend.get("a", "text")).toBeUndefined();
    expect(server.commands.filter(([name]) => name?.toUpperCase() === "SET")).toHaveLength(1);
    await backend.close();
    await server.stop();
  });
});
