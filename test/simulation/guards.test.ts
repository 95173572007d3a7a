import { describe, expect, test } from "vitest";
import { mutants } from "./mutants/index.ts";
import { findingText, realmsOf, search } from "./search.ts";

const root = new URL("../../", import.meta.url);
const real = await realmsOf(root);

/** So many schedules find each of them. */
const count = 1500;

describe("without the guard, a schedule shows what is violated:", () => {
  test.each(mutants)("$name", { timeout: 300_000 }, async ({ from = 0, concerns, edits }) => {
    const seeds = { from, count };
    const { findings } = await search(await realmsOf(root, edits), seeds, { given: concerns });
    const [finding] = findings;
    if (finding === undefined) throw new Error(`${count} schedules show nothing.`);
    // With the guard, the same schedule is right.
    const again = await search(real, { from: finding.seed, count: 1 }, { given: concerns });
    expect(again.findings.map(findingText)).toEqual([]);
    // The shortest trace tells of what happened, and how to see it again.
    expect(findingText(finding)).toContain(`--seed ${finding.seed}`);
    expect(finding.trace.join("\n")).toContain("process");
  });
});

test("a guard that is not where it was is told", async () => {
  const gone = { file: "cache/loads.ts", text: "no line of it", replacement: "" };
  await expect(realmsOf(root, [gone])).rejects.toThrow("is 0 times in cache/loads.ts");
});
