import * as parts from "@cachetory/runtime/codegen/v1/core";
import type { CacheDeclaration, KeySegment, KeyType } from "../model/declaration.ts";
import { listNames } from "../model/list-names.ts";

/**
 * The key in the backend for these parameters, by the functions that generated code calls. What JSON cannot say is given as
 * text: a date in ISO 8601, a large integer in decimal.
 *
 * @throws Error that says which parameter is missing, unknown or no value of its type; never with the value
 */
export function keyOf(cache: CacheDeclaration, prefix: string, parameters: Readonly<Record<string, unknown>>): string {
  const declared = cache.key.segments.filter((segment) => segment.kind === "parameter");
  const unknown = Object.keys(parameters).find((name) => declared.every((parameter) => parameter.name !== name));
  if (unknown !== undefined) {
    const known = declared.length === 0 ? "it has none" : `it has ${listNames(declared.map(({ name }) => name))}`;
    throw new Error(`The key of ${cache.name} has no parameter ${JSON.stringify(unknown)}; ${known}.`);
  }
  const { revision, keySecret } = cache;
  const pattern: parts.KeyPattern = {
    segments: cache.key.segments.map(patternSegment),
    ...(revision !== undefined && { revision }),
    ...(keySecret !== undefined && { secret: keySecret.variable }),
  };
  const filled = cache.key.segments.map((segment, index) => {
    if (segment.kind === "literal") return segment.text;
    return part(segment.type, parameters[segment.name], `${cache.name}.${segment.name}`, { pattern, index });
  });
  const suffix = revision === undefined ? "" : `~r${revision}`;
  return prefix + parts.fitKey(filled.join("") + suffix, pattern);
}

function patternSegment(segment: KeySegment): parts.KeyPattern["segments"][number] {
  if (segment.kind === "literal") return segment.text;
  return { name: segment.name, type: segment.type.kind === "union" ? segment.type.members : segment.type.kind };
}

// The functions check what they are given, as in generated code that is called from JavaScript.
function part(
  type: KeyType,
  value: unknown,
  label: string,
  { pattern, index }: { readonly pattern: parts.KeyPattern; readonly index: number },
): string {
  switch (type.kind) {
    case "string":
      return parts.stringPart(value as string, label);
    case "int":
      return parts.intPart(value as number, label);
    case "number":
      return parts.numberPart(value as number, label);
    case "bigint":
      return parts.bigintPart(asBigint(value) as bigint, label);
    case "bool":
      return parts.boolPart(value as boolean, label);
    case "uuid":
      return parts.uuidPart(value as string, label);
    case "date":
      return parts.datePart(asDate(value) as Date, label);
    case "hash":
      return parts.hashPart(value as parts.HashInput, label);
    case "secret":
      return parts.secretPart(value as string, label, pattern, index);
    case "union":
      if (typeof value === "string" && type.members.includes(value)) return value;
      return parts.badPart(label, type.members.map((member) => JSON.stringify(member)).join(" or "), value);
    default:
      return type satisfies never;
  }
}

function asBigint(value: unknown): unknown {
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  return typeof value === "string" && /^-?\d+$/.test(value) ? BigInt(value) : value;
}

/** A time without its zone would be another moment on another machine. */
function asDate(value: unknown): unknown {
  const isMoment = typeof value === "string" && /^[+-]?\d{4,6}-\d\d-\d\d(?:T.*(?:Z|[+-]\d\d:\d\d))?$/.test(value);
  return isMoment ? new Date(value) : value;
}
