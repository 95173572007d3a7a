import { CachetoryError } from "../errors.ts";
import { canonicalJson } from "./canonical-json.ts";
import { escapeText } from "./escape-text.ts";
import { hash128 } from "./hash-text.ts";

/** What a `hash` parameter takes: anything that JSON can say. */
export type HashInput = string | number | boolean | null | object;

/** A `string` parameter: any text, escaped. */
export function stringPart(value: string, label: string): string {
  return typeof value === "string" ? escapeText(value) : badPart(label, "a string", value);
}

/** An `int` parameter: a safe integer in decimal. */
export function intPart(value: number, label: string): string {
  return Number.isSafeInteger(value) ? `${value}` : badPart(label, "an integer from -(2^53-1) to 2^53-1", value);
}

/** A `number` parameter: a finite number as JavaScript prints it; -0 is 0. */
export function numberPart(value: number, label: string): string {
  return Number.isFinite(value) ? `${value}` : badPart(label, "a finite number", value);
}

/** A `bigint` parameter in decimal. */
export function bigintPart(value: bigint, label: string): string {
  return typeof value === "bigint" ? `${value}` : badPart(label, "a bigint", value);
}

/** A `bool` parameter: `true` or `false`. */
export function boolPart(value: boolean, label: string): string {
  return typeof value === "boolean" ? `${value}` : badPart(label, "a boolean", value);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A `uuid` parameter in lower case. */
export function uuidPart(value: string, label: string): string {
  return typeof value === "string" && uuid.test(value) ? value.toLowerCase() : badPart(label, "a UUID", value);
}

/** A `date` parameter: a moment in UTC as ISO 8601 without its colons, `2026-11-22T170000.000Z`. */
export function datePart(value: Date, label: string): string {
  const isMoment = value instanceof Date && !Number.isNaN(value.getTime());
  return isMoment ? value.toISOString().replaceAll(":", "") : badPart(label, "a valid Date", value);
}

/** A `hash` parameter: 128 bits of the SHA-256 of its canonical JSON, in 32 hexadecimal digits. */
export function hashPart(value: HashInput, label: string): string {
  return hash128(canonicalJson(value, (path, found) => badPart(`${label}${path}`, "a JSON value", found)));
}

/** @throws CachetoryError `INVALID_KEY`, always. The value is described, never printed: it may be personal. */
export function badPart(label: string, expected: string, value: unknown): never {
  throw new CachetoryError(
    "INVALID_KEY",
    `Key parameter ${label} must be ${expected}, but is ${describe(value, expected)}.`,
  );
}

function describe(value: unknown, expected: string): string {
  if (value === null || value === undefined) return `${value}`;
  if (typeof value === "number" && !Number.isFinite(value)) return `${value}`;
  if (typeof value === "number") return /number|integer/.test(expected) ? "another number" : "a number";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : "a Date";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "string") return /UUID|"/.test(expected) ? "another string" : "a string";
  return `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}
