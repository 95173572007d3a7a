import { CachetoryError } from "../errors.ts";

/** What `loadMissing` may answer: a map, pairs, or an array aligned with the keys that it was given. */
export type LoadedMany<K, V> =
  | ReadonlyMap<K, V | undefined>
  | Iterable<readonly [K, V | undefined]>
  | readonly (V | undefined)[];

/**
 * The answer by the text of the keys. An array is taken for pairs only if each of its elements is an array of two that
 * begins with a key that was asked; who caches such arrays answers with a map.
 */
export function pairUp<K, V>(
  texts: readonly string[],
  loaded: LoadedMany<K, V>,
  keyOf: (key: K) => string,
): Map<string, V> {
  const values = new Map<string, V>();
  if (typeof loaded?.[Symbol.iterator] !== "function") {
    throw new CachetoryError(
      "INVALID_VALUE",
      "A loader of many keys answers with a Map, with pairs, or with an array aligned with its keys.",
    );
  }
  const pairs = asPairs(texts, loaded, keyOf);
  if (pairs !== undefined) {
    for (const [text, value] of pairs) if (value !== undefined) values.set(text, value);
    return values;
  }
  // Not pairs, so it is the aligned array.
  const aligned = loaded as readonly (V | undefined)[];
  refuseOtherLength(texts, aligned);
  texts.forEach((text, index) => {
    const value = aligned[index];
    if (value !== undefined) values.set(text, value);
  });
  return values;
}

/** The values of an array that is known to be aligned with the items, whatever its elements look like. */
export function alignedValues<I, V>(items: readonly I[], aligned: readonly V[]): ReadonlyMap<I, V | undefined> {
  refuseOtherLength(items, aligned);
  return new Map(items.map((item, index) => [item, aligned[index]]));
}

function refuseOtherLength(asked: readonly unknown[], aligned: readonly unknown[]): void {
  if (aligned.length === asked.length) return;
  throw new CachetoryError(
    "INVALID_VALUE",
    `A loader of many keys was asked for ${asked.length} values and answered with an array of ${aligned.length}. ` +
      "Answer with one element for each key, undefined where there is none, or with a Map.",
  );
}

function asPairs<K, V>(
  texts: readonly string[],
  loaded: LoadedMany<K, V>,
  keyOf: (key: K) => string,
): (readonly [string, V | undefined])[] | undefined {
  if (!Array.isArray(loaded)) {
    return Array.from(loaded as Iterable<readonly [K, V | undefined]>, ([key, value]) => [keyOf(key), value]);
  }
  const asked = new Set(texts);
  const pairs: (readonly [string, V | undefined])[] = [];
  for (const element of loaded as readonly unknown[]) {
    if (!Array.isArray(element) || element.length !== 2) return undefined;
    const text = textOf(element[0] as K, keyOf);
    if (text === undefined || !asked.has(text)) return undefined;
    pairs.push([text, element[1] as V | undefined]);
  }
  return pairs;
}

function textOf<K>(key: K, keyOf: (key: K) => string): string | undefined {
  try {
    return keyOf(key);
  } catch {
    // Not a key at all, so the array does not hold pairs.
    return undefined;
  }
}
