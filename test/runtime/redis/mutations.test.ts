import { backendFromUrl, Cache, InvalidationError, json, SyncCache, syncBackendFromUrl } from "@cachetory/runtime";
import {
  fitKey,
  intPart,
  type KeyPattern,
  type MutatingFunction,
  mutateFunction,
  mutateSyncFunction,
} from "@cachetory/runtime/codegen/v1/core";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());
afterEach(() => vi.restoreAllMocks());

interface Key {
  readonly shop: number;
  readonly id: number;
}

const pattern: KeyPattern = { segments: ["p:", { name: "shop", type: "int" }, ":", { name: "id", type: "int" }] };
const options = {
  name: "price",
  pattern,
  keyText: ({ shop, id }: Key) => fitKey(`p:${intPart(shop, "price.shop")}:${intPart(id, "price.id")}`, pattern),
  serializer: json<number>(),
};

function openPrice(): Cache<Key, number> {
  return new Cache<Key, number>({ ...options, backend: backendFromUrl(`${server.url}?command-timeout=200ms`) });
}

/** What the function wrote, whatever became of the cache. */
const written: number[] = [];

async function setPrice(id: number, priceCents: number): Promise<{ readonly shop: number }> {
  written.push(priceCents);
  return { shop: id % 10 };
}

function settingIn(
  price: Cache<Key, number>,
  onError: "throw" | "warn",
): MutatingFunction<typeof setPrice, { price: Key }> {
  return mutateFunction<typeof setPrice, { price: Key }>(
    "setPrice",
    { price },
    () => setPrice,
    [
      { cache: "price", before: true, keys: ([id]) => [{ shop: 1, id }] },
      { cache: "price", of: "result", parts: (_, { shop }) => [{ shop }] },
    ],
    { onError },
  );
}

test("entries are gone for every process when the call answers", async () => {
  await using price = openPrice();
  await using elsewhere = openPrice();
  const keys = [1, 2, 3].flatMap((shop) => [11, 12].map((id) => ({ shop, id })));
  await elsewhere.setMany(keys.map((key) => [key, 495]));
  expect(await settingIn(price, "throw")(12, 5)).toEqual({ shop: 2 });
  expect([...(await elsewhere.getMany(keys)).keys()]).toEqual([
    { shop: 1, id: 11 },
    { shop: 3, id: 11 },
    { shop: 3, id: 12 },
  ]);
});

test("a server that stops answering costs its timeouts, and no result", async () => {
  await using price = openPrice();
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  await price.ready();
  server.pause();
  try {
    expect(await settingIn(price, "warn")(11, 7)).toEqual({ shop: 1 });
    expect(written.at(-1)).toBe(7);
    expect(warn.mock.calls.map(([, details]) => details)).toContainEqual({
      type: "CachetoryWarning",
      code: "CACHETORY_NOT_INVALIDATED",
    });
    const refused: unknown = await settingIn(price, "throw")(11, 8).catch((reason: unknown) => reason);
    expect(refused).toBeInstanceOf(InvalidationError);
    expect(refused).toMatchObject({ when: "before", cause: { code: "UNAVAILABLE" } });
    expect(written.at(-1)).toBe(7);
  } finally {
    server.resume();
  }
});

test("a server that dies while the function runs leaves its result in the error", async () => {
  await using price = openPrice();
  await price.ready();
  async function setAndDie(): Promise<string> {
    await server.kill();
    return "written";
  }
  const setting = mutateFunction<typeof setAndDie, { price: Key }>(
    "setAndDie",
    { price },
    () => setAndDie,
    [{ cache: "price", before: true, keys: () => [{ shop: 1, id: 1 }] }],
    { onError: "throw" },
  );
  try {
    await expect(setting()).rejects.toMatchObject({
      code: "NOT_INVALIDATED",
      when: "after",
      result: "written",
      cause: { code: "UNAVAILABLE" },
    });
  } finally {
    await server.restart();
  }
});

test("a function without promises has deleted when it returns", async () => {
  await using price = openPrice();
  await price.set({ shop: 1, id: 7 }, 495);
  using sync = new SyncCache<Key, number>({ ...options, backend: syncBackendFromUrl(server.url) });
  const setting = mutateSyncFunction<(id: number) => string, { price: Key }>(
    "setting",
    { price: sync },
    () => (id) => `set ${id}`,
    [{ cache: "price", keys: ([id]) => [{ shop: 1, id }] }],
    { onError: "throw" },
  );
  expect(setting(7)).toBe("set 7");
  expect(await price.has({ shop: 1, id: 7 })).toBe(false);
});
