import { types } from "node:util";

/** An object of which only data by name is known. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether it is an object of no class that has so many properties, and none that a serializer passes over: each can be
 * counted by its name.
 *
 * @param optional - names of further ones that it may have
 */
export function isPlain(value: unknown, required: number, optional: readonly string[] = []): value is Fields {
  const count = plainNames(value)?.length;
  if (count === undefined || optional.length === 0) return count === required;
  return count === optional.reduce((sum, name) => sum + Number(Object.hasOwn(value as object, name)), required);
}

/**
 * Whether an object is of no class, and has so many properties.
 *
 * @param absent - names of further ones that it may have, of which each is `undefined` or has been counted
 */
export function hasNames(value: Fields, count: number, absent: readonly string[] = []): boolean {
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  const more = Object.keys(value).length - count;
  return more === 0 || (more > 0 && more === undefinedOf(value, absent));
}

/** The names of all its properties, where it is an object of no class with nothing that a serializer passes over. */
export function plainNames(value: unknown): readonly string[] | undefined {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return undefined;
  const names = Object.keys(value);
  // A symbol, or a property that is not listed; and a name that cannot be given by setting it.
  return Reflect.ownKeys(value).length !== names.length || names.includes("__proto__") ? undefined : names;
}

/** Whether it is an array with an element at each index, and no other properties. */
export function isDense(value: unknown): value is readonly unknown[] {
  if (!Array.isArray(value) || Object.getPrototypeOf(value) !== Array.prototype) return false;
  // Its length is one of them.
  return Reflect.ownKeys(value).length === value.length + 1;
}

const barePrototypes: ReadonlySet<unknown> = new Set(
  [
    Date,
    Map,
    Set,
    Uint8Array,
    Int8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  ].map(({ prototype }) => prototype),
);

/** Whether an object of a class of the language is of that class itself, and has no properties of its own. */
export function isBare(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  const elements = types.isTypedArray(value) ? value.length : 0;
  return barePrototypes.has(Object.getPrototypeOf(value)) && Reflect.ownKeys(value).length === elements;
}

/** Whether it is a number that JSON gives back as it is: neither NaN nor infinite, and not -0. */
export function isJsonNumber(value: unknown): boolean {
  return Number.isFinite(value) && !Object.is(value, -0);
}

// Three words and the characters, of which V8 takes one byte each at best; a Date, and what is around bytes.
const textBytes = 24;
const objectBytes = 96;

/** What a value without parts takes beyond the place where it stands, in bytes. */
export function leafBytes(value: unknown): number {
  if (typeof value === "string") return textBytes + 2 * value.length;
  if (typeof value === "bigint") return textBytes + Math.ceil(value.toString(16).length / 2);
  if (typeof value !== "object" || value === null) return 0;
  return objectBytes + (types.isArrayBufferView(value) ? value.byteLength : 0);
}

function undefinedOf(value: Fields, names: readonly string[]): number {
  return names.filter((name) => value[name] === undefined && Object.hasOwn(value, name)).length;
}
