import { afterEach, expect, test, vi } from "vitest";
import { wholeNumber } from "./whole-number.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

test("a whole number is what it says", () => {
  expect([wholeNumber("seed", "0", 0), wholeNumber("schedules", "1000000")]).toEqual([0, 1_000_000]);
});

test.each(["", "abc", "-1", "1.5", "1e3", "0", "99999999999999999999"])("a command that is given %j ends", (text) => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  expect(() => wholeNumber("schedules", text)).toThrow("exit 2");
  expect(said).toHaveBeenCalledWith(`--schedules is a whole number from 1, not "${text}".`);
});
