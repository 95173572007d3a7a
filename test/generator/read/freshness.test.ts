import { describe, expect, it } from "vitest";
import { cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

const fields = ["key: c", "value: string"];

function freshnessOf(...lines: readonly string[]) {
  return declarationsOf(cacheWith(...fields, ...lines)).caches[0]?.freshness;
}

function codesOf(...lines: readonly string[]) {
  return findingsIn(cacheWith(...fields, ...lines)).map(({ code, text }) => [code, text]);
}

describe("stale", () => {
  it("says for how long, and how long no load is tried after one that failed", () => {
    expect(freshnessOf("stale: { while-revalidate: 5m, on-error: 1h, throttle: 10s }")?.stale).toEqual({
      whileRevalidateMs: 300_000,
      onErrorMs: 3_600_000,
      throttleMs: 10_000,
    });
    expect(freshnessOf("stale: { on-error: PT1H }")?.stale).toEqual({
      whileRevalidateMs: undefined,
      onErrorMs: 3_600_000,
      throttleMs: undefined,
    });
  });

  it("says something", () => {
    expect(codesOf("stale: { throttle: 1s }")).toEqual([["C1507", "{ throttle: 1s }"]]);
    expect(codesOf("stale: {}")).toEqual([["C1507", "{}"]]);
  });

  it("is not told twice of what is misspelt, nor of what cannot be read", () => {
    expect(codesOf("stale: { onError: 1h }").map(([code]) => code)).toEqual(["C1006"]);
    expect(codesOf("stale: { on-error: soon }", "timeouts: { soft: 1s }").map(([code]) => code)).toEqual(["C1101"]);
  });

  it("lets a value be served where its load fails for longer than without one", () => {
    expect(codesOf("stale: { while-revalidate: 1h, on-error: 1h }")).toEqual([["C1516", "1h"]]);
  });

  it("ends", () => {
    expect(codesOf("stale: { on-error: forever }")).toEqual([["C1101", "forever"]]);
  });

  it("is of no use where entries are always fresh; a default is not for such a cache", () => {
    expect(codesOf("ttl: forever", "stale: { on-error: 1h }", "refresh-ahead: 80%")).toEqual([
      ["C1516", "{ on-error: 1h }"],
      ["C1516", "80%"],
    ]);
    const yaml = cacheWith(...fields, "ttl: forever").replace("ttl: 1h", "ttl: 1h, stale: { on-error: 1h }");
    expect(declarationsOf(yaml).caches[0]?.freshness.stale).toBeUndefined();
  });
});

describe("timeouts", () => {
  it("say how long a caller waits", () => {
    expect(freshnessOf("stale: { on-error: 1h }", "timeouts: { soft: 100ms, hard: 2s }")?.timeouts).toMatchObject({
      softMs: 100,
      hardMs: 2000,
    });
  });

  it("need something to serve for soft; of a default, hard is left where there is nothing", () => {
    expect(codesOf("timeouts: { soft: 1s }")).toEqual([["C1516", "1s"]]);
    const yaml = cacheWith(...fields).replace("ttl: 1h", "ttl: 1h, timeouts: { soft: 1s, hard: 2s }");
    expect(declarationsOf(yaml).caches[0]?.freshness.timeouts).toMatchObject({ softMs: undefined, hardMs: 2000 });
  });

  it("end with soft first", () => {
    expect(codesOf("stale: { on-error: 1h }", "timeouts: { soft: 2s, hard: 2s }")).toEqual([["C1516", "2s"]]);
  });

  it("end before others stop to wait for the load", () => {
    expect(codesOf("timeouts: { hard: 30s }")).toEqual([["C1516", "{ hard: 30s }"]]);
    expect(codesOf("timeouts: { hard: 5s }", "single-flight: { deadline: 5s }")).toEqual([["C1516", "{ hard: 5s }"]]);
    expect(codesOf("timeouts: { hard: 40s }", "single-flight: { deadline: 1m }")).toEqual([]);
  });

  it("are no longer than a timer, and say something", () => {
    expect(codesOf("timeouts: { hard: 25d }")).toEqual([["C1101", "25d"]]);
    expect(codesOf("timeouts: {}")).toEqual([["C1507", "{}"]]);
  });
});

describe("refresh-ahead", () => {
  it.each(["80%", "0.5%", "99.9%", "xfetch"])("%s is as it is written", (text) => {
    expect(freshnessOf(`refresh-ahead: ${text}`)?.refreshAhead).toEqual({ text });
  });

  it.each(["0%", "100%", "0.8", "80", "-1%", "sometimes", "true"])("%s is none", (text) => {
    expect(codesOf(`refresh-ahead: ${text}`)).toEqual([["C1507", text]]);
  });
});

it("nothing of it is for a cache without promises; a default is not for such a cache", () => {
  expect(
    codesOf("mode: sync", "stale: { on-error: 1h }", "refresh-ahead: 80%", "timeouts: { hard: 1s }").map(
      ([code]) => code,
    ),
  ).toEqual(["C1508", "C1508", "C1508"]);
  const yaml = cacheWith(...fields, "mode: sync").replace("ttl: 1h", "ttl: 1h, timeouts: { hard: 2s }");
  expect(declarationsOf(yaml).caches[0]?.freshness.timeouts).toBeUndefined();
});
