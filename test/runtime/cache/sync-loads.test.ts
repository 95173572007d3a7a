import { type Backend, json, MemoryBackend, SyncCache, type SyncLoadOptions } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { beforeEach, describe, expect, test } from "vitest";

let backend: ControlledBackend;
let cache: SyncCache<string, number>;

beforeEach(() => {
  backend = new ControlledBackend({ now: () => 1_000_000 });
  cache = new SyncCache<string, number>({ name: "numbers", backend, serializer: json(), ttl: "1m" });
});

const fail = (message: string): never => {
  throw new Error(message);
};

describe("getOrSet of a SyncCache", () => {
  test("loads what is missing, stores it with the cache's ttl, and answers from the cache then", () => {
    expect(cache.getOrSet("a", (key) => key.length)).toBe(1);
    expect(cache.ttl("a")).toBe(60_000);
    expect(cache.getOrSet("a", () => 99)).toBe(1);
  });

  test("throws the loader's error, and does not store it", () => {
    expect(() => cache.getOrSet("a", () => fail("origin"))).toThrow("origin");
    expect(cache.getOrSet("a", () => 1)).toBe(1);
  });

  test("undefined is answered and not stored", () => {
    expect(cache.getOrSet("a", () => undefined)).toBeUndefined();
    expect(cache.getOrSet("a", () => 2)).toBe(2);
  });

  test.each<[string, SyncLoadOptions<number>, number | "forever" | undefined]>([
    ["a ttl", { ttl: "10s" }, 10_000],
    ["a ttl of the value", { ttl: (value) => (value === 5 ? "forever" : "1s") }, "forever"],
    ["a ttl that is over", { ttl: "0s" }, undefined],
    ["a condition that it fails", { storeIf: (value) => value !== 5 }, undefined],
  ])("stores with %s", (_, options, ttl) => {
    expect(cache.getOrSet("a", () => 5, options)).toBe(5);
    expect(cache.ttl("a")).toBe(ttl);
  });

  test("a ttl that is none is told before anything is loaded", () => {
    expect(() => cache.getOrSet("a", () => fail("loaded"), { ttl: "soon" as never })).toThrow(
      expect.objectContaining({ code: "INVALID_DURATION" }),
    );
  });

  test("what somebody else stored during the load stays, unless it may be replaced", async () => {
    const elsewhere = (value: number) => (): number => {
      backend.memory.sync().set("a", "100", {});
      return value;
    };
    expect(cache.getOrSet("a", elsewhere(1))).toBe(1);
    expect(cache.get("a")).toBe(100);
    cache.delete("a");
    expect(cache.getOrSet("a", elsewhere(2), { ifNotExists: false })).toBe(2);
    expect(cache.get("a")).toBe(2);
  });

  test("an entry that cannot be read is replaced", () => {
    backend.memory.sync().set("a", "no JSON", {});
    expect(cache.getOrSet("a", () => 7)).toBe(7);
    expect(cache.get("a")).toBe(7);
  });

  test.each<[string, () => unknown, number | undefined]>([
    ["set", () => cache.set("a", 100), 100],
    ["setMany", () => cache.setMany({ a: 100 }), 100],
    ["delete", () => cache.delete("a"), undefined],
    ["deleteMany", () => cache.deleteMany(["a"]), undefined],
    ["take", () => cache.take("a"), undefined],
    ["clear", () => cache.clear(), undefined],
    ["expireIn", () => cache.expireIn("a", "1s"), undefined],
    ["expireAt", () => cache.expireAt("a", new Date(0)), undefined],
    ["touch", () => cache.touch("a"), undefined],
  ])("%s by the loader wins: the load is answered, not stored", (_, change, left) => {
    const loader = (): number => {
      change();
      return 1;
    };
    expect(cache.getOrSet("a", loader)).toBe(1);
    expect(cache.get("a")).toBe(left);
    cache.delete("a");
    expect(cache.refresh("a", loader)).toBe(1);
    expect(cache.get("a")).toBe(left);
    cache.delete("a");
    expect(cache.getOrSetMany(["a"], () => [loader()]).get("a")).toBe(1);
    expect(cache.get("a")).toBe(left);
  });

  test("a dry run, or a change of other keys, by the loader does not keep it from storing", () => {
    const loader = (): number => {
      cache.clear(undefined, { dryRun: true });
      cache.set("b", 2);
      return 1;
    };
    cache.getOrSet("a", loader);
    expect(cache.get("a")).toBe(1);
  });

  test("a value that cannot be stored is answered all the same", () => {
    const values = new SyncCache<string, unknown>({ backend: new MemoryBackend(), serializer: json() });
    expect(values.getOrSet("a", () => 1n)).toBe(1n);
    expect(() => values.refresh("a", () => 1n)).toThrow(expect.objectContaining({ code: "INVALID_VALUE" }));
  });

  test("a loader that gives a promise is refused", () => {
    const promise = (): never => Promise.reject(new Error("nobody waits")) as never;
    const refused = expect.objectContaining({ code: "INVALID_VALUE", message: expect.stringContaining("numbers") });
    expect(() => cache.getOrSet("a", promise)).toThrow(refused);
    expect(() => cache.refresh("a", promise)).toThrow(refused);
    expect(() => cache.getOrSetMany(["a"], promise)).toThrow(refused);
  });
});

