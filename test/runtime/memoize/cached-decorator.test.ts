import {
  Cache,
  Cached,
  CachetoryError,
  cachedMethod,
  json,
  MemoryBackend,
  type MethodContext,
} from "@cachetory/runtime";
import { beforeEach, describe, expect, test } from "vitest";

// Node 20 cannot parse decorators, so these are applied by hand, as the compiled code would do it.
interface Applied {
  readonly method: (...args: never[]) => Promise<unknown>;
  readonly initialize: (self: object) => void;
}

function apply(
  decorator: (method: never, context: never) => unknown,
  method: (...args: never[]) => Promise<unknown>,
  context: Partial<MethodContext> = {},
): Applied {
  const initializers: ((this: object) => void)[] = [];
  const given = {
    kind: "method",
    name: method.name,
    static: false,
    private: false,
    addInitializer: (initializer: (this: object) => void) => void initializers.push(initializer),
    ...context,
  };
  return {
    method: decorator(method as never, given as never) as Applied["method"],
    initialize: (self) => {
      for (const initializer of initializers) initializer.call(self);
    },
  };
}

let cache: Cache<string, number>;

beforeEach(() => {
  cache = new Cache<string, number>({ serializer: json(), backend: new MemoryBackend() });
});

/** `class Shop { @decorator async priceOf(id) { … } }` */
function makeShop(decorator: (method: never, context: never) => unknown) {
  class Shop {
    rate = 1;
    calls = 0;
    constructor() {
      applied.initialize(this);
    }
    async priceOf(id: number): Promise<number> {
      this.calls += 1;
      return id * this.rate;
    }
  }
  const applied = apply(decorator, Shop.prototype.priceOf);
  Object.defineProperty(Shop.prototype, "priceOf", { value: applied.method, configurable: true, writable: true });
  return Shop;
}

describe("a decorated method", () => {
  test("is called once for the same arguments, with its this", async () => {
    const shop = new (makeShop(Cached(cache)))();
    shop.rate = 3;
    expect([await shop.priceOf(2), await shop.priceOf(2)]).toEqual([6, 6]);
    expect(shop.calls).toBe(1);
  });

  test("has keys that begin with Class#method", async () => {
    await new (makeShop(Cached(cache)))().priceOf(2);
    expect(await cache.get("Shop#priceOf:2")).toBe(2);
  });

  test("shares its entries among instances, unless makeKey tells them apart", async () => {
    const Shop = makeShop(Cached(cache));
    const [one, two] = [new Shop(), new Shop()];
    two.rate = 5;
    expect([await one.priceOf(1), await two.priceOf(1)]).toEqual([1, 1]);

    const makeKey = (name: string, args: readonly unknown[], self: { rate: number }): string =>
      `${name}:${self.rate}:${args[0]}`;
    const Other = makeShop(Cached(cache, { makeKey }));
    const [cheap, dear] = [new Other(), new Other()];
    dear.rate = 5;
    expect([await cheap.priceOf(1), await dear.priceOf(1)]).toEqual([1, 5]);
    expect(await cache.get("Shop#priceOf:5:1")).toBe(5);
  });

  test("has the name of the class that declares it, on instances of a subclass too, whichever comes first", async () => {
    const Shop = makeShop(Cached(cache));
    class Outlet extends Shop {}
    class Override extends Shop {
      override priceOf(id: number): Promise<number> {
        return super.priceOf(id + 1);
      }
    }
    await new Override().priceOf(1);
    await new Outlet().priceOf(3);
    expect([await cache.get("Shop#priceOf:2"), await cache.get("Shop#priceOf:3")]).toEqual([2, 3]);
  });

  test("does not meet a method of the same name in another class", async () => {
    class Bakery {
      async priceOf(id: number): Promise<number> {
        return id * 100;
      }
    }
    const applied = apply(Cached(cache), Bakery.prototype.priceOf);
    Object.defineProperty(Bakery.prototype, "priceOf", { value: applied.method });
    expect([await new (makeShop(Cached(cache)))().priceOf(1), await new Bakery().priceOf(1)]).toEqual([1, 100]);
    expect(await cache.has("Bakery#priceOf:1")).toBe(true);
  });

  test("takes the name that it is given", async () => {
    await new (makeShop(Cached(cache, { name: "price" })))().priceOf(2);
    expect(await cache.get("price:2")).toBe(2);
  });
});

