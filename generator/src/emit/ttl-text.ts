import type { Ttl } from "../model/declaration.ts";

const units: readonly (readonly [suffix: string, ms: number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
];

/** A ttl for people: `1 h 30 m`, `for ever`. */
export function ttlText(ttl: Ttl): string {
  if (ttl === "forever") return "for ever";
  let left = ttl.ms;
  const parts: string[] = [];
  for (const [suffix, ms] of units) {
    const count = Math.floor(left / ms);
    left -= count * ms;
    if (count > 0) parts.push(`${count} ${suffix}`);
  }
  return parts.length === 0 ? "0 ms" : parts.join(" ");
}
