import { CachetoryError } from "../errors.ts";
import type { HashInput } from "./key-parts.ts";
import {
  badPart,
  bigintPart,
  boolPart,
  datePart,
  hashPart,
  intPart,
  numberPart,
  stringPart,
  uuidPart,
} from "./key-parts.ts";
import type { KeyPattern, KeyPatternType } from "./key-pattern.ts";
import { secretPart } from "./secret-part.ts";

/**
 * The encoded form of those parameters that are given, by name: what compiled key builders do, without the compiler.
 *
 * @throws CachetoryError `INVALID_KEY` also for a parameter that is `undefined`: to leave it out would mean all
 */
export function encodeParts(cacheName: string, pattern: KeyPattern, parameters: object): Map<string, string> {
  const encoded = new Map<string, string>();
  const given = new Map<string, unknown>(Object.entries(parameters));
  for (const [index, segment] of pattern.segments.entries()) {
    if (typeof segment === "string") continue;
    if (!given.has(segment.name)) continue;
    const [value, label] = [given.get(segment.name), `${cacheName}.${segment.name}`];
    // Each part function checks the type that the cast claims, and refuses any other.
    const isSecret = segment.type === "secret";
    const part = isSecret ? secretPart(value as string, label, pattern, index) : encodePart(segment.type, value, label);
    encoded.set(segment.name, part);
    given.delete(segment.name);
  }
  for (const name of given.keys()) {
    const names = pattern.segments.flatMap((segment) => (typeof segment === "string" ? [] : [segment.name]));
    const known = names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
    throw new CachetoryError("INVALID_KEY", `The key of ${cacheName} has no parameter ${name}; ${known}.`);
  }
  return encoded;
}

function encodePart(type: Exclude<KeyPatternType, "secret">, value: unknown, label: string): string {
  switch (type) {
    case "string":
      return stringPart(value as string, label);
    case "int":
      return intPart(value as number, label);
    case "number":
      return numberPart(value as number, label);
    case "bigint":
      return bigintPart(value as bigint, label);
    case "bool":
      return boolPart(value as boolean, label);
    case "uuid":
      return uuidPart(value as string, label);
    case "date":
      return datePart(value as Date, label);
    case "hash":
      return hashPart(value as HashInput, label);
    default:
      return type.includes(value as string) ? (value as string) : badPart(label, type.join(" or "), value);
  }
}
