import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { json, MemoryBackend, SyncCache } from "@cachetory/runtime";
import { expect, it } from "vitest";
import { emittedLive } from "../../support/emitted-live.ts";
import { schemaTypeOf } from "../../support/inline-schema.ts";

const string = { type: "string" };

const { ir: type } = schemaTypeOf({
  type: "object",
  properties: {
    id: string,
    email: string,
    count: { type: "number" },
    isActive: { type: "boolean" },
    address: { type: "object", properties: { street: string, lines: { type: "array", items: string } } },
    scores: { type: "array", items: { type: "number" } },
  },
  required: ["id", "email", "count", "isActive", "address", "scores"],
});

/** Of its own text each, as what has been read from somewhere. */
function madeValue(index: number): unknown {
  const text = (length: number): string => Buffer.from(String(index).padEnd(length, "x")).toString("latin1");
  return {
    id: text(36),
    email: text(20),
    count: index + 0.5,
    isActive: true,
    address: { street: text(30), lines: [text(12), text(9)] },
    scores: [index, index + 0.25, index + 0.75],
  };
}

it("memory counts the values that it keeps for about what they take", { timeout: 60_000 }, () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const used = (): number => {
    collectGarbage();
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const backend = new MemoryBackend({ maxEntries: 1_000_000, maxBytes: 2 ** 40 });
  const cache = new SyncCache<string, unknown>({
    backend,
    serializer: json(),
    live: emittedLive(type, "json", "clone"),
  });
  const before = used();
  const count = 20_000;
  for (let index = 0; index < count; index++) cache.set(`key:${index}`, madeValue(index));
  const taken = (used() - before) / count;
  const counted = backend.bytes / count;
  // Text of Latin letters alone takes one byte a character, and is counted for two.
  expect(counted).toBeGreaterThan(0.9 * taken);
  expect(counted).toBeLessThan(1.5 * taken);
});
