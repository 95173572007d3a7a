import { describe, expect, it } from "vitest";
import { cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

const withTtl = (...lines: readonly string[]): string => cacheWith("key: c", "value: string", ...lines);
const general = "Durations are written 500ms, 30s, 10m, 1h, 7d or PT5M; forever has no end";

describe("a ttl", () => {
  for (const [text, ms] of [
    ["500ms", 500],
    ["30s", 30_000],
    ["10m", 600_000],
    ["7d", 604_800_000],
    ["PT5M", 300_000],
    ["P1DT2H", 93_600_000],
  ] as const) {
    it(`is ${text}`, () => expect(declarationsOf(withTtl(`ttl: ${text}`)).caches[0]?.ttl).toEqual({ ms }));
  }

  it("is forever where that is written", () => {
    expect(declarationsOf(withTtl("ttl: forever")).caches[0]?.ttl).toBe("forever");
  });

  for (const written of ["30", '"30"']) {
    it(`is not the bare number ${written}`, () => {
      expect(findingsIn(withTtl(`ttl: ${written}`))).toEqual([
        {
          at: "10:10",
          text: written,
          code: "C1101",
          message: '"ttl" is the bare number 30, which could be seconds or milliseconds',
          hint: "Write 30s for seconds or 30ms for milliseconds",
        },
      ]);
    });
  }

  for (const [text, meant] of [
    ["10 minutes", "10m"],
    ["5min", "5m"],
    ["1 hour", "1h"],
    ["30 secs", "30s"],
    ["2w", "14d"],
    ["5M", "5m"],
    ["100 millis", "100ms"],
    ["never", "forever"],
  ] as const) {
    it(`is not ${text}, but perhaps ${meant}`, () => {
      expect(findingsIn(withTtl(`ttl: ${text}`))).toEqual([
        {
          at: "10:10",
          text,
          code: "C1101",
          message: `"ttl" must be a duration, not "${text}"`,
          hint: `Did you mean ${meant}? ${general}`,
        },
      ]);
    });
  }

  it("is not any text", () => {
    expect(findingsIn(withTtl("ttl: soon"))).toMatchObject([{ text: "soon", code: "C1101", hint: general }]);
  });

  it.each(["104249992d", "99999999999d", "P99999999999W", "99999999999999999ms"])("is not too long: %s", (text) => {
    expect(findingsIn(withTtl(`ttl: ${text}`))).toEqual([
      {
        at: "10:10",
        text,
        code: "C1101",
        message: '"ttl" is longer than a duration can be',
        hint: "Write 104249991d at most; forever has no end",
      },
    ]);
    // One that no entry lives to see.
    expect(findingsIn(withTtl("ttl: 104249991d"))).toMatchObject([{ code: "C1708" }]);
  });

  it("is suggested where it can be", () => {
    expect(findingsIn(withTtl("ttl: 99999999999 weeks"))).toMatchObject([{ code: "C1101", hint: general }]);
  });

  it("is longer than zero", () => {
    expect(findingsIn(withTtl("ttl: 0s"))).toEqual([
      {
        at: "10:10",
        text: "0s",
        code: "C1101",
        message: '"ttl" must be longer than zero',
        hint: "Leave the cache out if nothing is to be kept; forever keeps entries without end",
      },
    ]);
  });

  it("comes from defaults where the cache has none", () => {
    expect(declarationsOf(withTtl()).caches[0]?.ttl).toEqual({ ms: 3_600_000 });
  });

  it("is asked for once where the default is wrong", () => {
    expect(findingsIn(withTtl().replace("ttl: 1h", "ttl: soon"))).toMatchObject([{ at: "4:34", code: "C1101" }]);
  });
});

describe("a max-ttl", () => {
  it("may be longer than the ttl; one that is as long has no effect", () => {
    expect(declarationsOf(withTtl("ttl: 1h", "max-ttl: 2h")).caches[0]?.maxTtl).toEqual({ ms: 7_200_000 });
    expect(findingsIn(withTtl("ttl: 1h", "max-ttl: 1h"))).toMatchObject([{ at: "11:14", text: "1h", code: "C1708" }]);
    expect(declarationsOf(withTtl("max-ttl: forever")).caches[0]?.maxTtl).toBe("forever");
  });

  it("is not shorter than the ttl", () => {
    expect(findingsIn(withTtl("ttl: forever", "max-ttl: 1h"))).toEqual([
      {
        at: "11:14",
        text: "1h",
        code: "C1101",
        message: '"max-ttl" of cache "c" is shorter than its "ttl"',
        hint: 'Raise "max-ttl", or leave it out',
      },
    ]);
  });

  it("of defaults is held against a ttl of a cache, which is to blame", () => {
    expect(findingsIn(withTtl("ttl: 2h").replace("ttl: 1h", "max-ttl: 1h"))).toMatchObject([
      { at: "7:3", text: "c", code: "C1101", message: '"max-ttl" of cache "c" is shorter than its "ttl"' },
    ]);
  });

  it("of defaults that is shorter than their ttl is found once", () => {
    const yaml = `${withTtl().replace("ttl: 1h", "ttl: 1h, max-ttl: 1m")}  d: { key: d, value: string }\n`;
    expect(findingsIn(yaml)).toMatchObject([
      { at: "4:47", text: "1m", code: "C1101", message: '"max-ttl" in "defaults" is shorter than its "ttl"' },
    ]);
  });
});
