/** What is cached: a value that tells which key it belongs to, and when it was loaded. */
export interface Probe {
  /** `hot:3`, `fresh:1042`. */
  readonly key: string;
  /** By the clock that no fault changes, see {@link trueNowMs}. */
  readonly loadedAtMs: number;
  readonly text: string;
}

const text = "A line of some words, and one more of them. ".repeat(6);

/** The same clock for all processes of the machine. `Date` is one of the things that are made wrong. */
export function trueNowMs(): number {
  return performance.timeOrigin + performance.now();
}

export function probeOf(key: string): Probe {
  return { key, loadedAtMs: trueNowMs(), text };
}

/** Whether a value is one that was loaded for this key, and has all that was loaded. */
export function isProbeOf(value: unknown, key: string): value is Probe {
  if (typeof value !== "object" || value === null) return false;
  const { key: found, loadedAtMs, text: foundText } = value as Partial<Probe>;
  return found === key && typeof loadedAtMs === "number" && foundText === text;
}
