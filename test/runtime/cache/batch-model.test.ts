import { Cache, type Hits, json } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import fc from "fast-check";
import { expect, test } from "vitest";

// Keys by what the source has of them: a version, nothing, or an error. `change` is what an application does that writes to
// the source and then deletes the entry.

const keys = ["a1", "a2", "a3", "none", "bad"] as const;
type Key = (typeof keys)[number];

const key = fc.constantFrom(...keys);
// One that fails would fail them all.
const someKeys = fc.uniqueArray(fc.constantFrom("a1" as const, "a2" as const, "none" as const), { minLength: 1 });

type Step =
  | { readonly kind: "get" | "refresh" | "single" | "change"; readonly key: Key }
  | { readonly kind: "many"; readonly keys: readonly Key[] };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("get" as const), key }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("refresh" as const, "single" as const), key }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("many" as const), keys: someKeys }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("change" as const), key }) },
);

/** What is called in each turn of the event loop, and how many turns each load takes. */
const run = fc.record({
  turns: fc.array(fc.array(step, { maxLength: 8 }), { minLength: 1, maxLength: 8 }),
  delays: fc.infiniteStream(fc.nat({ max: 4 })),
  maxBatch: fc.constantFrom(undefined, 1, 2),
  isDown: fc.boolean(),
});

async function hitOf(found: Promise<Hits<string, number>>, each: Key): Promise<number | undefined> {
  return (await found).get(each);
}

async function settled(call: Promise<unknown>): Promise<void> {
  await Promise.allSettled([call]);
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("however calls are spread over turns, each has the answer of its own key, and none that a change has outdated", async () => {
  await fc.assert(
    fc.asyncProperty(run, async ({ turns, delays, maxBatch, isDown }) => {
      const backend = new ControlledBackend();
      if (isDown) backend.fail("get", "getMany", "set", "setMany", "setManyIfAbsent", "delete");
      const cache = new Cache<string, number>({ backend, serializer: json() });
      const version = new Map<Key, number>(keys.map((each) => [each, 1]));
      const versionOf = (each: Key): number => version.get(each) ?? 0;
      const load = async (asked: readonly string[]): Promise<(number | Error | undefined)[]> => {
        const these = asked as readonly Key[];
        expect(new Set(these).size).toBe(these.length);
        const answers = these.map((each) => {
          if (each === "bad") return new Error("bad");
          return each === "none" ? undefined : versionOf(each);
        });
        for (let left = delays.next().value ?? 0; left > 0; left -= 1) await nextTurn();
        return answers;
      };
      const batch = cache.batch((asked) => load(asked), { maxBatch });
      const one = async (each: string): Promise<number | undefined> => {
        const [answer] = await load([each]);
        if (answer instanceof Error) throw answer;
        return answer;
      };

      const manyAtOnce = async (asked: readonly string[]): Promise<(number | undefined)[]> =>
        (await load(asked)) as (number | undefined)[];

      const checks: Promise<void>[] = [];
      /** The answer is that of the key, and not older than the call. */
      const check = (each: Key, answer: Promise<number | undefined>): void => {
        const oldest = versionOf(each);
        const told = answer.then(
          (value) => {
            expect(each).not.toBe("bad");
            if (each === "none") return expect(value).toBeUndefined();
            expect(value).toBeGreaterThanOrEqual(oldest);
            return expect(value).toBeLessThanOrEqual(versionOf(each));
          },
          (error: unknown) => expect([each, error]).toEqual(["bad", new Error("bad")]),
        );
        checks.push(told);
      };

      for (const turn of turns) {
        const before = backend.calls.filter((call) => call === "getMany").length;
        const many = turn.filter(({ kind }) => kind === "many").length;
        for (const each of turn) {
          switch (each.kind) {
            case "get":
              check(each.key, batch.get(each.key));
              break;
            case "single":
              check(each.key, cache.getOrSet(each.key, one));
              break;
            case "many": {
              const found = cache.getOrSetMany(each.keys, manyAtOnce);
              for (const asked of each.keys) check(asked, hitOf(found, asked));
              break;
            }
            case "refresh": {
              const refreshed = batch.refresh(each.key);
              // It rejects where it cannot store.
              if (isDown) checks.push(settled(refreshed));
              else check(each.key, refreshed);
              break;
            }
            case "change":
              version.set(each.key, versionOf(each.key) + 1);
              checks.push(settled(cache.delete(each.key)));
          }
        }
        await nextTurn();
        const reads = backend.calls.filter((call) => call === "getMany").length - before;
        expect(reads).toBeLessThanOrEqual(many + 1);
      }
      await Promise.all(checks);
      for (let left = 8; left > 0; left -= 1) await nextTurn();

      // What is stored is what the source has now: no load has stored what a change had outdated.
      for (const [each, value] of await cache.getMany(keys))
        expect([each, value]).toEqual([each, versionOf(each as Key)]);
    }),
    { numRuns: 300 },
  );
});
