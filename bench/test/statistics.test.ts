import { describe, expect, it } from "vitest";
import type { Samples } from "../src/harness/contest.ts";
import { geometricMean, median, middle, ratio } from "../src/harness/statistics.ts";

const samples: Samples = {
  encodeNs: { user: { ours: [1, 20, 3], other: [2, 60, 3], short: [5] } },
  decodeNs: { user: { ours: [1, 20, 1], other: [2, 20, 1] } },
};

describe("statistics", () => {
  it("form a ratio within each round, for a slow round hits both", () => {
    // 1/2, 20/60 and 3/3; the medians alone, 3 and 3, would say that they are equal.
    expect(ratio(samples, "encodeNs", "user", "ours", "other")).toBe(0.5);
  });

  it("sum several series round by round", () => {
    expect(middle(samples, ["encodeNs", "decodeNs"], "user", "other")).toBe(4);
    expect(ratio(samples, ["encodeNs", "decodeNs"], "user", "ours", "other")).toBe(0.5);
  });

  it("know nothing of what was not measured", () => {
    expect(middle(samples, "encodeNs", "user", "nobody")).toBeUndefined();
    expect(ratio(samples, "encodeNs", "user", "ours", "nobody")).toBeUndefined();
    expect(ratio(samples, "wallUs", "user", "ours", "other")).toBeUndefined();
    expect(middle(samples, ["encodeNs", "decodeNs"], "user", "short")).toBeUndefined();
  });

  it("take the middle of the two in the middle", () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
    expect(geometricMean([2, 8])).toBeCloseTo(4);
  });
});
