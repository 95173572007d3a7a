import { Cache, json, tag } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import fc from "fast-check";
import { beforeAll, expect, test, vi } from "vitest";

const dead = [
  "get",
  "getMany",
  "set",
  "setMany",
  "setManyIfAbsent",
  "expireIn",
  "delete",
  "deleteMany",
  "clear",
] as const;

type Numbers = Cache<string, number>;
type Load = () => Promise<number>;

const changes: readonly ((cache: Numbers, value: number) => Promise<unknown>)[] = [
  (cache) => cache.delete("a"),
  (cache) => cache.deleteMany(["a", "b"]),
  (cache) => cache.clear(),
  (cache) => cache.expireIn("a", { ms: 0 }),
  (cache) => cache.invalidateTags(tag("all")),
  (cache, value) => cache.set("a", value),
  (cache, value) => cache.setMany({ a: value, b: value }),
];

const many = (load: Load) => async (keys: readonly string[]) => {
  const value = await load();
  return keys.map(() => value);
};

const reads: readonly ((cache: Numbers, load: Load) => Promise<number | undefined>)[] = [
  (cache) => cache.get("a"),
  async (cache) => (await cache.getMany(["b", "a"])).get("a"),
  (cache, load) => cache.getOrSet("a", load),
  async (cache, load) => (await cache.getOrSetMany(["a", "b"], many(load))).get("a"),
  (cache, load) => cache.batch(many(load)).get("a"),
  (cache, load) => cache.refresh("a", load).catch(() => undefined),
  (cache, load) =>
    cache
      .batch(many(load))
      .refresh("a")
      .catch(() => undefined),
];

beforeAll(() => {
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
});

/**
 * The backend is out all the time, so that whatever is found is what some load has given. Loads take as long as the order of the
 * steps lets them: what they read of the origin is on its way while it changes.
 */
test("no read gives what is older than a change of this process that was over before it began", async () => {
  let gutterHits = 0;
  const step = fc.record({
    isOther: fc.boolean(),
    isChange: fc.boolean(),
    which: fc.nat({ max: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(step, { minLength: 2, maxLength: 12 }), async (order, steps) => {
      const backend = new ControlledBackend({ isShared: true });
      backend.fail(...dead);
      const cacheNamed = (name: string): Numbers =>
        new Cache({
          name,
          backend,
          serializer: json<number>(),
          prefix: "p:",
          tags: { ofKey: () => [tag("all")] },
          gutter: { ttl: "1h" },
        });
      const [one, other] = [cacheNamed("one"), cacheNamed("other")];
      let origin = 0;
      let changed = 0;
      let loads = 0;
      const load = async (): Promise<number> => {
        loads += 1;
        const value = origin;
        await order.schedule(Promise.resolve(), "a load ends");
        return value;
      };
      const run = async ({ isOther, isChange, which }: (typeof steps)[number]): Promise<void> => {
        const cache = isOther ? other : one;
        await order.schedule(Promise.resolve(), "a call begins");
        if (isChange) {
          origin += 1;
          const value = origin;
          await expect(changes[which]?.(cache, value)).rejects.toThrow();
          changed = Math.max(changed, value);
          return;
        }
        const [floor, loadsBefore] = [changed, loads];
        const found = await reads[which]?.(cache, load);
        if (found === undefined) return;
        if (loads === loadsBefore) gutterHits += 1;
        expect(found).toBeGreaterThanOrEqual(floor);
      };
      const running = Promise.all(steps.map(run));
      await order.waitFor(running);
    }),
    { numRuns: 400 },
  );
  // Else it would say nothing of the gutter.
  expect(gutterHits).toBeGreaterThan(20);
});
