import { type Fields, hasNames } from "../live/exact-values.ts";
import { hasToJson } from "./value-path.ts";

// What generated code is made of that tells, of values of one type, that strict JSON surely has nothing to refuse.

/**
 * Whether an object is of no class, and has so many properties, and none that is not listed or under a symbol.
 *
 * @param absent - names of further ones that it may have, of which each is `undefined` or has been counted
 * @param prototype - its own, where the caller has looked that up
 */
export function isPlainJson(
  value: Fields,
  count: number,
  absent: readonly string[] = [],
  prototype?: unknown,
): boolean {
  return hasNames(value, count, absent, prototype) && Object.getOwnPropertySymbols(value).length === 0;
}

/** The names of an object of no class that has no `toJSON`, nor properties under symbols; `undefined` of any other one. */
export function plainJsonNames(value: Fields): readonly string[] | undefined {
  return Object.getPrototypeOf(value) === Object.prototype &&
    Object.getOwnPropertySymbols(value).length === 0 &&
    !hasToJson(value)
    ? Object.keys(value)
    : undefined;
}

/** Whether it is an array with an element at each index, no properties besides, and no `toJSON`. */
export function isPlainJsonArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && Object.keys(value).length === value.length && !hasToJson(value);
}
