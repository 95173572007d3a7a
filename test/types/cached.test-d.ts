import { Cache, Cached, cached, cachedMethod, json, MemoryBackend } from "@cachetory/runtime";
import { expectTypeOf, test } from "vitest";

interface Product {
  readonly id: number;
}

interface Tea extends Product {
  readonly leaves: string;
}

const cache = new Cache<string, Product>({ backend: new MemoryBackend(), serializer: json() });
const anything = new Cache<string, unknown>({ backend: new MemoryBackend(), serializer: json() });

test("a function that gives a promise keeps its overloads", () => {
  async function find(id: number): Promise<Product>;
  async function find(name: string, strict: true): Promise<Product>;
  async function find(name: string, strict?: boolean): Promise<Product | undefined>;
  async function find(_: number | string): Promise<Product | undefined> {
    return undefined;
  }
  const found = cached(cache)(find);
  expectTypeOf(found).toExtend<typeof find>();
  expectTypeOf(found(1)).resolves.toEqualTypeOf<Product>();
  expectTypeOf(found("tea", true)).resolves.toEqualTypeOf<Product>();
  expectTypeOf(found("tea")).resolves.toEqualTypeOf<Product | undefined>();
  // The last overload is all that can be had of the parameters.
  expectTypeOf(found.purge).parameters.toEqualTypeOf<[name: string, strict?: boolean | undefined]>();
  expectTypeOf(found.original).toEqualTypeOf<typeof find>();
});

test("a function that gives a promise keeps its type parameters", () => {
  const same = cached(cache)(async <T extends Product>(product: T): Promise<T> => product);
  expectTypeOf(same({ id: 1, leaves: "green" })).resolves.toEqualTypeOf<{ id: number; leaves: string }>();
  expectTypeOf(same<Tea>).returns.resolves.toEqualTypeOf<Tea>();
  expectTypeOf(same.refresh).returns.resolves.toEqualTypeOf<Product>();
  // @ts-expect-error -- the id is a number
  same({ id: "1" });
});

test("what a function gives is checked as a value of the cache", () => {
  const kinds = new Cache<string, { kind: "a" | "b" }>({ backend: new MemoryBackend(), serializer: json() });
  const kindOf = cached(kinds)(async (id: number) => ({ kind: id > 1 ? "a" : "b" }));
  expectTypeOf(kindOf(1)).resolves.toExtend<{ kind: "a" | "b" }>();
  const one = cached(kinds)((_: number) => ({ kind: "a" }));
  expectTypeOf(one(1)).resolves.toExtend<{ kind: "a" | "b" }>();
});

test("a function keeps its this", () => {
  const shop = {
    rate: 1,
    find: cached(cache)(async function find(this: { rate: number }, id: number): Promise<Product> {
      return { id: id * this.rate };
    }),
  };
  expectTypeOf(shop.find(1)).resolves.toEqualTypeOf<Product>();
  const { find } = shop;
  // @ts-expect-error -- without its this
  find(1);
});

test("a function that answers at once becomes one that promises", () => {
  const found = cached(cache)((id: number, _strict = false) => ({ id }));
  expectTypeOf(found).parameters.toEqualTypeOf<[id: number, _strict?: boolean | undefined]>();
  expectTypeOf(found).returns.toEqualTypeOf<Promise<{ id: number }>>();
  const both = cached(cache)((id: number): Product | Promise<Product> => ({ id }));
  expectTypeOf(both).returns.toEqualTypeOf<Promise<Product>>();
});

test("purge, refresh and key take the parameters", () => {
  const found = cached(cache)(async (id: number): Promise<Product> => ({ id }));
  expectTypeOf(found.purge).toEqualTypeOf<(id: number) => Promise<boolean>>();
  expectTypeOf(found.refresh).toEqualTypeOf<(id: number) => Promise<Product>>();
  expectTypeOf(found.key).toEqualTypeOf<(id: number) => string>();
  // @ts-expect-error -- the id is a number
  found.key("1");
});

test("makeKey and the choice of a cache see a this that the function has", () => {
  const makeKey = (_: string, [id]: [number], self: { rate: number }): string => `${self.rate}:${id}`;
  cached(cache, { makeKey })(async function find(this: { rate: number }, id: number): Promise<Product> {
    return { id };
  });
  // @ts-expect-error -- this function has no this of that type
  cached(cache, { makeKey })(async (id: number): Promise<Product> => ({ id }));
});

test("a decorated method keeps its type", () => {
  class Shop {
    readonly rate = 1;

    @Cached(cache, { timeToLive: "10m" })
    async find(id: number, _strict?: boolean): Promise<Product | undefined> {
      return { id };
    }

    @Cached(anything)
    async same<T>(value: T): Promise<T> {
      return value;
    }

    @Cached(cache, { makeKey: (name, [id]: readonly [number], self: Shop) => `${name}:${self.rate}:${id}` })
    async rated(id: number): Promise<Product> {
      return { id };
    }

    @Cached(function (this: Shop) {
      return this.rate > 1 ? cache : null;
    })
    async chosen(id: number): Promise<Product> {
      return { id };
    }

    @Cached(cache)
    static async best(): Promise<Product> {
      return { id: 1 };
    }

    @Cached(cache, { name: "secret" })
    async #secret(): Promise<Product> {
      return { id: 1 };
    }

    secret(): Promise<Product> {
      return this.#secret();
    }

    // @ts-expect-error -- the cache holds no strings
    @Cached(cache)
    async named(id: number): Promise<string> {
      return `${id}`;
    }

    // @ts-expect-error -- a decorator cannot let a method promise
    @Cached(cache)
    atOnce(id: number): Product {
      return { id };
    }

    // @ts-expect-error -- the key is made of a string
    @Cached(cache, { makeKey: (_name, [name]: readonly [string]) => name })
    async other(id: number): Promise<Product> {
      return { id };
    }

    // @ts-expect-error -- the key is made for methods of another class
    @Cached(cache, { makeKey: (_name, [id]: readonly [number], self: { city: string }) => `${self.city}${id}` })
    async elsewhere(id: number): Promise<Product> {
      return { id };
    }

    // @ts-expect-error -- a field is no method
    @Cached(cache)
    field = async (id: number): Promise<Product> => ({ id });
  }
  const shop = new Shop();
  expectTypeOf(shop.find).toEqualTypeOf<(id: number, _strict?: boolean) => Promise<Product | undefined>>();
  expectTypeOf(shop.same("x" as const)).resolves.toEqualTypeOf<"x">();
  expectTypeOf(cachedMethod(shop, "find").refresh).toEqualTypeOf<
    (id: number, _strict?: boolean) => Promise<Product | undefined>
  >();
  expectTypeOf(cachedMethod(Shop, "best").purge).toEqualTypeOf<() => Promise<boolean>>();
  // @ts-expect-error -- there is no such method
  cachedMethod(shop, "lost");
  // @ts-expect-error -- a rate is not called
  cachedMethod(shop, "rate").purge();
});
