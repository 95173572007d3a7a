import { RedisBackend } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

const maxPieces = 64;

let server: RedisServer;
/** Another one, which reads what has been stored. */
let reader: Redis;

beforeAll(async () => {
  server = await startRedisServer();
  reader = new Redis(server.port, "127.0.0.1");
});

afterAll(async () => {
  await reader.quit();
  await server.stop();
});

/** Of lengths that share memory and such that do not, each with bytes of its own. */
function bytesAt(index: number): Uint8Array {
  return new Uint8Array(3000 + ((index * 977) % 32_000)).fill(index + 1);
}

async function expectStored(count: number): Promise<void> {
  const keys = Array.from({ length: count }, (_, index) => `k${index}`);
  const stored = await reader.mgetBuffer(keys);
  const differing = keys.filter((_, index) => Buffer.compare(stored[index] as Uint8Array, bytesAt(index)) !== 0);
  expect(differing).toEqual([]);
}

describe("the memory of a command is not used again before it has been read", () => {
  test("by a server that reads nothing for a while", async () => {
    await using backend = RedisBackend.fromUrl(`${server.url}?command-timeout=30s`);
    await backend.ready();
    server.pause();
    const count = 200;
    const sent: Promise<unknown>[] = [];
    try {
      // Nothing of what comes behind this leaves the process.
      sent.push(backend.set("large", new Uint8Array(20_000_000), { ttlMs: undefined }));
      for (let index = 0; index < count; index++)
        sent.push(backend.set(`k${index}`, bytesAt(index), { ttlMs: undefined }));
    } finally {
      server.resume();
    }
    await Promise.all(sent);
    await expectStored(count);
  });

  test("by one that is sent more, again and again", async () => {
    await using backend = RedisBackend.fromUrl(server.url);
    for (let wave = 0; wave < 5; wave++) {
      const indexes = Array.from({ length: 80 }, (_, index) => 80 * wave + index);
      await Promise.all(indexes.map((index) => backend.set(`k${index}`, bytesAt(index), { ttlMs: undefined })));
    }
    await expectStored(400);
  });
});

describe("pieces of memory", () => {
  // Those of all commands of a process.
  let memory: typeof import("../../../runtime/src/backends/command-memory.ts");

  beforeEach(async () => {
    vi.resetModules();
    memory = await import("../../../runtime/src/backends/command-memory.ts");
  });

  const take = (length = 10_000): Buffer => memory.takeRoom(length);
  const isOfPiece = (bytes: Buffer): boolean => bytes instanceof memory.BytesOfPiece;
  const giveBack = (bytes: Buffer): void => {
    if (bytes instanceof memory.BytesOfPiece) memory.returnPiece(bytes);
  };

  test("are Buffers of the length that is asked for", () => {
    const bytes = take(5000);
    expect([Buffer.isBuffer(bytes), bytes.length, bytes.write("é", 1), bytes.toString("utf8", 1, 3)]).toEqual([
      true,
      5000,
      2,
      "é",
    ]);
  });

  test("are for what is neither small nor large", () => {
    const lengths = [4095, 4096, 32_768, 32_769];
    expect(lengths.map((length) => isOfPiece(take(length)))).toEqual([false, true, true, false]);
    expect(lengths.map((length) => take(length).length)).toEqual(lengths);
  });

  test("are few, and used again once they are returned", () => {
    const first = take();
    for (let made = 1; made < maxPieces; made++) expect(isOfPiece(take())).toBe(true);
    expect(isOfPiece(take())).toBe(false);
    giveBack(first);
    const again = take(4096);
    expect(again.buffer).toBe(first.buffer);
    expect(isOfPiece(take())).toBe(false);
  });

  test("make room for others where they are not returned", () => {
    const taken = Array.from({ length: maxPieces }, () => take());
    memory.forgetPiece();
    const another = take();
    expect(isOfPiece(another)).toBe(true);
    expect(taken.map(({ buffer }) => buffer)).not.toContain(another.buffer);
    expect(isOfPiece(take())).toBe(false);
  });
});

describe("what a client sends next", () => {
  const value = new Uint8Array(10_000);

  /** A client, and the memory of each command of bytes that it has sent. */
  async function connect(): Promise<{ readonly client: Redis; readonly memory: ArrayBufferLike[] }> {
    const client = new Redis(server.port, "127.0.0.1", { autoResendUnfulfilledCommands: true });
    await client.ping();
    const memory: ArrayBufferLike[] = [];
    const send = client.sendCommand.bind(client);
    vi.spyOn(client, "sendCommand").mockImplementation((command, ...rest) => {
      // Once: the same is sent again where its connection was lost.
      if (!Object.hasOwn(command, "toWritable")) {
        const write = command.toWritable.bind(command);
        command.toWritable = (...of) => {
          const sent = write(...of);
          if (typeof sent !== "string") memory.push(sent.buffer);
          return sent;
        };
      }
      return send(command, ...rest);
    });
    return { client, memory };
  }

  const store = (client: Redis): Promise<boolean> =>
    new RedisBackend(client, { commandTimeoutMs: 10_000 }).set("a", value, { ttlMs: undefined });

  test("is written where the last one was that was answered", async () => {
    const { client, memory } = await connect();
    await store(client);
    await store(client);
    expect(memory).toHaveLength(2);
    expect(memory[1]).toBe(memory[0]);
    await client.quit();
  });

  test("is written elsewhere than what was refused", async () => {
    const { client, memory } = await connect();
    await reader.config("SET", "maxmemory", "1");
    try {
      await expect(store(client)).rejects.toThrow();
    } finally {
      await reader.config("SET", "maxmemory", "0");
    }
    await store(client);
    expect(memory).toHaveLength(2);
    expect(memory[1]).not.toBe(memory[0]);
    await client.quit();
  });

  test("is written elsewhere than what a lost connection may still have", async () => {
    const { client, memory } = await connect();
    server.pause();
    let stored: Promise<boolean>;
    try {
      stored = store(client);
      await until("it has been sent", async () => memory.length === 1);
      client.stream.destroy();
    } finally {
      server.resume();
    }
    await stored;
    expect(memory).toHaveLength(2);
    expect(memory[1]).not.toBe(memory[0]);
    await client.quit();
  });
});
