import { describe, expect, it } from "vitest";
import { columns } from "../src/goals.ts";
import { type Outcome, outcomeOf, type Run } from "../src/outcome.ts";
import type { CallRecord } from "../src/records.ts";

const held = { heapBytes: 5_000_000, sockets: 1, timers: 0 };
const [beforeAtMs, faultAtMs, backAtMs, endAtMs] = [0, 1000, 3000, 5000];

/** A fresh key every 5 ms, stored and read back, and a hot key: 1 ms each. */
function calls(change: (call: CallRecord) => Partial<CallRecord> = () => ({})): readonly CallRecord[] {
  return Array.from({ length: endAtMs / 5 }, (_, id) =>
    (["fresh", "echo", "hot"] as const).map((kind) => {
      const call: CallRecord = {
        kind,
        id,
        startMs: id * 5,
        endMs: id * 5 + 1,
        waitedMs: 0,
        isError: false,
        isHit: kind === "echo",
        isWrong: false,
        ageMs: 0,
      };
      return { ...call, ...change(call) };
    }),
  ).flat();
}

function outcome(change: Partial<Run> = {}): Outcome {
  const records = change.records ?? calls();
  return outcomeOf({
    records,
    hotLoadsAtMs: [],
    storedIds: new Set(records.map(({ id }) => id)),
    beforeAtMs,
    faultAtMs,
    backAtMs,
    endAtMs,
    before: held,
    after: held,
    unhandled: 0,
    ...change,
  });
}

function missed(of: Outcome, heldUpMs?: number): readonly string[] {
  return columns
    .filter(({ isMet }) => !isMet(of, heldUpMs === undefined ? {} : { heldUpMs }))
    .map(({ title }) => title);
}

describe("an outcome", () => {
  it("meets all goals where nothing went wrong", () => {
    expect(missed(outcome())).toEqual([]);
    expect(outcome().recoveryMs).toBe(0);
  });

  it("has the longest call since the fault, less what its process waited for a processor", () => {
    const with400 = (tookMs: number): Outcome =>
      outcome({
        records: calls(({ kind, id, startMs }) => {
          if (kind !== "hot") return {};
          if (id === 10) return { endMs: startMs + 900 };
          if (id === 399) return { endMs: startMs + 110, waitedMs: 60 };
          return id === 400 ? { endMs: startMs + tookMs, waitedMs: 30 } : {};
        }),
      });
    expect(with400(92)).toMatchObject({ longestMs: 92, longestWaitedMs: 30 });
    expect(columns[1]?.text(with400(92))).toBe("92 (30 without a processor)");
    expect(missed(with400(92))).toEqual([]);
    expect(missed(with400(93))).toEqual(["longest call, ms"]);
    expect(missed(with400(93), 160)).toEqual([]);
  });

  it("counts calls that reject, that nobody answers, and values that are wrong", () => {
    const records = calls(({ kind, id }) => {
      if (kind !== "hot") return {};
      if (id === 300) return { isError: true };
      if (id === 301) return { isWrong: true };
      return id === 900 ? { endMs: undefined } : {};
    });
    const found = outcome({ records });
    expect(found).toMatchObject({ errors: 1, wrong: 1, hung: 1, longestMs: 500 });
    expect(missed(found)).toEqual(["errors", "longest call, ms", "wrong values"]);
    expect(columns[0]?.text(found)).toBe("1, 1 never answered");
  });

  it("takes a hot value for stale when it was older than its second, and the time of loading, when it was asked for", () => {
    const aged = (ageMs: number): Outcome =>
      outcome({ records: calls(({ kind, id }) => (kind === "hot" && id === 500 ? { ageMs } : {})) });
    expect(aged(1150)).toMatchObject({ stale: 0, oldestMs: 0 });
    expect(aged(1151)).toMatchObject({ stale: 1, oldestMs: 1151 });
    expect(missed(aged(1151))).toEqual(["stale values"]);
  });

  it("counts loads until a second after the servers were back", () => {
    const hotLoadsAtMs = [999, 1000, 2000, 3999, 4000];
    expect(outcome({ hotLoadsAtMs }).loadsPerSecond).toBe(1);
    const many = Array.from({ length: 49 }, (_, index) => faultAtMs + index);
    expect(missed(outcome({ hotLoadsAtMs: many }))).toEqual(["loads a second"]);
    expect(missed(outcome({ hotLoadsAtMs: many.slice(1) }))).toEqual([]);
  });

  it("recovers with the first fresh key from which on all are stored, read back, and quick", () => {
    const untilMs = (atMs: number, change: Partial<CallRecord>): readonly CallRecord[] =>
      calls(({ kind, startMs }) => (kind === "echo" && startMs >= faultAtMs && startMs < atMs ? change : {}));
    expect(outcome({ records: untilMs(3200, { isHit: false }) }).recoveryMs).toBe(200);
    expect(outcome({ records: untilMs(3300, { isError: true }) }).recoveryMs).toBe(300);
    const slow = calls(({ startMs }) => (startMs < 3240 && startMs >= faultAtMs ? { endMs: startMs + 12 } : {}));
    expect(outcome({ records: slow }).recoveryMs).toBe(240);
    const stored = new Set(
      calls()
        .filter(({ startMs }) => startMs >= 3255)
        .map(({ id }) => id),
    );
    expect(outcome({ storedIds: stored }).recoveryMs).toBe(255);
    expect(missed(outcome({ storedIds: stored }))).toEqual(["recovery, ms"]);
  });

  it("says nothing of recovery by what was well before the servers were back", () => {
    const records = calls(({ startMs }) => (startMs >= 2900 && startMs < 3100 ? { isError: true } : {}));
    expect(outcome({ records }).recoveryMs).toBe(100);
  });

  it("has not recovered where twenty calls in a row never were as before", () => {
    const records = calls(({ kind, id }) => (kind === "echo" && id % 19 === 0 ? { isHit: false } : {}));
    expect(outcome({ records }).recoveryMs).toBeUndefined();
    expect(columns[3]?.text(outcome({ records }))).toBe("> 2000");
  });

  it("grows by what is held afterwards, memory from two megabytes on", () => {
    const after = { heapBytes: 7_000_001, sockets: 2, timers: 1 };
    expect(columns.at(-1)?.text(outcome({ after }))).toBe("sockets: 1, timers: 1, 2.0 MB");
    expect(missed(outcome({ after: { ...held, heapBytes: 7_000_000 } }))).toEqual([]);
    for (const key of ["sockets", "timers"] as const) {
      expect(missed(outcome({ after: { ...held, [key]: 5 } }))).toEqual(["growth"]);
    }
  });
});
