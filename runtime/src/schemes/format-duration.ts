const units: readonly (readonly [suffix: string, ms: number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
];

/** A duration for people, from whole milliseconds: `1 h 30 m`, `0 ms`, `for ever`. */
export function formatDuration(duration: number | "forever"): string {
  if (duration === "forever") return "for ever";
  let left = duration;
  const parts: string[] = [];
  for (const [suffix, ms] of units) {
    const count = Math.floor(left / ms);
    left -= count * ms;
    if (count > 0) parts.push(`${count} ${suffix}`);
  }
  return parts.length === 0 ? "0 ms" : parts.join(" ");
}
