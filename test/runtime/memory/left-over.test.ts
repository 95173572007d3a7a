import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { MemoryBackend } from "@cachetory/runtime";
import { expect, test } from "vitest";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

test.each([
  ["that never was full", 10_000],
  ["that was full once", 10],
])("nothing is held of entries that come and go in a memory %s", async (_, maxEntries) => {
  await using backend = new MemoryBackend({ maxEntries });
  const pass = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      await backend.set(`key ${index % 5} of ${index}`, "x", { ttlMs: 60_000 });
      await backend.delete(`key ${index % 5} of ${index}`);
    }
  };
  for (let index = 0; index < 20; index += 1) await backend.set(`first ${index}`, "x", {});
  await backend.deleteMany(Array.from({ length: 20 }, (_unused, index) => `first ${index}`));
  await pass(10_000);
  const before = heapBytes();
  await pass(150_000);
  // A hundred bytes of each would be 15 MB.
  expect(heapBytes() - before).toBeLessThan(3_000_000);
});