describe("a static method", () => {
  test("has keys that begin with Class.method, apart from those of a method of instances", async () => {
    const Shop = Object.assign(makeShop(Cached(cache)), {
      async priceOf(this: unknown, id: number): Promise<number> {
        expect(this).toBe(Shop);
        return id * 7;
      },
    });
    const applied = apply(Cached(cache), Shop.priceOf, { static: true });
    Shop.priceOf = applied.method as typeof Shop.priceOf;
    applied.initialize(Shop);
    expect([await Shop.priceOf(1), await new Shop().priceOf(1)]).toEqual([7, 1]);
    expect(await cache.get("Shop.priceOf:1")).toBe(7);
  });
});

describe("purge, refresh and key", () => {
  test("stand on the method", async () => {
    const shop = new (makeShop(Cached(cache)))();
    const method = shop.priceOf as typeof shop.priceOf & { key(id: number): string; purge(id: number): unknown };
    await shop.priceOf(1);
    expect(method.key(1)).toBe("Shop#priceOf:1");
    expect(await method.purge(1)).toBe(true);
    expect(await method.purge(1)).toBe(false);
  });

  test("have their owner as this through cachedMethod", async () => {
    const makeKey = (_: string, [id]: readonly unknown[], self: { rate: number }): string => `${self.rate}:${id}`;
    const Shop = makeShop(Cached(cache, { makeKey }));
    const shop = new Shop();
    shop.rate = 9;
    const priceOf = cachedMethod(shop, "priceOf");
    expect(await priceOf.refresh(2)).toBe(18);
    expect(await cache.get(priceOf.key(2))).toBe(18);
    expect(await priceOf.purge(2)).toBe(true);
    expect(await priceOf.original.call(shop, 3)).toBe(27);
  });

  test("cachedMethod refuses what is not cached", () => {
    expect(() => cachedMethod({ plain: () => 1 }, "plain")).toThrow(
      new CachetoryError(
        "INVALID_OPTION",
        "plain is no cached method. Decorate it with Cached or CachedSync, above all other decorators.",
      ),
    );
  });

  test("before there is an instance do not guess the name of the class", () => {
    const Shop = makeShop(Cached(cache));
    expect(() => (Shop.prototype.priceOf as unknown as { key(id: number): string }).key(1)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringContaining("there is no instance yet") }),
    );
  });
});

describe("refused is", () => {
  async function method(id: number): Promise<number> {
    return id;
  }
  const refused = (context: object | string): unknown => {
    try {
      return Cached(cache)(method, context as MethodContext);
    } catch (error) {
      return error;
    }
  };

  test("a getter, a field, a class", () => {
    const message = "Cached is for methods alone. It is a standard decorator: experimentalDecorators must be off.";
    for (const kind of ["getter", "field", "class"]) {
      expect(refused({ kind, name: "x" })).toEqual(new CachetoryError("INVALID_OPTION", message));
    }
  });

  test("a compiler that calls it as a decorator of before the standard", () => {
    expect(refused("method")).toMatchObject({ code: "INVALID_OPTION" });
  });

  test("a private or symbol-named method without a name", () => {
    const privately = { kind: "method", name: "#method", static: false, private: true, addInitializer: () => {} };
    expect(refused(privately)).toEqual(
      new CachetoryError("INVALID_OPTION", "Cached needs a name for the keys of #method: give name."),
    );
    expect(refused({ ...privately, name: Symbol.iterator, private: false })).toMatchObject({ code: "INVALID_OPTION" });
  });

  test("a method of a class without a name, when it is called", async () => {
    const shop = new (class {
      method = apply(Cached(cache), method).method;
    })();
    await expect(shop.method(1 as never)).rejects.toMatchObject({ code: "INVALID_OPTION" });
  });
});
