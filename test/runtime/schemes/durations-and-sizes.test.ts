import { parseDuration, parseSize } from "@cachetory/runtime/schemes";
import { describe, expect, test } from "vitest";

describe("a duration", () => {
  test.each([
    ["0ms", 0],
    ["500ms", 500],
    ["30s", 30_000],
    ["10m", 600_000],
    ["1h", 3_600_000],
    ["7d", 604_800_000],
    ["PT5M", 300_000],
    ["PT0.25S", 250],
    ["PT1H30M", 5_400_000],
    ["P1DT2H", 93_600_000],
    ["P2W", 1_209_600_000],
  ])("%s is %d ms", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each([
    "",
    "10",
    "forever",
    "-1s",
    "1.5h",
    "10 m",
    "10M",
    "10min",
    "1h30m",
    "P",
    "PT",
    "P1",
    "P1D T2H",
    "P1DT",
    "P1M",
    "P1Y",
    "P1W2D",
    "PT1.5H",
    "pt5m",
    "99999999999999999999d",
  ])("%j is none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe("a size", () => {
  test.each([
    ["0", 0],
    ["500", 500],
    ["12b", 12],
    ["64kb", 65_536],
    ["64mb", 67_108_864],
    ["64MB", 67_108_864],
    ["1gb", 1_073_741_824],
  ])("%s is %d bytes", (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  test.each(["", "kb", "-1", "1.5mb", "64 mb", "64m", "64mib", "1tb", "99999999999gb"])("%j is none", (text) => {
    expect(parseSize(text)).toBeUndefined();
  });
});
