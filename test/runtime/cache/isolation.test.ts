import {
  bytes,
  Cache,
  cached,
  chain,
  json,
  MemoryBackend,
  msgpack,
  noop,
  type Serializer,
  v8,
  zlib,
} from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

interface Order {
  lines: string[];
}

const order = (): Order => ({ lines: ["kettle"] });

/** What five callers of one key have, who wait for one load. */
async function sharing<V>(
  cache: Pick<Cache<string, V>, "getOrSet">,
  load: () => V | Promise<V>,
): Promise<readonly (V | undefined)[]> {
  return Promise.all(Array.from({ length: 5 }, () => cache.getOrSet("a", load)));
}

function expectOwnEach(values: readonly unknown[]): void {
  expect(new Set(values).size).toBe(values.length);
}

describe("callers that share a load have a value of their own", () => {
  const serializers: Readonly<Record<string, () => Serializer<Order>>> = {
    json: () => json(),
    v8: () => v8(),
    msgpack: () => msgpack(),
    "json+zlib": () => chain(json<Order>(), zlib()),
  };

  test.each(Object.keys(serializers))("with %s: equal to what was loaded", async (name) => {
    const serializer = serializers[name]?.() ?? json();
    const values = await sharing(new Cache({ backend: new ControlledBackend(), serializer }), order);
    expect(values).toEqual(Array.from({ length: 5 }, order));
    expectOwnEach(values);
  });

  test("by getOrSetMany, and with a getOrSet that came before", async () => {
    const cache = new Cache<string, Order>({ backend: new ControlledBackend(), serializer: json() });
    const [one, hits, others] = await Promise.all([
      cache.getOrSet("a", order),
      cache.getOrSetMany(["a", "b"], () => [order()]),
      cache.getOrSetMany(["b", "a"], () => []),
    ]);
    expectOwnEach([one, hits.get("a"), others.get("a")]);
    expectOwnEach([hits.get("b"), others.get("b")]);
    expect(others.get("b")).toEqual(order());
  });

  test("by a batch, and by its refresh", async () => {
    const cache = new Cache<string, Order>({ backend: new ControlledBackend(), serializer: json() });
    const batch = cache.batch((keys) => keys.map(order));
    expectOwnEach(await Promise.all([batch.get("a"), batch.get("a"), batch.get("a")]));
    expectOwnEach(await Promise.all([batch.refresh("a"), batch.refresh("a")]));
  });

  test("by a memoized function", async () => {
    const cache = new Cache<string, Order>({ backend: new ControlledBackend(), serializer: json() });
    const load = cached(cache)(async function load() {
      return order();
    });
    expectOwnEach(await Promise.all([load(), load(), load()]));
  });

  test("of what was stored and is read for all of them at once", async () => {
    const cache = new Cache<string, Order>({ backend: new ControlledBackend(), serializer: json() });
    await cache.set("a", order());
    expectOwnEach(await sharing(cache, order));
  });

  test("whatever the first of them does to it, who is told first", async () => {
    const cache = new Cache<string, Order>({ backend: new ControlledBackend(), serializer: json() });
    const first = cache.getOrSet("a", order).then((own) => {
      own.lines.push("changed");
    });
    const second = cache.getOrSet("a", order);
    await first;
    expect(await second).toEqual(order());
    expect(await cache.get("a")).toEqual(order());
  });

  test("also where the first has given up", async () => {
    const cache = new Cache<string, Order>({ backend: new ControlledBackend(), serializer: json() });
    const controller = new AbortController();
    const first = cache.getOrSet("a", order, { signal: controller.signal });
    const others = Promise.all([cache.getOrSet("a", order), cache.getOrSet("a", order)]);
    controller.abort(new Error("enough"));
    await expect(first).rejects.toThrow("enough");
    expectOwnEach(await others);
  });

  test("of what the serializer refuses, as far as it can be cloned", async () => {
    const cache = new Cache<string, unknown>({ backend: new ControlledBackend(), serializer: json() });
    // JSON knows no bigint.
    const values = await sharing(cache, () => ({ count: 1n }));
    expect(values).toEqual(Array.from({ length: 5 }, () => ({ count: 1n })));
    expectOwnEach(values);
  });

  test("of what the serializer cannot read again there is but one, and nobody is kept from it", async () => {
    const mute: Serializer<Order> = {
      ...json<Order>(),
      deserialize: () => {
        throw new Error("never");
      },
    };
    const values = await sharing(new Cache({ backend: new ControlledBackend(), serializer: mute }), order);
    expect(values).toEqual(Array.from({ length: 5 }, order));
  });

  test("of what can be neither serialized nor cloned there is but one", async () => {
    const cache = new Cache<string, unknown>({ backend: new ControlledBackend(), serializer: json() });
    const loaded = { count: 1n, act: () => 1 };
    expect(new Set(await sharing(cache, () => loaded))).toEqual(new Set([loaded]));
  });

  test("of bytes", async () => {
    for (const serializer of [bytes(), zlib()]) {
      const cache = new Cache<string, Uint8Array>({ backend: new ControlledBackend(), serializer });
      const values = await sharing(cache, () => Buffer.from([1, 2]));
      expect(values.map((value) => [...(value ?? [])])).toEqual(Array.from({ length: 5 }, () => [1, 2]));
      expect(new Set(values.map((value) => value?.buffer)).size).toBe(5);
    }
  });

  test("of what is kept as it is, as readers do", async () => {
    const copy = (value: unknown): unknown => ({ lines: [...(value as Order).lines] });
    const frozen = (value: unknown): unknown => Object.freeze(copy(value));
    const serializer = json<Order>();
    const make = (live: object): Cache<string, Order> =>
      new Cache<string, Order>({ backend: new MemoryBackend(), serializer, live: { size: () => 10, ...live } });
    expectOwnEach(await sharing(make({ keep: copy, give: copy }), order));
    const [own, ...others] = await sharing(make({ keep: frozen }), order);
    expect(new Set(others).size).toBe(1);
    expect(others[0]).toEqual(order());
    expect([Object.isFrozen(own), Object.isFrozen(others[0])]).toEqual([false, true]);
    expect(new Set(await sharing(make({}), order)).size).toBe(1);
  });
});

