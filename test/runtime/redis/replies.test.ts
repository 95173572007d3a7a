import { once } from "node:events";
import { createRequire } from "node:module";
import { backendFromUrl } from "@cachetory/runtime";
import { Redis as Redis5 } from "ioredis-5";
import { afterEach, describe, expect, test, vi } from "vitest";
import { readReplies } from "../../../runtime/src/backends/redis-replies.ts";
import { wireCommands } from "../../../runtime/src/backends/redis-wire.ts";
import { patience } from "../../support/patience.ts";
import { startRedisCluster } from "../../support/redis-cluster.ts";
import { startRedisServer } from "../../support/redis-server.ts";

const require = createRequire(import.meta.url);
const undo: (() => unknown)[] = [];

afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

/** What the parser of a client is given from now on, as text. */
function givenTo(prototype: object, method: string): string[] {
  const given: string[] = [];
  const parse = Reflect.get(prototype, method) as (chunk: Buffer) => unknown;
  vi.spyOn(prototype as Record<string, (chunk: Buffer) => unknown>, method).mockImplementation(function (
    this: unknown,
    chunk,
  ) {
    given.push(String(chunk));
    return parse.call(this, chunk);
  });
  undo.push(() => vi.restoreAllMocks());
  return given;
}

function givenToIoredis(): string[] {
  const { Decoder } = require(require.resolve("ioredis").replace("index.js", "resp/decoder.js"));
  return givenTo(Decoder.prototype, "write");
}

const entries = Array.from(
  { length: 500 },
  (_, index) => [`key ${index}`, `${"ä".repeat(200)} of value ${index}.`] as const,
);

describe.each([
  ["a server", startRedisServer, "redis"],
  ["a Cluster", startRedisCluster, "redis+cluster"],
] as const)("the client of %s", (_, start, scheme) => {
  test("is not given what other commands than its own are answered", async () => {
    const given = givenToIoredis();
    const server = await start();
    undo.push(() => server.stop());
    const ports = "nodes" in server ? server.nodes.map(({ port }) => port) : [server.port];
    const backend = backendFromUrl(`${scheme}://${ports.map((port) => `127.0.0.1:${port}`).join(",")}${patience}`);
    undo.push(() => backend.close());
    await backend.setMany(entries, 60_000);
    const keys = entries.map(([key]) => key);
    expect(await backend.getMany(keys, "text")).toEqual(entries.map(([, text]) => text));
    expect(await backend.get("key 1", "text")).toBe(entries[1]?.[1]);
    expect(await backend.get("key 2", "bytes")).toEqual(Buffer.from(entries[2]?.[1] ?? ""));
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter((text) => text.includes("of value"))).toEqual([]);
  });
});

test("nor is one of ioredis 5", async () => {
  const { prototype } = createRequire(require.resolve("ioredis-5"))("redis-parser");
  const given = givenTo(prototype, "execute");
  const server = await startRedisServer();
  undo.push(() => server.stop());
  const client = new Redis5(server.port);
  undo.push(() => client.disconnect());
  readReplies(client);
  await once(client, "ready");
  const commands = wireCommands(client as unknown as Parameters<typeof wireCommands>[0]);
  await commands.mset(...entries.flat());
  expect(await commands.mget([...entries.map(([key]) => key), "none"])).toEqual([
    ...entries.map(([, text]) => text),
    null,
  ]);
  expect(await client.get("key 1")).toBe(entries[1]?.[1]);
  expect(given.filter((text) => text.includes("of value"))).toEqual([expect.stringContaining("of value 1.")]);
});
