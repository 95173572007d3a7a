import { expect } from "vitest";
import type { BackendSubject } from "./backend.ts";

/** For backends whose entries expire by a clock that a test cannot set. */
export const realTime: Pick<BackendSubject, "now" | "passTime"> = {
  now: () => Date.now(),
  passTime: (ms, isOver) => expect.poll(isOver, { timeout: ms + 5000 }).toBe(true),
};