describe("a loader that asks for its own key", () => {
  const recursive = expect.objectContaining({ code: "RECURSIVE_LOAD", message: expect.stringContaining("numbers") });

  test("is refused, however it asks", () => {
    const loader = (): number => cache.getOrSet("a", loader);
    expect(() => cache.getOrSet("a", loader)).toThrow(recursive);
    expect(() => cache.refresh("a", loader)).toThrow(recursive);
    expect(() => cache.getOrSet("a", () => cache.refresh("a", () => 1))).toThrow(recursive);
    expect(() => cache.getOrSet("a", () => cache.getOrSetMany(["b", "a"], () => [1, 2]).size)).toThrow(recursive);
    expect(() => cache.getOrSetMany(["b", "a"], () => [1, loader()])).toThrow(recursive);
  });

  test("is refused where it goes round through another key", () => {
    const one = (): number => cache.getOrSet("b", two);
    const two = (): number => cache.getOrSet("a", one);
    expect(() => cache.getOrSet("a", one)).toThrow(recursive);
  });

  test("is refused where it has deleted the key before", () => {
    const loader = (): number => {
      cache.delete("a");
      return cache.getOrSet("a", loader);
    };
    expect(() => cache.getOrSet("a", loader)).toThrow(recursive);
  });

  test("may read it, load others, and load it again later", () => {
    expect(cache.getOrSet("a", () => cache.get("a", 5) + cache.getOrSet("b", () => 2))).toBe(7);
    cache.delete("a");
    expect(() => cache.getOrSet("a", () => fail("origin"))).toThrow("origin");
    expect(cache.getOrSet("a", () => 1)).toBe(1);
  });
});

describe("getOrSetMany of a SyncCache", () => {
  test("asks for what is missing in one call, and stores it", () => {
    cache.set("b", 2);
    const asked: unknown[] = [];
    const hits = cache.getOrSetMany(["a", "b", "c", "a"], (keys) => {
      asked.push(keys);
      return new Map([["a", 1]]);
    });
    expect(asked).toEqual([["a", "c"]]);
    expect([...hits]).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
    expect(cache.get("a")).toBe(1);
    expect(cache.getOrSetMany(["a", "b"], () => fail("loaded")).size).toBe(2);
  });

  test("stops to store where the backend does not take it: each would cost a timeout", () => {
    backend.fail("set");
    expect([...cache.getOrSetMany(["a", "b", "c"], (keys) => keys.map(() => 1)).keys()]).toEqual(["a", "b", "c"]);
    expect(backend.calls).toEqual(["getMany", "set"]);
  });
});

describe("a SyncCache whose backend is down", () => {
  beforeEach(() => {
    cache.set("a", 1);
    backend.calls.length = 0;
    const operations = [
      "ready",
      "get",
      "getMany",
      "set",
      "setMany",
      "has",
      "ttl",
      "take",
      "delete",
      "deleteMany",
    ] as const;
    backend.fail(...operations, "clear", "expireIn", "expireAt");
  });

  test("answers reads with misses", () => {
    expect([cache.get("a", -1), cache.has("a"), cache.ttl("a")]).toEqual([-1, false, undefined]);
    expect(cache.getMany(["a"]).size).toBe(0);
    expect(() => cache.getOrThrow("a")).toThrow(
      expect.objectContaining({ code: "MISS", cause: expect.objectContaining({ code: "UNAVAILABLE" }) }),
    );
  });

  test("loads, and does not wait for the backend a second time", () => {
    expect(cache.getOrSet("a", () => 7)).toBe(7);
    expect([...cache.getOrSetMany(["a", "b"], () => [7, 8]).values()]).toEqual([7, 8]);
    expect(backend.calls).toEqual(["get", "getMany"]);
  });

  test.each<[string, () => unknown]>([
    ["set", () => cache.set("a", 1)],
    ["setMany", () => cache.setMany({ a: 1 })],
    ["expireIn", () => cache.expireIn("a", "1s")],
    ["expireAt", () => cache.expireAt("a", new Date(2_000_000))],
    ["touch", () => cache.touch("a")],
    ["take", () => cache.take("a")],
    ["delete", () => cache.delete("a")],
    ["deleteMany", () => cache.deleteMany(["a"])],
    ["clear", () => cache.clear()],
    ["refresh", () => cache.refresh("a", () => 1)],
    ["ready", () => cache.ready()],
  ])("throws from %s", (_, write) => {
    expect(write).toThrow(expect.objectContaining({ code: "UNAVAILABLE" }));
  });
});

describe("the backend of a SyncCache", () => {
  test("is shared with a Cache of the same one", async () => {
    const memory = new MemoryBackend();
    const sync = new SyncCache<string, number>({ backend: memory, serializer: json() });
    await memory.set("a", "1", {});
    expect(sync.get("a")).toBe(1);
    expect(memory.sync()).toBe(memory.sync());
    await memory.close();
    expect(() => sync.set("a", 1)).toThrow(expect.objectContaining({ code: "UNAVAILABLE" }));
  });

  test("is made when the cache is first used, by a function", () => {
    let made = 0;
    const lazy = new SyncCache<string, number>({
      backend: () => {
        made += 1;
        return new MemoryBackend();
      },
      serializer: json(),
    });
    lazy.close();
    expect(made).toBe(0);
    lazy.set("a", 1);
    lazy.get("a");
    expect(made).toBe(1);
  });

  test("stays open where caches share it", () => {
    const memory = new MemoryBackend();
    {
      using shared = new SyncCache<string, number>({ backend: memory, serializer: json(), closesBackend: false });
      shared.set("a", 1);
    }
    expect(memory.sync().get("a", "text")).toBe("1");
  });

  test("needs a face without promises", () => {
    const memory = new MemoryBackend();
    const promising: Backend = new Proxy(memory, {
      get: (target, property) => (property === "sync" ? undefined : Reflect.get(target, property, target)),
    });
    expect(() => new SyncCache({ backend: promising, serializer: json() })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringContaining("promises alone") }),
    );
  });
});
