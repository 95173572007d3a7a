import { expect, test } from "vitest";
import { scheduleOf } from "./schedule.ts";
import { everyValueIsLarge, findingText, realmsOf, search } from "./search.ts";
import { simulate } from "./simulation.ts";

const root = new URL("../../", import.meta.url);
const realms = await realmsOf(root);

test("nothing is violated in 2,000 schedules", { timeout: 300_000 }, async () => {
  const { findings, schedules } = await search(realms, { from: 0, count: 2000 });
  expect(findings.map(findingText)).toEqual([]);
  expect(schedules).toBe(2000);
});

test("nor in 1,000 where every value is large, so that it comes over the second connection", {
  timeout: 300_000,
}, async () => {
  const { findings, schedules } = await search(await realmsOf(root, [everyValueIsLarge]), { from: 0, count: 1000 });
  expect(findings.map(findingText)).toEqual([]);
  expect(schedules).toBe(1000);
});

test("a seed says all that happens, whatever ran before", async () => {
  // Tokens are told apart, and nothing depends on what they are.
  const eventsOf = async (seed: number): Promise<readonly string[]> => {
    const { trace } = await simulate(scheduleOf(seed), realms, true);
    return trace.filter((line) => !line.includes("the server stores"));
  };
  // Of so many, some lose connections, and come back after a time that is left to chance.
  const seeds = Array.from({ length: 100 }, (_, seed) => seed);
  const told: (readonly string[])[] = [];
  for (const seed of seeds) told.push(await eventsOf(seed));
  expect(Math.min(...told.map(({ length }) => length))).toBeGreaterThan(10);
  for (const seed of [...seeds].reverse()) expect([seed, await eventsOf(seed)]).toEqual([seed, told[seed]]);
});
