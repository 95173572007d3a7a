import { type Backend, Cache, cached, json, MemoryBackend, SyncCache } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

afterEach(() => {
  vi.restoreAllMocks();
});

const cacheOn = (backend: Backend, deadline: "1s" | "30s" = "30s"): Cache<string, number> =>
  new Cache({ backend, serializer: json(), ttl: "1h", singleFlight: { deadline } });

/** A load that ends when it is told to. */
function hanging(): { readonly load: () => Promise<number>; end(value: number): void } {
  let end = (_value: number): void => {};
  const result = new Promise<number>((resolve) => {
    end = resolve;
  });
  return { load: () => result, end: (value) => end(value) };
}

describe("a load that has been under way for longer than its deadline", () => {
  /** Lets so many milliseconds pass, after the turn: what begins in it has all of them. */
  const pass = async (ms: number): Promise<void> => {
    await Promise.resolve();
    const nowMs = performance.now() + ms;
    vi.spyOn(performance, "now").mockImplementation(() => nowMs);
  };

  // No time passes but what a test lets pass, however slow the machine is.
  beforeEach(() => pass(0));

  test("is no longer joined, and answers its own callers without storing", async () => {
    const cache = cacheOn(new ControlledBackend(), "1s");
    const hung = hanging();
    const first = cache.getOrSet("a", hung.load);
    await pass(999);
    const second = cache.getOrSet("a", () => 2);
    await pass(2);
    expect(await cache.getOrSet("a", () => 3)).toBe(3);
    hung.end(1);
    expect(await Promise.all([first, second])).toEqual([1, 1]);
    expect(await cache.get("a")).toBe(3);
  });

  test("keeps nobody from joining one that began later", async () => {
    const cache = cacheOn(new ControlledBackend(), "1s");
    const [hung, later] = [hanging(), hanging()];
    const first = cache.getOrSet("a", hung.load);
    await pass(1_001);
    const second = cache.getOrSet("a", later.load);
    await pass(999);
    const third = cache.getOrSet("a", () => 3);
    later.end(2);
    hung.end(1);
    expect(await Promise.all([first, second, third])).toEqual([1, 2, 2]);
  });

  test("has all of its time after the turn in which it began, however long that takes", async () => {
    const cache = cacheOn(new ControlledBackend(), "1s");
    const hung = hanging();
    const first = cache.getOrSet("a", hung.load);
    const inThatTurn = pass(999);
    const endedMs = performance.now() + 5_000;
    vi.spyOn(performance, "now").mockImplementation(() => endedMs);
    await inThatTurn;
    const second = cache.getOrSet("a", () => 2);
    hung.end(1);
    expect(await Promise.all([first, second])).toEqual([1, 1]);
  });

  test("is none of a batch, of getOrSetMany and of a memoized function", async () => {
    const cache = cacheOn(new ControlledBackend(), "1s");
    const hung = hanging();
    const lengthOf = cached(cache, { makeKey: (_name, [key]: readonly [string]) => key })(
      async (key: string) => key.length,
    );
    const waiting = ["a", "b", "c"].map((key) => cache.getOrSet(key, hung.load));
    await pass(1_001);
    expect((await cache.getOrSetMany(["a"], () => [7])).get("a")).toBe(7);
    expect(await cache.batch(() => [8]).get("b")).toBe(8);
    expect(await lengthOf("c")).toBe(1);
    hung.end(0);
    expect(await Promise.all(waiting)).toEqual([0, 0, 0]);
  });
});

test("a load is joined as long as it runs, however many others come and go", async () => {
  const cache = cacheOn(new ControlledBackend());
  const hung = hanging();
  const first = cache.getOrSet("a", hung.load);
  for (let index = 0; index < 10_000; index += 1) await cache.getOrSet(`key ${index}`, () => index);
  const second = cache.getOrSet("a", () => 2);
  hung.end(1);
  expect(await Promise.all([first, second])).toEqual([1, 1]);
});

describe("caches on one backend", () => {
  test.each(["delete", "set", "take", "clear", "refresh"] as const)(
    "know of each other's loads: a %s wins",
    async (change) => {
      const backend = new ControlledBackend();
      const [loads, changes] = [cacheOn(backend), cacheOn(backend)];
      const hung = hanging();
      const answer = loads.getOrSet("a", hung.load, { ifNotExists: false });
      if (change === "set") await changes.set("a", 2);
      else if (change === "refresh") await changes.refresh("a", () => 2);
      else if (change === "clear") await changes.clear();
      else await changes[change]("a");
      hung.end(1);
      expect(await answer).toBe(1);
      expect(await changes.get("a")).toBe(change === "set" || change === "refresh" ? 2 : undefined);
    },
  );

  test.each([
    ["memory", () => new MemoryBackend()],
    ["one whose face without promises is another object", () => new ControlledBackend()],
  ])(
    "that is %s: a change without promises wins over a load with them, and the other way round",
    async (_name, make) => {
      const backend = make();
      const promising = cacheOn(backend);
      const sync = new SyncCache<string, number>({ backend, serializer: json(), ttl: "1h" });
      const hung = hanging();
      const answer = promising.getOrSet("a", hung.load);
      sync.delete("a");
      hung.end(1);
      expect(await answer).toBe(1);
      expect(sync.get("a")).toBeUndefined();

      const loaded = sync.getOrSet("b", () => {
        // There is nothing that it could change but this load.
        void promising.expireIn("b", "1h");
        return 1;
      });
      await promising.ready();
      expect([loaded, sync.get("b")]).toEqual([1, undefined]);
    },
  );

  test("of their own have no part in each other's loads", async () => {
    const hung = hanging();
    const one = cacheOn(new ControlledBackend());
    const answer = one.getOrSet("a", hung.load);
    await cacheOn(new ControlledBackend()).delete("a");
    hung.end(1);
    await answer;
    expect(await one.get("a")).toBe(1);
  });
});
