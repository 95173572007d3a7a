import { setImmediate as nextTurn } from "node:timers/promises";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Cache, DummyBackend, json } from "@cachetory/runtime";
import { expect, test } from "vitest";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Somewhere else, where each key has a value. */
class FarBackend extends DummyBackend {
  override async get(): Promise<unknown> {
    await nextTurn();
    return "1";
  }
}

function oldBytes(): number {
  return getHeapSpaceStatistics().find((space) => space.space_name === "old_space")?.space_used_size ?? 0;
}

test.each([
  ["that come again and again", 1000],
  ["that come once", 120_000],
])("reads through the cache of keys %s leave nothing for V8 to take for old", async (_keys, keyCount) => {
  await using cache = new Cache<string, number>({ backend: new FarBackend(), serializer: json(), ttl: "1m" });
  let asked = 0;
  const pass = async (count: number): Promise<void> => {
    const end = asked + count;
    const reader = async (): Promise<void> => {
      while (asked < end) {
        asked += 1;
        await cache.getOrSet(`key ${asked % keyCount} ${"of many letters".repeat(10)}`, () => 2);
      }
    };
    await Promise.all(Array.from({ length: 256 }, reader));
  };
  await pass(60_000);
  collectGarbage();
  const before = oldBytes();
  await pass(60_000);
  // Some 300 bytes of each would be 18 MB.
  expect(oldBytes() - before).toBeLessThan(5_000_000);
});
