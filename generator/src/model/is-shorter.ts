import type { Ttl } from "./declaration.ts";

/** Whether `a` ends before `b`. */
export function isShorter(a: Ttl, b: Ttl): boolean {
  if (a === "forever") return false;
  return b === "forever" || a.ms < b.ms;
}
