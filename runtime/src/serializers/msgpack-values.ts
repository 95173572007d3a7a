import { isDate, isMap, isUint8Array } from "node:util/types";
import { CachetoryError } from "../errors.ts";
import { isWellFormed } from "./utf8.ts";
import { describeValue, formatValuePath, isPlainObject, nameBesideItems, symbolOf } from "./value-path.ts";

/** How deep values may nest: what Python's msgpack writes and reads without being told otherwise. */
export const maxDepth = 500;

/**
 * A value in the types that msgpackr writes as plain MessagePack: objects as maps, integers beyond 32 bits as bigint (it
 * would make them floats), and nothing that would not come back.
 *
 * @throws CachetoryError `INVALID_VALUE`, with the path
 */
export function toMessagePackValue(value: unknown): unknown {
  return convert(value, []);
}

function convert(value: unknown, path: (string | number)[]): unknown {
  switch (typeof value) {
    case "boolean":
      return value;
    case "string":
      if (!isWellFormed(value)) throw refused("a string with a lone surrogate", path);
      return value;
    case "number":
      return Number.isSafeInteger(value) && (value > 0xffff_ffff || value < -0x8000_0000) ? BigInt(value) : value;
    case "bigint":
      if (value < -(2n ** 63n) || value >= 2n ** 64n) throw refused("a bigint of more than 64 bits", path);
      return value;
    case "object":
      return value === null ? null : convertObject(value, path);
    default:
      throw refused(describeValue(value), path);
  }
}

function convertObject(value: object, path: (string | number)[]): unknown {
  if (path.length >= maxDepth) {
    throw refused(`more than ${maxDepth} levels, or an object that holds itself`, path.slice(0, 3));
  }
  if (Array.isArray(value)) {
    const items = Array.from(value, (item, index) => convertAt(item, index, path));
    const name = nameBesideItems(value);
    if (name !== undefined) throw refused("a property of an array", [...path, name]);
    return items;
  }
  if (isUint8Array(value)) return value;
  if (isDate(value)) {
    if (Number.isNaN(value.getTime())) throw refused("an invalid Date", path);
    return value;
  }
  if (isMap(value)) {
    refuseEqualKeys([...value.keys()], path);
    return new Map(
      [...value].map(([key, item], index) => [
        convertAt(key, index, path),
        convertAt(item, pathStep(key, index), path),
      ]),
    );
  }
  if (!isPlainObject(value)) throw refused(describeValue(value), path);
  const symbol = symbolOf(value);
  if (symbol !== undefined) throw refused(`the property ${String(symbol)}`, path);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return new Map(entries.map(([name, item]) => [convertAt(name, name, path), convertAt(item, name, path)]));
}

/** A number and a bigint of the same value are one key once they are read. */
function refuseEqualKeys(keys: readonly unknown[], path: readonly (string | number)[]): void {
  const seen = new Set<unknown>();
  for (const [index, key] of keys.entries()) {
    const read = typeof key === "bigint" && isSafe(key) ? Number(key) : key;
    if (seen.has(read)) throw refused("two keys of which the format makes one", [...path, index]);
    seen.add(read);
  }
}

function convertAt(item: unknown, step: string | number, path: (string | number)[]): unknown {
  path.push(step);
  const converted = convert(item, path);
  path.pop();
  return converted;
}

function pathStep(key: unknown, index: number): string | number {
  return typeof key === "string" ? key : index;
}

function refused(what: string, path: readonly (string | number)[]): CachetoryError {
  return new CachetoryError("INVALID_VALUE", `msgpack cannot carry ${what}, at ${formatValuePath(path)}.`);
}

/**
 * What msgpackr read, with each map an object where all of its keys are strings, and safe integers as numbers.
 *
 * @throws RangeError where a timestamp is beyond what a Date can say
 */
export function fromMessagePackValue(wire: unknown): unknown {
  if (typeof wire === "bigint") return isSafe(wire) ? Number(wire) : wire;
  if (typeof wire !== "object" || wire === null) return wire;
  if (Array.isArray(wire)) return wire.map(fromMessagePackValue);
  if (isUint8Array(wire)) return new Uint8Array(wire);
  if (isDate(wire) && Number.isNaN(wire.getTime())) throw new RangeError("The timestamp is out of range.");
  if (!isMap(wire)) return wire;
  const entries = [...wire].map(([key, item]) => [fromMessagePackValue(key), fromMessagePackValue(item)] as const);
  // fromEntries defines properties, so a key called __proto__ is one like any other.
  return entries.every(([key]) => typeof key === "string")
    ? Object.fromEntries(entries as readonly (readonly [string, unknown])[])
    : new Map(entries);
}

function isSafe(value: bigint): boolean {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
}
