import { setTimeout as later } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { Caller } from "../src/caller.ts";
import type { Contender } from "../src/contender.ts";
import { probeOf } from "../src/probe.ts";
import { type CallRecord, recordsOf } from "../src/records.ts";

type GetOrSet = Contender["getOrSet"];

let caller: Caller | undefined;
afterEach(() => caller?.pause());

/** What is recorded of a few calls of such a contender. */
async function recorded(
  getOrSet: GetOrSet,
): Promise<{ readonly caller: Caller; readonly records: readonly CallRecord[] }> {
  const none = async (): Promise<void> => {};
  caller = new Caller({ getOrSet, setBulk: none, clearBulk: none, close: none });
  caller.start();
  while (caller.nextFreshId < 3) await later(5);
  await caller.pause();
  return { caller, records: recordsOf(caller.columns) };
}

describe("the caller", () => {
  it("asks for each fresh key again, and tells loads from hits", async () => {
    const kept = new Map<string, unknown>();
    const found = await recorded(async (cache, id, load) => {
      const key = `${cache}:${id}`;
      if (!kept.has(key)) kept.set(key, await load());
      return kept.get(key);
    });
    const first = found.records.filter(({ kind, id }) => kind !== "hot" && id === 0);
    expect(first.map(({ kind, isHit, isWrong }) => ({ kind, isHit, isWrong }))).toEqual([
      { kind: "fresh", isHit: false, isWrong: false },
      { kind: "echo", isHit: true, isWrong: false },
    ]);
    expect(found.caller.hotLoadsAtMs).toHaveLength(found.records.filter(({ kind }) => kind === "hot").length);
  });

  it("finds values of other keys, values that are not whole, and none", async () => {
    const answers: Record<string, unknown> = { "hot:0": probeOf("hot:1"), "hot:1": { ...probeOf("hot:1"), text: "A" } };
    const found = await recorded(async (cache, id) => answers[`${cache}:${id}`]);
    expect(found.records.every(({ isWrong }) => isWrong)).toBe(true);
    expect(found.caller.firstWrong).toBe("fresh:0: undefined");
  });

  it("says how old a value was when it was asked for", async () => {
    const found = await recorded(async (cache, id) => {
      const probe = probeOf(`${cache}:${id}`);
      return { ...probe, loadedAtMs: probe.loadedAtMs - 500 };
    });
    for (const { ageMs } of found.records) {
      expect(ageMs).toBeGreaterThan(450);
      expect(ageMs).toBeLessThanOrEqual(500);
    }
  });

  it("counts errors, and asks for no key again that it did not get", async () => {
    const found = await recorded(async () => {
      throw new Error("It is out.");
    });
    expect(found.records.every(({ isError }) => isError)).toBe(true);
    expect(found.records.some(({ kind }) => kind === "echo")).toBe(false);
    expect(found.caller.firstError).toBe("It is out.");
  });
});
