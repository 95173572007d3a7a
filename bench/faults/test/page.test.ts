import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../src/outcome.ts";
import { type RunResult, withResult } from "../src/results.ts";
import { measuredTexts } from "../src/tables.ts";

const outcome: Outcome = {
  calls: 100,
  errors: 0,
  longestMs: 20,
  longestWaitedMs: 0,
  hung: 0,
  loadsPerSecond: 8,
  recoveryMs: 0,
  lookedMs: 2500,
  wrong: 0,
  stale: 0,
  oldestMs: 0,
  unhandled: 0,
  growth: { heapBytes: 0, sockets: 0, timers: 0 },
};

function ran(change: Partial<RunResult> = {}): RunResult {
  return {
    topology: "alone",
    scenario: "killed",
    contender: "**cachetory**",
    result: outcome,
    day: "2026-01-01",
    node: "v20.20.2",
    load: 0,
    ...change,
  };
}

describe("the page", () => {
  it("has a place for everything that is measured, and for nothing else", () => {
    const page = readFileSync(new URL("../../../docs/reliability.md", import.meta.url), "utf8");
    const places = [...page.matchAll(/<!-- measured: (.*) -->/g)].map(([, name]) => name);
    expect(places.sort()).toEqual(Object.keys(measuredTexts([], "a lab")).sort());
  });

  it("says what was not met, in the row and in the counts", () => {
    const { headline, misses, faults } = measuredTexts([ran({ result: { ...outcome, longestMs: 1061 } })], "a lab");
    expect(headline).toBe("- Redis alone: **cachetory** 7 of 8.");
    expect(misses).toContain("| killed, back after 3 s, empty | **not met**: longest call, ms 1061 | not measured |");
    expect(faults).toContain("| **cachetory** | 0 ✓ | 1061 **not met** | 8 ✓ | 0 ✓ | 0 ✓ | 0 ✓ | 0 ✓ | 0 ✓ |");
  });

  it("tells of a process that ended, which meets nothing", () => {
    const { headline, faults } = measuredTexts([ran({ contender: "ioredis", result: { ended: "ended with 1." } })], "");
    expect(headline).toBe("- Redis alone: ioredis 0 of 8.");
    expect(faults).toContain("- ioredis, killed, back after 3 s, empty: ended with 1.");
  });
});

describe("results that are kept", () => {
  it("are replaced by those of the same scenario, contender and servers, and by no others", () => {
    const other = ran({ topology: "cluster" });
    const again = ran({ day: "2026-01-02" });
    expect(withResult([ran(), other], again)).toEqual([other, again]);
  });
});
