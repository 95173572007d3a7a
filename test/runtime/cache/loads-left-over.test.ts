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

test("reads through the cache that are answered leave nothing for V8 to take for old", async () => {
  await using cache = new Cache<string, number>({ backend: new FarBackend(), serializer: json(), ttl: "1m" });
  const pass = async (count: number): Promise<void> => {
    let left = count;
    const reader = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await cache.getOrSet(`key ${left % 1000}`, () => 2);
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