test("with isolation share, and with noop, all have the very value that was loaded", async () => {
  for (const options of [{ serializer: json<Order>(), isolation: "share" } as const, { serializer: noop<Order>() }]) {
    const loaded = order();
    const cache = new Cache<string, Order>({ backend: new ControlledBackend(), ...options });
    expect(new Set(await sharing(cache, () => loaded))).toEqual(new Set([loaded]));
  }
});

test("who is alone has what the loader gave, and nothing is made of it but what is stored", async () => {
  let made = 0;
  const serializer: Serializer<Order> = {
    ...json<Order>(),
    serialize: (value) => {
      made += 1;
      return JSON.stringify(value);
    },
  };
  const loaded = order();
  const cache = new Cache<string, Order>({ backend: new ControlledBackend(), serializer });
  expect(await cache.getOrSet("a", () => loaded)).toBe(loaded);
  expect(made).toBe(1);
});

describe("what is stored is what was given, whoever changes it when the call has returned", () => {
  const changing = async (store: (cache: Cache<string, Order>, value: Order) => Promise<unknown>): Promise<unknown> => {
    const cache = new Cache<string, Order>({ backend: new ControlledBackend(), serializer: json() });
    const value = order();
    const stored = store(cache, value);
    value.lines.push("changed");
    await stored;
    return cache.get("a");
  };

  test("by set, setMany, and setMany of thousands", async () => {
    const many = (value: Order): [string, Order][] => [
      ...Array.from({ length: 3000 }, (_, index) => [`k${index}`, order()] as [string, Order]),
      ["a", value],
    ];
    expect(await changing((cache, value) => cache.set("a", value))).toEqual(order());
    expect(await changing((cache, value) => cache.setMany([["a", value]]))).toEqual(order());
    expect(await changing((cache, value) => cache.setMany(many(value)))).toEqual(order());
  });

  test("by loads, when the caller has its value", async () => {
    const backend = new ControlledBackend();
    const cache = new Cache<string, Order>({ backend, serializer: json() });
    backend.fail("get", "getMany");
    const answer = backend.hold("set");
    (await cache.getOrSet("a", order)).lines.push("changed");
    (await cache.getOrSetMany(["b"], () => [order()])).get("b")?.lines.push("changed");
    answer();
    await cache.drain();
    backend.heal();
    expect([await cache.get("a"), await cache.get("b")]).toEqual([order(), order()]);
  });
});

test("no two callers ever have a common part, whatever they do at once", async () => {
  const call = fc.record({
    operation: fc.constantFrom("getOrSet", "getOrSetMany", "batch", "refresh", "get", "getMany", "set"),
    key: fc.constantFrom("a", "b"),
    turns: fc.nat({ max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 2, maxLength: 12 }), fc.boolean(), async (calls, isLive) => {
      const copy = (value: unknown): unknown => ({ lines: [...(value as Order).lines] });
      const cache = new Cache<string, Order>({
        backend: isLive ? new MemoryBackend() : new ControlledBackend(),
        serializer: json(),
        ...(isLive && { live: { size: () => 10, keep: copy, give: copy } }),
      });
      const batch = cache.batch((keys) => keys.map(order));
      const had: object[] = [];
      const take = (value: Order | undefined): void => {
        if (value === undefined) return;
        expect(value).toEqual(order());
        had.push(value, value.lines);
        value.lines.push("mine");
      };
      const run = async ({ operation, key, turns }: (typeof calls)[number]): Promise<void> => {
        for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
        if (operation === "getOrSet") take(await cache.getOrSet(key, order));
        else if (operation === "refresh") take(await cache.refresh(key, order));
        else if (operation === "batch") take(await batch.get(key));
        else if (operation === "get") take(await cache.get(key));
        else if (operation === "set") await cache.set(key, order());
        else if (operation === "getMany") for (const value of (await cache.getMany(["a", "b"])).values()) take(value);
        else
          for (const value of (await cache.getOrSetMany(["b", "a"], (keys) => keys.map(order))).values()) take(value);
      };
      await Promise.all(calls.map(run));
      expect(new Set(had).size).toBe(had.length);
    }),
    { numRuns: 200 },
  );
});
