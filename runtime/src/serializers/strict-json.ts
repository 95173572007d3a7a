import { CachetoryError } from "../errors.ts";
import { describeValue, formatValuePath, hasToJson, isPlainObject, nameBesideItems, symbolOf } from "./value-path.ts";

/**
 * Refuses what `JSON.stringify` would change without a word. Two things pass although they do not come back as they
 * were: a property that is `undefined` comes back absent, and -0 as 0.
 *
 * @throws CachetoryError `INVALID_VALUE`, with the path
 */
export function checkStrictJson(value: unknown): void {
  check(value, [], new Set());
}

/** Whether there is surely nothing to refuse, as of nearly every value; of what is deep or odd it is not sure. */
export function isSurelyJson(value: unknown): boolean {
  return isSurelyFine(value, 0);
}

/** Deeper than this, a value may hold itself. */
const maxSureDepth = 100;

function isSurelyFine(value: unknown, depth: number): boolean {
  if (isFineLeaf(value)) return true;
  if (typeof value !== "object" || value === null || depth > maxSureDepth) return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index];
      if (!isFineLeaf(item) && !isSurelyFine(item, depth + 1)) return false;
    }
    return Object.keys(value).length === value.length && !hasToJson(value);
  }
  if (!isPlainObject(value)) return false;
  // Without an array of its names; names of a prototype, should there be any, are looked at in vain.
  for (const name in value) {
    const property = value[name];
    if (property !== undefined && !isFineLeaf(property) && !isSurelyFine(property, depth + 1)) return false;
  }
  return Object.getOwnPropertySymbols(value).length === 0 && !hasToJson(value);
}

/** Most of what a value is made of, apart from the rest so that V8 puts it in line. */
function isFineLeaf(value: unknown): boolean {
  return typeof value === "string" || value === null || typeof value === "boolean" || Number.isFinite(value);
}

function check(value: unknown, path: (string | number)[], parents: Set<object>): void {
  if (value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) return;
  if (typeof value !== "object") throw refused(describeValue(value), path);
  if (parents.has(value)) throw refused("an object that holds itself", path);
  parents.add(value);
  if (Array.isArray(value)) checkArray(value, path, parents);
  else if (isPlainObject(value)) checkObject(value, path, parents);
  else throw refused(describeValue(value), path);
  if (hasToJson(value)) throw refused("what has a toJSON", path);
  parents.delete(value);
}

function checkArray(array: readonly unknown[], path: (string | number)[], parents: Set<object>): void {
  for (let index = 0; index < array.length; index++) {
    path.push(index);
    check(array[index], path, parents);
    path.pop();
  }
  const name = nameBesideItems(array);
  if (name !== undefined) throw refused("a property of an array", [...path, name]);
}

function checkObject(object: Readonly<Record<string, unknown>>, path: (string | number)[], parents: Set<object>): void {
  for (const name of Object.keys(object)) {
    const property = object[name];
    if (property === undefined) continue;
    path.push(name);
    check(property, path, parents);
    path.pop();
  }
  const symbol = symbolOf(object);
  if (symbol !== undefined) throw refused(`the property ${String(symbol)}`, path);
}

function refused(what: string, path: readonly (string | number)[]): CachetoryError {
  return new CachetoryError("INVALID_VALUE", `strict json cannot carry ${what}, at ${formatValuePath(path)}.`);
}
