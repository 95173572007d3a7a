import fc from "fast-check";
import type { Value } from "./cache-model.ts";

/** How long an entry lives: ticks, `Infinity` for ever, or the cache's own ttl where it is left out. */
export type Life = number | undefined;

/** The ttl of the cache under test, in ticks. */
export const ownLife = 1.5;

/** One call of a cache, as data. */
export type CacheCall =
  | { readonly call: "get"; readonly key: string; readonly fallback: Value | undefined }
  | { readonly call: "getOrThrow" | "ttl" | "has" | "take" | "delete"; readonly key: string }
  | { readonly call: "getMany" | "deleteMany"; readonly keys: readonly string[] }
  | { readonly call: "set"; readonly key: string; readonly value: Value; readonly life: Life; readonly isNew: boolean }
  | { readonly call: "setMany"; readonly items: readonly (readonly [string, Value])[]; readonly life: Life }
  | { readonly call: "expireIn" | "expireAt"; readonly key: string; readonly life: number }
  | { readonly call: "touch"; readonly key: string; readonly life: Life };

/** A call that takes several steps, so that its order among calls that run at the same time is its own. */
export type LongCall =
  | { readonly call: "clear" }
  | {
      readonly call: "getOrSet" | "refresh";
      readonly key: string;
      readonly value: Value | undefined;
      readonly life: Life;
    }
  | { readonly call: "getOrSetMany"; readonly keys: readonly string[]; readonly value: Value; readonly life: Life };

/** What happens to a cache: calls that are made together, each of which takes effect before the next; or time. */
export type Operation = { readonly calls: readonly (CacheCall | LongCall)[] } | { readonly pass: number };

/** Few, so that calls meet. */
export const allKeys: readonly string[] = ["a", "b"];

// Plain objects read better where a history is told.
const record = <T>(properties: { readonly [Name in keyof T]: fc.Arbitrary<T[Name]> }): fc.Arbitrary<T> =>
  fc.record<T>(properties, { noNullPrototype: true });

const key = fc.constantFrom(...allKeys);
const keys = fc.array(fc.constantFrom(...allKeys, "none"), { maxLength: 4 });
const value = fc.constantFrom<Value>(0, 1, "", "two", null);
const loaded = fc.option(value, { nil: undefined, freq: 4 });
// Half a tick away from every moment at which something is asked.
const givenLife = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0.5, 1.5, 2.5) },
  { weight: 2, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1.5) },
);
const life = fc.option(givenLife, { nil: undefined, freq: 4 });

const call: fc.Arbitrary<CacheCall> = fc.oneof(
  record({ call: fc.constant("get" as const), key, fallback: loaded }),
  record({ call: fc.constantFrom("getOrThrow", "ttl", "has", "take", "delete"), key }),
  record({ call: fc.constantFrom("getMany", "deleteMany"), keys }),
  record({ call: fc.constant("set" as const), key, value, life, isNew: fc.boolean() }),
  record({ call: fc.constant("setMany" as const), items: fc.array(fc.tuple(key, value), { maxLength: 4 }), life }),
  record({ call: fc.constantFrom("expireIn", "expireAt"), key, life: givenLife }),
  record({ call: fc.constant("touch" as const), key, life }),
);

const longCall: fc.Arbitrary<LongCall> = fc.oneof(
  { weight: 1, arbitrary: record({ call: fc.constant("clear" as const) }) },
  { weight: 3, arbitrary: record({ call: fc.constantFrom("getOrSet", "refresh"), key, value: loaded, life }) },
  { weight: 2, arbitrary: record({ call: fc.constant("getOrSetMany" as const), keys, value, life }) },
);

const calls: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: record({ calls: fc.tuple(call) }) },
  { weight: 1, arbitrary: record({ calls: fc.array(call, { minLength: 2, maxLength: 4 }) }) },
  { weight: 2, arbitrary: record({ calls: fc.tuple(longCall) }) },
);

const chapter = fc.array(calls, { minLength: 1, maxLength: 5, size: "max" });

const lastLook: Operation = {
  calls: [{ call: "getMany", keys: allKeys }, ...allKeys.map((last) => ({ call: "ttl" as const, key: last }))],
};

/** What happens to one cache in up to six ticks, one thing after the other, and what is left at the end. */
export const history: fc.Arbitrary<readonly Operation[]> = fc
  .array(fc.tuple(chapter, fc.constantFrom(1, 2)), { minLength: 1, maxLength: 3, size: "max" })
  .map((chapters) => [...chapters.flatMap(([told, pass]): Operation[] => [...told, { pass }]), lastLook]);
