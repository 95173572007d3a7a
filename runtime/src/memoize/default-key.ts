import { CachetoryError } from "../errors.ts";
import { escapeText } from "../keys/escape-text.ts";

/**
 * The key of a call: the name and the arguments, joined by colons; the properties of an object, sorted by name, as
 * `property=value`. Two calls have the same key only if their arguments are equal: strings that would read as another
 * value stand in quotes, and whatever has a meaning in a key is percent-escaped. `-0` is `0`.
 *
 * Plain objects, arrays, primitives and dates only.
 *
 * @throws CachetoryError `INVALID_KEY` for a class instance, a function, a symbol, a cycle, an invalid date
 *
 * @example
 * ```ts
 * defaultKey("price", [42, "EUR", { vat: true }]); // "price:42:EUR:vat=true"
 * defaultKey("price", ["42"]); // "price:'42'"
 * ```
 */
export function defaultKey(name: string, args: readonly unknown[]): string {
  if (name === "") throw new CachetoryError("INVALID_KEY", "A key needs the name of what it belongs to.");
  const segments = args.map((arg, index) => {
    // An object that comes last is spread, as keyword arguments would be; elsewhere, parentheses say where it ends.
    const isLast = index === args.length - 1;
    const path = `argument ${index + 1}`;
    if (!isLast || !isPlainObject(arg)) return write(arg, path, []);
    return properties(arg, path, []).join(":") || "()";
  });
  return [word(name), ...segments].join(":");
}

/**
 * The blake2s-256 digest of {@link defaultKey}, in hex: 64 characters however long the arguments are.
 *
 * @throws CachetoryError `INVALID_KEY` as {@link defaultKey}
 *
 * @example
 * ```ts
 * const search = cached(cache, { makeKey: defaultHashedKey })(searchProducts);
 * ```
 */
export function defaultHashedKey(name: string, args: readonly unknown[]): string {
  return process.getBuiltinModule("node:crypto").createHash("blake2s256").update(defaultKey(name, args)).digest("hex");
}

function write(value: unknown, path: string, ancestors: readonly object[]): string {
  switch (typeof value) {
    case "string":
      return quoted(word(value));
    case "bigint":
      return `${value}n`;
    case "number":
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return value === null ? "null" : writeObject(value, path, ancestors);
    default:
      return refuse(path, `a ${typeof value}`);
  }
}

function writeObject(value: object, path: string, ancestors: readonly object[]): string {
  if (ancestors.includes(value)) return refuse(path, "part of itself");
  const within = [...ancestors, value];
  if (Array.isArray(value)) {
    // Array.from, because map would skip holes.
    const elements = Array.from(value, (element, index) => write(element, `${path}[${index}]`, within));
    return `[${elements.join(",")}]`;
  }
  if (value instanceof Date) return writeDate(value, path);
  if (isPlainObject(value)) return `(${properties(value, path, within).join(",")})`;
  return refuse(path, `an instance of ${value.constructor?.name ?? "a class"}`);
}

function writeDate(date: Date, path: string): string {
  // Without the colons of ISO 8601, which separate arguments.
  return Number.isNaN(date.getTime()) ? refuse(path, "an invalid date") : date.toISOString().replaceAll(":", "");
}

function properties(value: Readonly<Record<string, unknown>>, path: string, ancestors: readonly object[]): string[] {
  if (Object.getOwnPropertySymbols(value).length > 0) refuse(path, "an object with symbols for names");
  const within = ancestors.includes(value) ? ancestors : [...ancestors, value];
  // The default order of sort is by code unit, the same everywhere.
  const names = Object.keys(value).sort();
  return names.map((name) => `${word(name)}=${write(value[name], `${path}.${name}`, within)}`);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Also the Object.prototype of another realm, such as the one of a test runner.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Escaped beyond what every key part is, by what has a meaning here. */
function word(text: string): string {
  const escaped = escapeText(text);
  // Hardly any text has one, and to look is a fraction of to replace.
  if (!marks.test(escaped)) return escaped;
  return escaped.replace(allMarks, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

const marks = /[,=()[\]']/;
const allMarks = new RegExp(marks, "g");

const readsAsAnotherValue =
  /^(?:null|undefined|true|false|NaN|-?Infinity|-?\d[\d.eE+-]*n?|[+-]?\d{4,6}-\d\d-\d\dT\d{6}\.\d{3}Z)$/;

function quoted(escaped: string): string {
  return readsAsAnotherValue.test(escaped) ? `'${escaped}'` : escaped;
}

function refuse(path: string, found: string): never {
  throw new CachetoryError("INVALID_KEY", `No key can be made of ${path}: it is ${found}. Give makeKey.`);
}
