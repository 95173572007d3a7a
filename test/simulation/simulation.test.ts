import { expect, test } from "vitest";
import { scheduleOf } from "./schedule.ts";
import { findingText, realmsOf, search } from "./search.ts";
import { simulate } from "./simulation.ts";

const root = new URL("../../", import.meta.url);
const realms = await realmsOf(root);

test("nothing is violated in 3,000 schedules", { timeout: 300_000 }, async () => {
  const { findings, schedules } = await search(realms, { from: 0, count: 3000 });
  expect(findings.map(findingText)).toEqual([]);
  expect(schedules).toBe(3000);
});

test("a seed says all that happens", async () => {
  const schedule = scheduleOf(17);
  expect(scheduleOf(17)).toEqual(schedule);
  // Tokens are told apart, and nothing depends on what they are.
  const eventsOf = async (): Promise<readonly string[]> =>
    (await simulate(schedule, realms, true)).trace.filter((line) => !line.includes("the server stores"));
  const events = await eventsOf();
  expect(events.length).toBeGreaterThan(10);
  expect(await eventsOf()).toEqual(events);
});
