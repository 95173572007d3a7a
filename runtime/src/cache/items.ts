import { CachetoryError } from "../errors.ts";

/** Keys and their values: pairs, a `Map`, or, where keys are strings, a plain object. */
export type Items<K, V> = Iterable<readonly [key: K, value: V]> | (K extends string ? Readonly<Record<K, V>> : never);

/** @throws CachetoryError `INVALID_VALUE` where it is neither iterable nor an object */
export function pairsOf<K, V>(items: Items<K, V>): Iterable<readonly [K, V]> {
  // The type names no other; programs without types may give anything.
  const given: unknown = items;
  if (typeof given !== "object" || given === null) {
    throw new CachetoryError("INVALID_VALUE", "setMany takes pairs of key and value, a Map or a plain object.");
  }
  if (Symbol.iterator in given) return given as Iterable<readonly [K, V]>;
  return Object.entries(given) as Iterable<[unknown, unknown]> as Iterable<[K, V]>;
}
