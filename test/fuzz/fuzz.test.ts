import { beforeEach, describe, expect, it, vi } from "vitest";
import { allTargets } from "./all-targets.ts";
import { type FuzzTarget, usual } from "./fuzz-target.ts";
import { runTarget } from "./run-target.ts";

// Beside other tests nothing takes as long as it does alone: what an input may cost is held by `npm run fuzz`.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(() => {
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  return () => vi.restoreAllMocks();
});

/** Each some milliseconds. */
const slow: ReadonlySet<string> = new Set([
  "yaml",
  "json-schemas",
  "command-line",
  "key-patterns",
  "entries-tagged",
  "brotli",
]);

describe("any input is a miss, a finding or a typed error", () => {
  it.each(allTargets)("$name", async ({ name, make }) => {
    const target: FuzzTarget = { ...make(), maxCpuMs: Number.POSITIVE_INFINITY };
    const { failure, inputs } = await runTarget(target, { inputs: slow.has(name) ? 60 : 1000, seed: 20261126 });
    expect(failure).toBeUndefined();
    expect(inputs).toBeGreaterThan(0);
  });
});

/** A target of one's own, as any other one. */
function target(run: (input: Uint8Array) => boolean, more: Partial<FuzzTarget> = {}): FuzzTarget {
  return { ...usual, name: "planted", seeds: [Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)], run, ...more };
}

describe("a mistake that is planted is found", () => {
  it("and the input made as short as it still shows it", async () => {
    const { failure } = await runTarget(
      target((input) => {
        if (input.includes(0xc0)) throw new Error("a byte too many");
        return true;
      }),
      { inputs: 10_000, seed: 1 },
    );
    expect(failure?.message).toContain("a byte too many");
    expect(failure?.minimised).toBe("c0");
  });

  it("where it changes a prototype that all share", async () => {
    const { failure } = await runTarget(
      target((input) => {
        if (input.length < 4) Reflect.set(Object.prototype, "polluted", 1);
        return true;
      }),
      { inputs: 1000, seed: 1 },
    );
    Reflect.deleteProperty(Object.prototype, "polluted");
    expect(failure?.message).toBe("Object.prototype has been changed.");
  });

  it("where it takes too long", async () => {
    const busy = (input: Uint8Array): boolean => {
      const start = process.cpuUsage();
      while (input.length > 10 && process.cpuUsage(start).user < 30_000);
      return true;
    };
    const { failure } = await runTarget(target(busy, { maxCpuMs: 20 }), { inputs: 1000, seed: 1 });
    expect(failure?.message).toMatch(/^It took [\d.]+ ms of the processor, over 20\.$/);
  });

  it("where it holds too much", async () => {
    const held: Uint8Array[] = [];
    const hold = (input: Uint8Array): boolean => {
      if (input.length > 10) held.push(new Uint8Array(2 * 1024 * 1024));
      return true;
    };
    const { failure } = await runTarget(target(hold, { maxBytes: 1024 * 1024 }), { inputs: 1000, seed: 1 });
    expect(failure?.message).toMatch(/^It let memory grow by \d+ bytes, over 1048576\.$/);
  });
});
