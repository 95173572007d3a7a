import { Cache, json, tag } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

interface Product {
  readonly name: string;
}

const old: Product = { name: "old" };

let backend: ControlledBackend;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  backend = new ControlledBackend({ isShared: true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Caches whose entries have a tag for their id, which they share. */
function cacheOf(
  name: string,
  recovery: boolean | { maxKeys: number } = true,
): Cache<{ readonly id: string }, Product> {
  return new Cache({
    name,
    backend,
    serializer: json(),
    prefix: "app:",
    pattern: { segments: [`${name}:`, { name: "id", type: "string" }] },
    keyText: ({ id }) => `${name}:${id}`,
    ttl: "1h",
    maxTtl: "1h",
    closesBackend: false,
    recovery,
    tags: { ofKey: ({ id }) => [tag("product", id)] },
  });
}

const dead = ["get", "getMany", "set", "setMany", "setManyIfAbsent", "delete", "deleteMany", "clear"] as const;

describe("tags that were invalidated while the backend did not answer", () => {
  test("are invalid when it does, also where more keys wait than may", async () => {
    const [products, prices] = [cacheOf("products", { maxKeys: 2 }), cacheOf("prices", false)];
    await products.set({ id: "7" }, old);
    await prices.set({ id: "7" }, old);
    await prices.set({ id: "8" }, old);
    backend.fail(...dead);
    await products.invalidateTags(tag("product", "7"));
    await products.deleteMany(["1", "2", "3"].map((id) => ({ id })));
    backend.heal();
    await vi.advanceTimersByTimeAsync(100);
    expect(await products.get({ id: "7" })).toBeUndefined();
    expect(await prices.get({ id: "7" })).toBeUndefined();
    expect(await prices.get({ id: "8" })).toEqual(old);
  });

  test("are invalid for all caches of the process before they are in the backend", async () => {
    const [products, prices] = [cacheOf("products"), cacheOf("prices")];
    await prices.set({ id: "7" }, old);
    await prices.set({ id: "8" }, old);
    await products.get({ id: "7" });
    backend.fail(...dead);
    await products.invalidateTags(tag("product", "7"));
    backend.heal();
    expect(await prices.get({ id: "7" })).toBeUndefined();
    await vi.advanceTimersByTimeAsync(100);
    expect(await prices.get({ id: "8" })).toEqual(old);
    await prices.set({ id: "7" }, { name: "new" });
    expect(await prices.get({ id: "7" })).toEqual({ name: "new" });
  });

  test("are invalid for caches whose keys are strings as well", async () => {
    const [products, prices] = ["products", "prices"].map(
      (name) =>
        new Cache<string, Product>({
          name,
          backend,
          serializer: json(),
          prefix: `app:`,
          ttl: "1h",
          maxTtl: "1h",
          closesBackend: false,
          recovery: { maxKeys: 1 },
          tags: { ofKey: (key) => [tag("product", key.slice(-1))] },
        }),
    );
    if (products === undefined || prices === undefined) throw new Error("There are two.");
    await prices.set("price:7", old);
    await products.get("product:7");
    backend.fail(...dead);
    await products.invalidateTags(tag("product", "7"));
    await products.deleteMany(["a", "b", "c"]);
    backend.heal();
    expect(await prices.get("price:7")).toBeUndefined();
  });

  test("are nobody's affair when the cache is closed that was to tell the backend", async () => {
    const [products, prices] = [cacheOf("products"), cacheOf("prices")];
    await prices.set({ id: "7" }, old);
    await products.get({ id: "7" });
    backend.fail(...dead);
    await products.invalidateTags(tag("product", "7"));
    const closed = products.close();
    await vi.advanceTimersByTimeAsync(1000);
    await closed;
    backend.heal();
    // It was given up, and told so.
    expect(await prices.get({ id: "7" })).toEqual(old);
  });

  test("do not wait where there are too many, for nothing less would do", async () => {
    const products = cacheOf("products");
    await products.set({ id: "7" }, old);
    backend.fail(...dead);
    const tags = Array.from({ length: 100_000 }, (_, id) => tag("product", `${id}`));
    await expect(products.invalidateTags(...tags)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

describe("a value that could not be stored, for its tags were not known", () => {
  test.each([
    ["set", (products: ReturnType<typeof cacheOf>) => products.set({ id: "7" }, { name: "new" })],
    ["setMany", (products: ReturnType<typeof cacheOf>) => products.setMany([[{ id: "7" }, { name: "new" }]])],
    [
      "a setMany of more than one chunk",
      (products: ReturnType<typeof cacheOf>) =>
        products.setMany(Array.from({ length: 600 }, (_, id) => [{ id: `${id}` }, { name: "new" }] as const)),
    ],
  ])("takes the old one away: %s", async (_, store) => {
    const products = cacheOf("products");
    await products.set({ id: "7" }, old);
    await products.set({ id: "none" }, old);
    backend.fail(...dead);
    await expect(store(products)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    backend.heal();
    expect(await products.get({ id: "7" })).toBeUndefined();
    expect(await products.get({ id: "none" })).toEqual(old);
    await vi.advanceTimersByTimeAsync(100);
    expect(await backend.memory.has("app:products:7")).toBe(false);
  });

  test("leaves what is there where it was to be stored in place of nothing", async () => {
    const products = cacheOf("products");
    await products.set({ id: "7" }, old);
    backend.fail(...dead);
    const stored = products.set({ id: "7" }, { name: "new" }, { ifNotExists: true });
    await expect(stored).rejects.toMatchObject({ code: "UNAVAILABLE" });
    backend.heal();
    expect(await products.get({ id: "7" })).toEqual(old);
  });
});

test("what waits to be deleted keeps nobody from asking for the rest of many", async () => {
  const cache = new Cache<{ readonly tenant: string; readonly id: number }, number>({
    name: "items",
    backend,
    serializer: json(),
    prefix: "app:",
    pattern: {
      segments: ["items:", { name: "tenant", type: "string" }, ":", { name: "id", type: "int" }],
    },
    keyText: ({ tenant, id }) => `items:${tenant}:${id}`,
    recovery: true,
  });
  const keysOf = (tenant: string): { readonly tenant: string; readonly id: number }[] =>
    Array.from({ length: 4_500 }, (_, id) => ({ tenant, id }));
  await cache.setMany([...keysOf("1"), ...keysOf("2")].map((key) => [key, key.id] as const));
  backend.fail("clear");
  await cache.clear({ tenant: "1" });
  expect((await cache.getMany([...keysOf("1"), ...keysOf("2")])).size).toBe(4_500);
});
