import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chart } from "../src/report/chart.ts";
import { goalsTable, metCounts } from "../src/report/goals-table.ts";
import { measuredTexts } from "../src/report/page.ts";
import { withTexts } from "../src/report/with-texts.ts";
import type { NodeResults, PartResult } from "../src/results.ts";

const generate = (typedMs: number): PartResult => ({
  part: "generate",
  node: "v20.20.2",
  machine: "a machine",
  day: "2026-01-01",
  load: 0,
  versions: {},
  samples: { generate: { wallMs: { "1,000 caches": { json: [100], typed: [typedMs] } } } },
});
const on = (nodeMajor: number, typedMs: number): NodeResults => ({
  major: nodeMajor,
  parts: { generate: generate(typedMs) },
});

describe("the goals", () => {
  it("say what was reached, what was not, and what was not measured", () => {
    const row = goalsTable([on(20, 120), on(24, 140)])
      .split("\n")
      .at(-1);
    expect(row).toContain("| 1.20 ✓ (at most 1.30) | 1.40 **not met** (at most 1.30) |");
    expect(metCounts([on(20, 120), on(24, 140)])).toBe("1 of 1 on Node 20, 0 of 1 on Node 24");
    expect(goalsTable([{ major: 20, parts: {} }])).toContain("| – (at most 1.30) |");
  });

  it("say what is reached by hand where they are not met", () => {
    const small = (ours: number): PartResult => ({
      ...generate(1),
      part: "redis",
      samples: {
        small: {
          wallUs: {
            "get ×32": {
              ioredis: [20],
              "ioredis, auto-pipelined": [10],
              "ioredis, gathered by hand": [5],
              "**cachetory**": [ours],
            },
          },
        },
      },
    });
    const table = goalsTable([
      { major: 20, parts: { redis: small(4) } },
      { major: 24, parts: { redis: small(3) } },
    ]);
    expect(table).toContain(
      "to auto-pipelined 0.40 **not met** (at most 0.33; by hand 0.50)<br>to plain 0.20 ✓ (at most 0.70)",
    );
    expect(table).toContain("to auto-pipelined 0.30 ✓ (at most 0.55)<br>");
  });

  it("compare typed entries with typed ones by hand", () => {
    const times = {
      ioredis: [120],
      "ioredis, gathered by hand": [100],
      "ioredis, gathered by hand, typed": [75],
      "**cachetory, typed**": [80],
    };
    const large: PartResult = { ...generate(1), part: "redis", samples: { large: { wallUs: { "get ×1": times } } } };
    expect(goalsTable([{ major: 20, parts: { redis: large } }])).toContain(
      "get ×1 1.50 **not met** (at least 2.00; by hand 1.60)",
    );
  });

  it("are other ones on a newer Node where they say so", () => {
    expect(goalsTable([on(20, 100), on(24, 100)])).toContain("| – (at least 5.00) | – (at least 4.30) |");
  });
});

describe("the page", () => {
  it("gets other texts between its markers alone", () => {
    const page = "before\n<!-- measured: one -->\nold\n<!-- /measured -->\nafter";
    expect(withTexts(page, { one: "new" })).toBe("before\n<!-- measured: one -->\n\nnew\n\n<!-- /measured -->\nafter");
    expect(() => withTexts(page, { two: "new" })).toThrow("no <!-- measured: two -->");
  });

  it("has a place for everything that is measured, and for nothing else", () => {
    const page = readFileSync(new URL("../../docs/performance.md", import.meta.url), "utf8");
    const places = [...page.matchAll(/<!-- measured: (.*) -->/g)].map(([, name]) => name);
    expect(places.sort()).toEqual(Object.keys(measuredTexts([])).sort());
  });
});

describe("the chart", () => {
  const bars = [
    { label: "ours", value: 1, text: "1 ms", isOurs: true },
    { label: "a <b> & c", value: 2, text: "2 ms", isOurs: false },
    { label: "endless", value: 900, text: "900 ms", isOurs: false },
  ];
  const picture = chart([{ title: "How long", bars }], "Node 20");

  it("names and numbers every bar", () => {
    for (const text of ["How long", "ours", "a &lt;b> &amp; c", "1 ms", "2 ms", "900 ms", "Node 20"]) {
      expect(picture).toContain(`>${text}<`);
    }
  });

  it("has a dark ground where the reader's system has one", () => {
    expect(picture).toMatch(/prefers-color-scheme: dark\) \{\s*\.ground \{ fill: #0d1117/);
  });

  it("ends a bar that would make dots of the others, and marks it", () => {
    const lengths = [...picture.matchAll(/class="(?:bar|ours)"[^>]*width="([\d.]+)"/g)].map(([, length]) =>
      Number(length),
    );
    expect(lengths[1]).toBeCloseTo((lengths[2] ?? 0) / 4, 0);
    expect(picture.match(/class="clip" d/g)).toHaveLength(1);
  });
});
