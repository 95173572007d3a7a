import {
  bytes,
  Cache,
  type CacheOptions,
  chain,
  json,
  LayeredBackend,
  type LiveValues,
  MemoryBackend,
  offload,
  onCacheEvent,
  zlib,
} from "@cachetory/runtime";
import { describe, expect, test } from "vitest";
import { until } from "../../support/until.ts";
import { ToldBackend } from "./told-backend.ts";

interface Basket {
  items: string[];
}

const copy = (value: unknown): unknown => structuredClone(value);
const frozen = (value: unknown): unknown => Object.freeze(structuredClone(value));

function open<V>(options: Pick<CacheOptions<string, V>, "serializer" | "live" | "offload">): {
  readonly cache: Cache<string, V>;
  readonly far: ToldBackend;
} {
  const far = new ToldBackend();
  const cache = new Cache<string, V>({
    ...options,
    name: "baskets",
    backend: new LayeredBackend({ near: new MemoryBackend(), far }),
    prefix: "t:",
  });
  return { cache, far };
}

async function openWith<V>(
  value: V,
  options: Pick<CacheOptions<string, V>, "serializer" | "live" | "offload">,
): Promise<ReturnType<typeof open<V>>> {
  const opened = open<V>(options);
  await opened.cache.ready();
  opened.far.open();
  await opened.cache.set("a", value);
  return opened;
}

describe("a value that is near", () => {
  const openBasket = (live: LiveValues | undefined): ReturnType<typeof openWith<Basket>> =>
    openWith<Basket>({ items: ["one"] }, { serializer: json(), live });

  test.each<[string, LiveValues | undefined]>([
    ["kept as it is", { size: () => 100, keep: copy, give: copy }],
    ["kept as what the serializer makes", undefined],
  ])("is not what any reader changes, whether it is %s", async (_, live) => {
    const { cache } = await openBasket(live);
    for (const _ of [1, 2, 3]) (await cache.get("a"))?.items.push("mine");
    cache.peek("a")?.items.push("mine");
    (await cache.getMany(["a", "a"])).get("a")?.items.push("mine");
    expect(cache.peek("a")).toEqual({ items: ["one"] });
  });

  test("is one frozen value for all readers, the first included, where it is frozen", async () => {
    const { cache } = await openBasket({ size: () => 100, keep: frozen });
    const first = await cache.get("a");
    expect(Object.isFrozen(first)).toBe(true);
    expect(cache.peek("a")).toBe(first);
  });

  test("is one value for all readers where it is shared", async () => {
    const { cache } = await openBasket({ size: () => 100 });
    expect(cache.peek("a")).toBeUndefined();
    const first = await cache.get("a");
    expect(cache.peek("a")).toBe(first);
  });

  test("is what the serializer makes where the value itself cannot be kept", async () => {
    const { cache, far } = await openBasket({ size: () => Number.NaN, keep: copy, give: copy });
    const first = await cache.get("a");
    expect(cache.peek("a")).toEqual(first);
    expect(cache.peek("a")).not.toBe(first);
    expect(far.questions).toBe(1);
  });

  test("holds no more than its own bytes of what came over the network", async () => {
    const near = new MemoryBackend();
    const far = new ToldBackend();
    const cache = new Cache<string, Uint8Array>({
      backend: new LayeredBackend({ near, far }),
      serializer: bytes(),
    });
    await cache.ready();
    far.open();
    const slab = new Uint8Array(64 * 1024);
    await far.memory.set("a", slab.subarray(10, 20), {});
    const found = await cache.get("a");
    found?.fill(7);
    expect(cache.peek("a")).toEqual(new Uint8Array(10));
    expect(near.bytes).toBeLessThan(1000);
  });

  test("may be null, which is a value", async () => {
    const { cache, far } = await openWith<Basket | null>(null, { serializer: json() });
    expect(await cache.get("a", "nothing")).toBeNull();
    expect(cache.peek("a")).toBeNull();
    expect(await cache.getOrThrow("a")).toBeNull();
    expect([...(await cache.getMany(["a"])).values()]).toEqual([null]);
    expect(far.questions).toBe(1);
  });

  test("is decoded in worker threads where it is offloaded, and is not asked for again", async () => {
    const { cache, far } = await openWith<Basket>(
      { items: ["one".repeat(1000)] },
      { serializer: chainOf(), offload: offload({ minBytes: 0 }) },
    );
    const read = await cache.get("a");
    const { questions } = far;
    expect(await cache.get("a")).toEqual(read);
    expect([...(await cache.getMany(["a"])).values()]).toEqual([read]);
    expect(far.questions).toBe(questions);
    expect(cache.peek("a")).toBeUndefined();
  });
});

