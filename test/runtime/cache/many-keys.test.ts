import { Cache, json, MemoryBackend } from "@cachetory/runtime";
import fc from "fast-check";
import { expect, test } from "vitest";

/** More than one `Map` takes before it is split. */
const count = 5000;

/** Numbered keys that differ in their end, before it, in their length, or all over. */
const shapes: Readonly<Record<string, (index: number) => string>> = {
  "at their end": (index) => `product:${index}`,
  "before their end": (index) => `product:${index}:page:nl`,
  "in the middle of the first and the last alone": (index) =>
    index === 0 ? "ab" : index === count - 1 ? "b" : `${index}b`,
  "by text that is no number": (index) =>
    `${String.fromCodePoint(0x1f300 + (index % 64))}${"é".repeat(index % 7)}${index}`,
  "where the first is all of the last one's end": (index) => (index === 0 ? "9" : `n${index}`),
  "and one is empty": (index) => (index === 0 ? "" : `:${index}`),
};

function open(): Cache<string, number> {
  return new Cache<string, number>({ backend: new MemoryBackend(), serializer: json() });
}

test.each(Object.entries(shapes))("each of thousands of keys is found that differ %s", async (_, keyOf) => {
  const cache = open();
  const keys = Array.from({ length: count }, (_, index) => keyOf(index));
  await cache.setMany(keys.map((key, index) => [key, index]));
  const hits = await cache.getMany(keys);
  expect([...hits]).toEqual(keys.map((key, index) => [key, index]));
  expect(keys.map((key) => hits.get(key))).toEqual(keys.map((_, index) => index));
  expect(hits.get("none of them")).toBeUndefined();
});

test("of thousands of keys, some of them twice, the last is stored and each is found once, in the order of the first", async () => {
  const index = fc.nat({ max: 2 * count });
  const given = fc.array(index, { minLength: count, maxLength: count + 500, size: "max" });
  await fc.assert(
    fc.asyncProperty(given, async (indexes) => {
      const cache = open();
      await cache.setMany(indexes.map((key, value) => [`k${key}`, value]));
      const expected = new Map(indexes.map((key, value) => [`k${key}`, value]));
      expect([...(await cache.getMany(indexes.map((key) => `k${key}`)))]).toEqual([...expected]);
    }),
    { numRuns: 5 },
  );
});

test("as many keys that are all the same are one", async () => {
  const cache = open();
  const same = Array.from({ length: 3 * count }, () => "same");
  await cache.setMany(same.map((key, value) => [key, value]));
  expect([...(await cache.getMany(same))]).toEqual([["same", same.length - 1]]);
  const loaded = await cache.getOrSetMany([...same, "other"], (keys) => new Map(keys.map((key) => [key, key.length])));
  expect([...loaded]).toEqual([
    ["same", same.length - 1],
    ["other", 5],
  ]);
});
