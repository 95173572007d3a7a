import {
  type Backend,
  Cache,
  CachedSync,
  cached,
  cachedMethod,
  cachedSync,
  json,
  MemoryBackend,
  SyncCache,
} from "@cachetory/runtime";
import { expectTypeOf, test } from "vitest";

interface Product {
  readonly id: number;
}

const backend = new MemoryBackend();
const cache = new SyncCache<string, Product>({ backend, serializer: json() });
const anything = new SyncCache<string, unknown>({ backend, serializer: json() });
const promising = new Cache<string, Product>({ backend, serializer: json() });

test("operations give no promises", () => {
  expectTypeOf(cache.get("a")).toEqualTypeOf<Product | undefined>();
  expectTypeOf(cache.get("a", null)).toEqualTypeOf<Product | null>();
  expectTypeOf(cache.getOrThrow("a")).toEqualTypeOf<Product>();
  expectTypeOf(cache.set("a", { id: 1 })).toEqualTypeOf<boolean>();
  expectTypeOf(cache.getOrSet("a", () => ({ id: 1 }))).toEqualTypeOf<Product>();
  expectTypeOf(cache.getOrSet("a", (): Product | undefined => undefined)).toEqualTypeOf<Product | undefined>();
  expectTypeOf(cache.refresh("a", () => ({ id: 1 }))).toEqualTypeOf<Product>();
  // @ts-expect-error -- a promise is no value
  cache.getOrSet("a", async () => ({ id: 1 }));
  // @ts-expect-error -- nothing can abort a thread that is blocked
  cache.set("a", { id: 1 }, { signal: new AbortController().signal });
  // @ts-expect-error -- a ttl has a unit
  cache.set("a", { id: 1 }, { ttl: 60 });
});

test("a backend has its synchronous face, or may have none", () => {
  new SyncCache<string, Product>({ backend: backend.sync(), serializer: json() });
  new SyncCache<string, Product>({ backend: (): Backend => backend, serializer: json() });
  // @ts-expect-error -- an asynchronous cache needs promises
  new Cache<string, Product>({ backend: backend.sync(), serializer: json() });
});

test("a cached function keeps its type, overloads and type parameters included", () => {
  function find(id: number): Product;
  function find(name: string, strict: true): Product;
  function find(name: string, strict?: boolean): Product | undefined;
  function find(_: number | string): Product | undefined {
    return undefined;
  }
  const found = cachedSync(cache)(find);
  expectTypeOf(found).toExtend<typeof find>();
  expectTypeOf(found(1)).toEqualTypeOf<Product>();
  expectTypeOf(found("tea")).toEqualTypeOf<Product | undefined>();
  expectTypeOf(found.original).toEqualTypeOf<typeof find>();
  const same = cachedSync(cache)(<T extends Product>(product: T): T => product);
  expectTypeOf(same({ id: 1, leaves: "green" })).toEqualTypeOf<{ id: number; leaves: string }>();
  const one = cachedSync(cache)((id: number) => ({ id }));
  expectTypeOf(one.purge).toEqualTypeOf<(id: number) => boolean>();
  expectTypeOf(one.refresh).toEqualTypeOf<(id: number) => { id: number }>();
  expectTypeOf(one.key).toEqualTypeOf<(id: number) => string>();
});

test("caches and functions of the other kind are refused", () => {
  // @ts-expect-error -- the function gives a promise
  cachedSync(cache)(async (id: number): Promise<Product> => ({ id }));
  // @ts-expect-error -- the cache gives promises
  cachedSync(promising);
  // @ts-expect-error -- the cache gives none
  cached(cache);
  // @ts-expect-error -- the cache holds no strings
  cachedSync(cache)((id: number) => `${id}`);
  // @ts-expect-error -- the cache is chosen by a number, the function takes a string
  cachedSync((id: number) => (id > 1 ? cache : null))((id: string) => ({ id: id.length }));
});

test("a decorated method keeps its type", () => {
  class Shop {
    readonly rate = 1;

    @CachedSync(cache, { timeToLive: "10m" })
    find(id: number, _strict?: boolean): Product | undefined {
      return { id };
    }

    @CachedSync(anything)
    same<T>(value: T): T {
      return value;
    }

    @CachedSync(cache, { makeKey: (name, [id]: readonly [number], self: Shop) => `${name}:${self.rate}:${id}` })
    rated(id: number): Product {
      return { id };
    }

    // @ts-expect-error -- the method gives a promise
    @CachedSync(cache)
    async later(id: number): Promise<Product> {
      return { id };
    }
  }
  const shop = new Shop();
  expectTypeOf(shop.find).toEqualTypeOf<(id: number, _strict?: boolean) => Product | undefined>();
  expectTypeOf(shop.same("x" as const)).toEqualTypeOf<"x">();
  expectTypeOf(cachedMethod(shop, "find").refresh).toEqualTypeOf<
    (id: number, _strict?: boolean) => Product | undefined
  >();
  expectTypeOf(cachedMethod(shop, "find").purge).toEqualTypeOf<(id: number, _strict?: boolean) => boolean>();
});
