import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import {
  Cache,
  CachetoryError,
  json,
  MemoryBackend,
  msgpack,
  pickle,
  RedisBackend,
  type Serializer,
  SyncCache,
  serializerFromUrl,
  v8,
  zlib,
} from "@cachetory/runtime";
import * as codegen from "@cachetory/runtime/codegen/v1/core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { startRespServer } from "../../support/resp/resp-server.ts";

const canary = "canary7f3a";
const text = `{"name":"${canary}"`;

let warnings: string[] = [];

beforeAll(() => {
  vi.stubEnv("TEST_CANARY_SECRET", randomBytes(32).toString("base64"));
  vi.spyOn(process, "emitWarning").mockImplementation((warning, ...more) => {
    warnings.push(inspect([warning, ...more], { depth: null }));
  });
});
afterEach(() => {
  // Whatever has warned has said nothing of it.
  expect(warnings.join("\n")).not.toContain(canary);
  warnings = [];
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function errorOf(run: () => unknown): Promise<Error> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

/** All that printing an error shows: message, stack, properties, and the same of each cause. */
function printed(error: Error): string {
  return [inspect(error, { depth: null, getters: false }), JSON.stringify(error), String(error), error.stack].join(
    "\n",
  );
}

interface Key {
  readonly token: string;
  readonly user: string;
}

const pattern: codegen.KeyPattern = {
  segments: ["session:", { name: "token", type: "secret" }, ":", { name: "user", type: "string" }],
  secret: "TEST_CANARY_SECRET",
};

const keyed = {
  name: "sessions",
  pattern,
  prefix: "app:",
  keyText: ({ token, user }: Key): string =>
    `session:${codegen.secretPart(token, "sessions.token", pattern, 1)}:${codegen.stringPart(user, "sessions.user")}`,
};

const key: Key = { token: canary, user: canary };

describe("an entry that cannot be read", () => {
  const damaged: readonly (readonly [url: string, entry: Uint8Array])[] = [
    ["json", Buffer.from(text)],
    ["text+zlib", Buffer.from(text)],
    ["text+gzip", Buffer.from(text)],
    ["text+brotli", Buffer.from(text)],
    ["text+zstd", Buffer.from(text)],
    ["json+zlib", zlib().serialize(Buffer.from(text))],
    ["msgpack", Buffer.concat([msgpack().serialize({ name: canary }), Buffer.from([1])])],
    ["msgpack", msgpack().serialize({ name: canary }).subarray(0, -3)],
    ["pickle", Buffer.concat([pickle().serialize({ name: canary }), Buffer.from([1])])],
    ["pickle", pickle().serialize({ name: canary }).subarray(0, -2)],
    ["v8", v8().serialize({ name: canary }).subarray(0, -2)],
  ];

  test.each(damaged)("%s: is told without what is in it, and without its key", async (url, entry) => {
    for (const Kind of [Cache, SyncCache]) {
      const backend = new MemoryBackend();
      const serializer: Serializer<unknown> = serializerFromUrl(url);
      const cache = new Kind<Key, unknown>({ ...keyed, backend, serializer });
      await backend.set(cache.keyOf(key), entry, {});
      const error = await errorOf(() => cache.getOrThrow(key));
      expect(error).toMatchObject({ code: "MISS", cause: { code: "UNREADABLE" } });
      expect(printed(error)).not.toContain(canary);
      expect(error.message).toContain("sessions (session:{token}:{user})");
      expect(warnings.join()).toContain("The cache sessions (session:{token}:{user}) found an entry");
    }
  });

  test("of another type, as well", async () => {
    const backend = new MemoryBackend();
    const validate = (value: unknown): codegen.Misfit | undefined => codegen.misfit("a number", value);
    const cache = new Cache<Key, unknown>({ ...keyed, backend, serializer: json(), validate });
    await cache.set(key, canary);
    const error = await errorOf(() => cache.getOrThrow(key));
    expect(error).toMatchObject({ code: "MISS", cause: { code: "UNREADABLE" } });
    expect(printed(error)).not.toContain(canary);
  });
});

test("the text of the key is given to who asks for it", async () => {
  const cache = new Cache<Key, unknown>({ ...keyed, backend: new MemoryBackend(), serializer: json() });
  const error = await errorOf(() => cache.getOrThrow(key));
  expect(error).toBeInstanceOf(CachetoryError);
  expect((error as CachetoryError).key).toBe(cache.keyOf(key));
  expect(printed(error)).not.toContain(cache.keyOf(key));
  const other = new SyncCache<Key, unknown>({ ...keyed, backend: new MemoryBackend(), serializer: json() });
  expect(((await errorOf(() => other.getOrThrow(key))) as CachetoryError).key).toBe(cache.keyOf(key));
});

const { intPart, numberPart, bigintPart, boolPart, uuidPart, datePart, hashPart, stringPart } = codegen;

test.each([
  [stringPart, [canary]],
  [intPart, canary],
  [numberPart, canary],
  [bigintPart, canary],
  [boolPart, canary],
  [uuidPart, canary],
  [datePart, canary],
  [hashPart, Object.assign(() => canary, { canary })],
] as const)("%o does not print what it refuses", async (part, value) => {
  const error = await errorOf(() => part(value as never, "sessions.user"));
  expect(error).toMatchObject({ code: "INVALID_KEY" });
  expect(printed(error)).not.toContain(canary);
});

test("a parameter of a selection, a union and a secret are refused without being printed", async () => {
  const cache = new Cache<Key, unknown>({ ...keyed, backend: new MemoryBackend(), serializer: json() });
  const refused = [
    () => cache.clear({ token: [canary] as never }),
    () => cache.clear({ user: { canary } as never }),
    () => cache.get({ token: [canary] as never, user: "a" }),
    () => cache.get(canary as never),
    () => codegen.badPart("sessions.kind", '"a" or "b"', canary),
  ];
  for (const run of refused) {
    const error = await errorOf(run);
    expect(error).toMatchObject({ code: "INVALID_KEY" });
    expect(printed(error)).not.toContain(canary);
  }
});

describe("a value that cannot be stored", () => {
  const cyclic: Record<string, unknown> = { name: canary };
  cyclic["self"] = cyclic;
  const refused: readonly (readonly [url: string, value: unknown])[] = [
    ["json", cyclic],
    ["json", { name: canary, big: 1n }],
    ["json://?strict=true", { name: canary, at: new Date(0) }],
    ["json://?strict=true", [canary, undefined]],
    ["text", { name: canary }],
    ["text", `${canary}\ud800`],
    ["bytes", canary],
    ["msgpack", { name: canary, of: () => canary }],
    ["msgpack", [Symbol(canary)]],
    ["pickle", { name: canary, of: Symbol(canary) }],
    ["pickle", `${canary}\ud800`],
    ["v8", { name: () => "canary7f3a" }],
    ["v8", { name: Symbol(canary) }],
    ["v8", { name: canary, of: new WeakMap() }],
    ["text+zlib://?max-size=1", canary],
  ];

  test.each(refused)("%s: is told without it", async (url, value) => {
    const cache = new Cache<Key, unknown>({
      ...keyed,
      backend: new MemoryBackend(),
      serializer: serializerFromUrl(url),
    });
    const error = await errorOf(() => cache.set(key, value));
    expect(error).toMatchObject({ code: "INVALID_VALUE" });
    expect(printed(error)).not.toContain(canary);
    // A load is answered all the same, and warned of.
    expect(await cache.getOrSet(key, () => value)).toBe(value);
    expect(warnings.join()).toContain("could not store a loaded value");
  });
});

test("a batch function without a value is told by the cache, and its key to who asks", async () => {
  const cache = new Cache<Key, unknown>({ ...keyed, backend: new MemoryBackend(), serializer: json() });
  const calls = { itemOf: (one: Key) => one, keyOf: (one: Key) => one, load: () => [], isRequired: true } as const;
  const load = codegen.memoizeBatch(cache, () => async (_: Key) => canary, {
    ...calls,
    load: (items: Key[]) => items.map(() => undefined),
  });
  const error = await errorOf(() => load(key));
  expect(error).toMatchObject({ code: "NOT_LOADED", key: cache.keyOf(key) });
  expect(printed(error)).not.toContain(canary);
});

test("a mutation that could not delete keeps what the function gave to who asks", async () => {
  const backend = new MemoryBackend();
  const cache = new Cache<Key, unknown>({ ...keyed, backend, serializer: json() });
  vi.spyOn(backend, "deleteMany").mockRejectedValue(new CachetoryError("UNAVAILABLE", "away"));
  const mutate = codegen.mutateFunction(
    "rename",
    { sessions: cache },
    () => async (of: Key) => ({ of, name: canary }),
    [{ cache: "sessions", keys: ([of]: readonly [Key]) => [of] }],
    { onError: "throw" },
  );
  const error = await errorOf(() => mutate(key));
  expect(error).toMatchObject({ code: "NOT_INVALIDATED", result: { name: canary } });
  expect(printed(error)).not.toContain(canary);
});

describe("a server that refuses a command", () => {
  test.each([
    `ERR unknown command 'SET', with args beginning with: 'app:session:1:${canary}' '${canary}' `,
    `ERR unknown command \`SET\`, with args beginning with: \`app:session:1:${canary}\`, \`${canary}\`, `,
  ])("is told without its arguments: %s", async (reply) => {
    const server = await startRespServer((name) =>
      ["GET", "SET", "MGET", "UNLINK", "DEL", "EXISTS", "GETDEL", "MSETEX"].includes(name)
        ? new Error(reply)
        : undefined,
    );
    const { Redis } = await import("ioredis");
    const client = new Redis({ port: server.port });
    try {
      const cache = new Cache<Key, unknown>({ ...keyed, backend: new RedisBackend(client), serializer: json() });
      for (const run of [() => cache.set(key, canary), () => cache.delete(key), () => cache.take(key)]) {
        const error = await errorOf(run);
        expect(error.message).toContain(": Redis: ERR unknown command");
        expect(printed(error)).not.toContain(canary);
      }
      expect(await cache.get(key)).toBeUndefined();
      expect(printed(await errorOf(() => cache.getOrThrow(key)))).not.toContain(canary);
      expect(await cache.getOrSet(key, () => 1)).toBe(1);
    } finally {
      client.disconnect();
      await server.stop();
    }
  });
});
