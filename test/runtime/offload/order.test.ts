import {
  Cache,
  chain,
  json,
  MemoryBackend,
  type Offload,
  offload,
  type Serializer,
  WorkerPool,
  zlib,
} from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";

const pool = new WorkerPool({ maxThreads: 2 });
afterAll(() => pool.close());

/** Makes what begins with "large" when it is told to, or after so many turns of the event loop. */
class ControlledOffload implements Offload {
  readonly #delays: number[];
  readonly #gates: (() => void)[] = [];

  constructor(delays: readonly number[] = []) {
    this.#delays = [...delays];
  }

  /** Lets the oldest that waits go on. */
  release(): void {
    this.#gates.shift()?.();
  }

  pipeline<V>(serializer: Serializer<V>) {
    return {
      serialize: (value: V): unknown =>
        isLarge(value) ? this.#wait().then(() => serializer.serialize(value)) : serializer.serialize(value),
      deserialize: (stored: unknown): V | Promise<V> => {
        const value = serializer.deserialize(stored);
        return isLarge(value) ? Promise.resolve(value) : value;
      },
    };
  }

  async #wait(): Promise<void> {
    const turns = this.#delays.shift();
    if (turns === undefined) return new Promise((resolve) => this.#gates.push(resolve));
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}

function isLarge(value: unknown): boolean {
  return typeof value === "string" && value.startsWith("large");
}

function controlled(): { cache: Cache<string, string>; backend: ControlledBackend; work: ControlledOffload } {
  const work = new ControlledOffload();
  const backend = new ControlledBackend();
  return { cache: new Cache<string, string>({ backend, serializer: json(), offload: work }), backend, work };
}

describe("a call on a key waits for what came before it on that key", () => {
  test("so that a later set wins", async () => {
    const { cache, work } = controlled();
    const calls = [cache.set("key", "large"), cache.set("key", "small"), cache.get("key")];
    work.release();
    expect(await Promise.all(calls)).toEqual([true, true, "small"]);
    expect(await cache.get("key")).toBe("small");
  });

  test("and a later delete finds what was set", async () => {
    const { cache, work } = controlled();
    const calls = [cache.set("key", "large"), cache.delete("key"), cache.has("key")];
    work.release();
    expect(await Promise.all(calls)).toEqual([true, true, false]);
  });

  test("also where several keys are named", async () => {
    const { cache, work } = controlled();
    const calls = [
      cache.setMany({ a: "large", b: "small" }),
      cache.set("b", "later"),
      cache.getMany(["a", "b"]).then((hits) => [...hits]),
      cache.deleteMany(["b", "c"]),
    ];
    work.release();
    const pairs = [
      ["a", "large"],
      ["b", "later"],
    ];
    expect(await Promise.all(calls)).toEqual([undefined, true, pairs, 1]);
  });

  test("and all keys for clear, which what follows waits for", async () => {
    const { cache, work } = controlled();
    const calls = [cache.set("a", "large"), cache.clear(), cache.set("b", "small"), cache.has("a"), cache.has("b")];
    work.release();
    expect(await Promise.all(calls)).toEqual([true, 1, true, false, true]);
  });

  test("but not for what came before it on another", async () => {
    const { cache, work } = controlled();
    const large = cache.set("a", "large");
    await cache.set("b", "small");
    expect(await cache.get("b")).toBe("small");
    work.release();
    await large;
  });

  test("and goes on where that has failed", async () => {
    const work: Offload = {
      pipeline: () => ({
        serialize: async () => Promise.reject(new Error("no")),
        deserialize: () => expect.unreachable(),
      }),
    };
    const cache = new Cache<string, string>({ backend: new MemoryBackend(), serializer: json(), offload: work });
    const set = cache.set("key", "large");
    const deleted = cache.delete("key");
    await expect(set).rejects.toThrow("no");
    expect(await deleted).toBe(false);
  });

  test("and is not sent where its signal aborts meanwhile", async () => {
    const { cache, backend, work } = controlled();
    const controller = new AbortController();
    const set = cache.set("key", "large", { signal: controller.signal });
    controller.abort(new Error("given up"));
    await expect(set).rejects.toThrow("given up");
    work.release();
    expect(await cache.has("key")).toBe(false);
    expect(backend.calls).toEqual(["has"]);
  });
});

describe("a load whose value is being made", () => {
  /** A load is through, and its value waits to be made, when nothing else is left to do. */
  const idle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  test.each([
    ["set", (cache: Cache<string, string>) => cache.set("key", "small"), "small"],
    ["delete", (cache: Cache<string, string>) => cache.delete("key"), undefined],
    ["setMany", (cache: Cache<string, string>) => cache.setMany({ key: "small" }), "small"],
    ["clear", (cache: Cache<string, string>) => cache.clear(), undefined],
  ])("is answered and not stored where %s comes between", async (_, change, left) => {
    const { cache, backend, work } = controlled();
    const load = cache.getOrSet("key", () => "large");
    await idle();
    expect(backend.calls).toEqual(["get"]);
    const changed = change(cache);
    work.release();
    expect(await load).toBe("large");
    await changed;
    expect(await cache.get("key")).toBe(left);
  });

  test("is not stored where the backend was out when it was read, and a change comes between", async () => {
    const { cache, backend, work } = controlled();
    backend.fail("get");
    // It is not waited for: a backend that is out costs no more than its read.
    expect(await cache.getOrSet("key", () => "large", { ifNotExists: false })).toBe("large");
    backend.heal();
    const changed = cache.set("key", "small");
    work.release();
    await changed;
    expect(await cache.get("key")).toBe("small");
  });

  test("is stored by refresh, unless a change comes between", async () => {
    const { cache, work } = controlled();
    const refreshed = cache.refresh("key", () => "large 1");
    await idle();
    const deleted = cache.delete("key");
    work.release();
    expect([await refreshed, await deleted, await cache.get("key")]).toEqual(["large 1", false, undefined]);

    const again = cache.refresh("key", () => "large 2");
    await idle();
    work.release();
    expect([await again, await cache.get("key")]).toEqual(["large 2", "large 2"]);
  });

  test("of getOrSetMany is stored, each key by itself", async () => {
    const { cache, work } = controlled();
    const loading = cache.getOrSetMany(["a", "b"], (keys) => keys.map((key) => `large ${key}`));
    await idle();
    const deleted = cache.delete("a");
    work.release();
    work.release();
    expect([...(await loading)].length).toBe(2);
    expect([await deleted, await cache.get("a"), await cache.get("b")]).toEqual([false, undefined, "large b"]);
  });
});

test("close waits for what is still to be sent", async () => {
  const { cache, backend, work } = controlled();
  const set = cache.set("key", "large");
  const closed = cache.close();
  work.release();
  expect(await set).toBe(true);
  await closed;
  expect(backend.calls).toEqual(["set"]);
});

const key = fc.constantFrom("a", "b", "c");
const value = fc.constantFrom("small", "large", "large too");
type Call = (cache: Cache<string, string>) => Promise<unknown>;
const call: fc.Arbitrary<Call> = fc.oneof(
  fc.tuple(key, value, fc.boolean()).map(
    ([key, value, ifNotExists]): Call =>
      (cache) =>
        cache.set(key, value, { ifNotExists }),
  ),
  fc.tuple(key, value, key, value).map(
    ([one, first, other, second]): Call =>
      (cache) =>
        cache.setMany([
          [one, first],
          [other, second],
        ]),
  ),
  fc.tuple(key, fc.constantFrom("get", "has", "ttl", "delete", "take", "touch")).map(
    ([key, operation]): Call =>
      (cache) =>
        cache[operation as "get"](key),
  ),
  fc.array(key).map(
    (keys): Call =>
      async (cache) => [...(await cache.getMany(keys))],
  ),
  fc.array(key).map(
    (keys): Call =>
      (cache) =>
        cache.deleteMany(keys),
  ),
  fc.constant<Call>((cache) => cache.clear()),
);

/** What calls answer that are all made before any is awaited. */
function answers(cache: Cache<string, string>, calls: readonly Call[]): Promise<unknown[]> {
  return Promise.all(calls.map((call) => call(cache)));
}

test("calls that nobody waits for answer as they do without offload, however long each takes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { maxLength: 20 }),
      fc.array(fc.nat({ max: 5 }), { minLength: 40, maxLength: 40 }),
      async (calls, delays) => {
        const plain = new Cache<string, string>({ backend: new MemoryBackend(), serializer: json() });
        const work = new ControlledOffload(delays);
        const cache = new Cache<string, string>({ backend: new MemoryBackend(), serializer: json(), offload: work });
        expect(await answers(cache, calls)).toEqual(await answers(plain, calls));
      },
    ),
    { seed: 42, numRuns: 300 },
  );
});

test("so they do in real threads", async () => {
  const serializer = chain(json<string>(), zlib());
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 20 }), async (calls) => {
      const plain = new Cache<string, string>({ backend: new MemoryBackend(), serializer });
      const work = offload({ minBytes: 10, pool });
      const cache = new Cache<string, string>({ backend: new MemoryBackend(), serializer, offload: work });
      expect(await answers(cache, calls)).toEqual(await answers(plain, calls));
    }),
    { seed: 42, numRuns: 100 },
  );
});
