import { isArrayBufferView, isTypedArray } from "node:util/types";

/** An object of which only data by name is known. */
export type Fields = Readonly<Record<string, unknown>>;

// What no name says is passed over: a property under a symbol, and what an array has beside its items. To ask for these takes
// longer than all the rest, and neither a copy nor what a serializer makes has them.

/**
 * Whether it is an object of no class that has so many properties, and none that is not listed.
 *
 * @param optional - names of further ones that it may have
 * @param prototype - its own, where the caller has looked that up: at a place of its own V8 knows it of the objects that come
 * there, and need not ask
 */
export function isPlain(
  value: unknown,
  required: number,
  optional: readonly string[] = [],
  prototype?: unknown,
): value is Fields {
  if (typeof value !== "object" || value === null) return false;
  const count = optional.reduce((sum, name) => sum + Number(Object.hasOwn(value, name)), required);
  return hasNames(value as Fields, count, [], prototype);
}

/**
 * Whether an object is of no class, and has so many properties, and none that is not listed.
 *
 * @param absent - names of further ones that it may have, of which each is `undefined` or has been counted
 * @param prototype - as for {@link isPlain}
 */
export function hasNames(value: Fields, count: number, absent: readonly string[] = [], prototype?: unknown): boolean {
  if ((prototype ?? Object.getPrototypeOf(value)) !== Object.prototype) return false;
  const more = nameCount(value) - count;
  if (more !== 0 && (more < 0 || more !== undefinedOf(value, absent))) return false;
  // One that is not listed may have been counted for one that is, and has no name.
  return Object.getOwnPropertyNames(value).length === count + more;
}

/** How many names an object has, without a list of them; Object.prototype has none to add, or they would be too many. */
function nameCount(value: Fields): number {
  let count = 0;
  for (const _ in value) count++;
  return count;
}

/** The names of an object of no class, where each is listed, and it has no property under a symbol. */
export function plainNames(value: unknown): readonly string[] | undefined {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return undefined;
  const names = Object.keys(value);
  // A name that cannot be given by setting it; and what a copy of all that there is would have, too.
  return Reflect.ownKeys(value).length !== names.length || names.includes("__proto__") ? undefined : names;
}

/** Whether it is an array, of no other class. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && Object.getPrototypeOf(value) === Array.prototype;
}

/** The same of one with an element at each index, and no other properties. */
export function isDense(value: unknown): value is readonly unknown[] {
  // Its length is one of them. Where another name made up for a hole, the last of its indexes is not where it has to be.
  if (!isList(value)) return false;
  const names = Reflect.ownKeys(value);
  return names.length === value.length + 1 && names[value.length] === "length";
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
  const elements = isTypedArray(value) ? value.length : 0;
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
  return objectBytes + (isArrayBufferView(value) ? value.byteLength : 0);
}

function undefinedOf(value: Fields, names: readonly string[]): number {
  return names.filter((name) => value[name] === undefined && Object.hasOwn(value, name)).length;
}
