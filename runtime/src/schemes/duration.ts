const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

// Weeks stand alone in ISO 8601; years and months have no fixed length and are left out.
const iso = /^P(?:(\d+)W|(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,3}))?S)?)?)$/;

/**
 * Milliseconds of `500ms`, `30s`, `10m`, `1h`, `7d`, or of an ISO 8601 duration such as `PT5M` or `P1DT2H`.
 * `undefined` for everything else: bare numbers, fractions of a unit, signs, years, months and `forever`.
 */
export function parseDuration(text: string): number | undefined {
  const simple = /^(\d+)(ms|s|m|h|d)$/.exec(text);
  if (simple !== null) return safe(Number(simple[1]) * (unitMs[simple[2] ?? ""] ?? Number.NaN));
  const parts = iso.exec(text);
  if (parts === null) return undefined;
  const [, weeks, days, hours, minutes, seconds, fraction] = parts;
  return safe(
    Number(weeks ?? 0) * 7 * 86_400_000 +
      Number(days ?? 0) * 86_400_000 +
      Number(hours ?? 0) * 3_600_000 +
      Number(minutes ?? 0) * 60_000 +
      Number(seconds ?? 0) * 1_000 +
      Number((fraction ?? "").padEnd(3, "0")),
  );
}

function safe(ms: number): number | undefined {
  return Number.isSafeInteger(ms) ? ms : undefined;
}