describe("a value that is near while a change of it has not been sent yet", () => {
  const [old, changed] = [{ items: ["old".repeat(1000)] }, { items: ["new".repeat(1000)] }];

  test("is not read any more, where thousands are stored in several steps", async () => {
    const { cache } = await openWith<Basket>(old, { serializer: json() });
    await cache.get("a");
    const others = Array.from({ length: 600 }, (_, index): [string, Basket] => [`other${index}`, changed]);
    const stored = cache.setMany([...others, ["a", changed]]);
    expect(cache.peek("a")).toBeUndefined();
    const reads = [cache.get("a"), cache.getOrSet("a", () => old), cache.getMany(["a"]).then((hits) => hits.get("a"))];
    expect(await Promise.all(reads)).toEqual([changed, changed, changed]);
    await stored;
    expect(await cache.get("a")).toEqual(changed);
  });

  test("is not read any more, where it is made by a worker thread", async () => {
    const { cache } = await openWith<Basket>(old, { serializer: chainOf(), offload: offload({ minBytes: 0 }) });
    await cache.get("a");
    const stored = cache.set("a", changed);
    expect(await cache.get("a")).toEqual(changed);
    await stored;
    expect(await cache.get("a")).toEqual(changed);
  });

  test("nor is what was being read before", async () => {
    const { cache } = await openWith<Basket>(old, { serializer: chainOf(), offload: offload({ minBytes: 0 }) });
    const before = cache.get("a");
    const stored = cache.set("a", changed);
    expect(await before).toEqual(old);
    expect(await cache.get("a")).toEqual(changed);
    await stored;
    expect(await cache.get("a")).toEqual(changed);
  });
});

function chainOf(): CacheOptions<string, Basket>["serializer"] {
  return chain(json<Basket>(), zlib());
}

describe("a value that is near and no longer fresh", () => {
  test("is hidden from get, and served by getOrSet while it is refreshed", async () => {
    const far = new ToldBackend();
    const cache = new Cache<string, number>({
      backend: new LayeredBackend({ near: new MemoryBackend(), far }),
      serializer: json(),
      ttl: { ms: 200 },
      stale: { whileRevalidate: "1m" },
    });
    await cache.ready();
    far.open();
    await cache.set("a", 1);
    await cache.get("a");
    const { questions } = far;
    await until("it is not fresh any more", async () => cache.peek("a") === undefined);
    expect(await cache.get("a")).toBeUndefined();
    expect(await cache.getOrSet("a", () => 2)).toBe(1);
    // It was near all the time.
    expect(far.questions).toBe(questions);
    await until("it is refreshed", async () => (await cache.get("a")) === 2);
  });
});

describe("of many keys", () => {
  const openNumbers = async (): Promise<ReturnType<typeof open<number>>> => {
    const opened = await openWith<number>(1, { serializer: json() });
    await opened.cache.get("a");
    await opened.far.memory.set("t:b", "2", {});
    return opened;
  };

  test("what is near waits for nothing that is far", async () => {
    const { cache, far } = await openNumbers();
    const answer = far.holdAnswers();
    const many = cache.getOrSetMany(["a", "b", "c"], (keys) => keys.map(() => 3));
    const batch = cache.batch((keys) => keys.map(() => 3));
    const batched = [batch.get("a"), batch.get("b")];
    expect(await cache.getOrSet("a", () => 4)).toBe(1);
    expect(await batched[0]).toBe(1);
    expect(far.questions).toBe(2);
    answer();
    expect([...(await many)]).toEqual([
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ]);
    expect(await batched[1]).toBe(2);
  });

  test("all are found near, however many there are, and others have their turn meanwhile", async () => {
    const { cache, far } = await openNumbers();
    const keys = Array.from({ length: 2500 }, (_, index) => `k${index}`);
    await cache.setMany(keys.map((key, index) => [key, index] as const));
    await cache.getMany(keys);
    const { questions } = far;
    let hadTurn = false;
    setImmediate(() => {
      hadTurn = true;
    });
    const found = await cache.getOrSetMany(keys, () => []);
    expect([...found.values()]).toEqual(keys.map((_, index) => index));
    expect(far.questions).toBe(questions);
    expect(hadTurn).toBe(true);
  });
});

describe("events", () => {
  test("say in which layer a value was", async () => {
    const { cache, far } = await openWith<Basket>({ items: [] }, { serializer: json() });
    await far.memory.set("t:b", '{"items":[]}', {});
    const told: (readonly [string, string | undefined])[] = [];
    const stop = onCacheEvent("hit", ({ operation, layer }) => void told.push([operation, layer]));
    await cache.get("a");
    await cache.get("a");
    cache.peek("a");
    await cache.getOrThrow("a");
    await cache.getMany(["a", "b"]);
    await cache.getOrSet("a", () => ({ items: [] }));
    await cache.set("a", { items: [] });
    await cache.getOrSet("a", () => ({ items: [] }));
    await cache.set("b", { items: [] });
    await cache.getOrSetMany(["a", "b"], () => []);
    stop();
    expect(told).toEqual([
      ["get", "far"],
      ["get", "near"],
      ["peek", "near"],
      ["getOrThrow", "near"],
      ["getMany", "near"],
      ["getMany", "far"],
      ["getOrSet", "near"],
      ["getOrSet", "far"],
      ["getOrSetMany", "near"],
      ["getOrSetMany", "far"],
    ]);
  });
});
