const unitBytes: Readonly<Record<string, number>> = { "": 1, b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** Bytes of `500`, `64kb`, `64mb`, `1gb` (1 kb is 1024 bytes; any case); `undefined` for everything else. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+)(|b|kb|mb|gb)$/.exec(text.toLowerCase());
  if (match === null) return undefined;
  const bytes = Number(match[1]) * (unitBytes[match[2] ?? ""] ?? Number.NaN);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
