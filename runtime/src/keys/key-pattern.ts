import type { KeyRange } from "../backends/backend.ts";
import { hash128 } from "./hash-text.ts";

/** The types that a key parameter can have; a list of strings is a union of literals. */
export type KeyPatternType =
  | "string"
  | "int"
  | "number"
  | "bigint"
  | "bool"
  | "uuid"
  | "date"
  | "hash"
  | "secret"
  | readonly string[];

/** Literal text, or a parameter. */
export type KeyPatternSegment = string | { readonly name: string; readonly type: KeyPatternType };

/** A declared key as data: for what is not compiled, which is `clear` and over-long keys. */
export interface KeyPattern {
  readonly segments: readonly KeyPatternSegment[];
  readonly revision?: number;
  /** The environment variable that holds the secret of `secret` parameters, in base64. */
  readonly secret?: string;
}

/** Keys may have this many bytes of UTF-8, prefix not counted, before they are hashed. */
const maxKeyBytes = 512;

/** The key text as it is, or its hashed form where it is too long to be kept. What emitted key builders end with. */
export function fitKey(text: string, pattern: KeyPattern): string {
  // A UTF-16 unit takes at most three bytes: most keys need no counting.
  if (text.length * 3 <= maxKeyBytes || Buffer.byteLength(text) <= maxKeyBytes) return text;
  return `${hashedHead(pattern)}${hash128(text)}${revisionSuffix(pattern)}`;
}

/**
 * The keys of a pattern, under a prefix; with `encoded`, only those whose named parameters have these encoded values.
 * Hashed keys do not tell their parameters, so all of the pattern are in the range, whatever `encoded` says:
 * deleting one too many costs a miss, one too few would leave a wrong value.
 */
export function patternRange(prefix: string, pattern: KeyPattern, encoded: ReadonlyMap<string, string>): KeyRange {
  const head = prefix + literalHead(pattern);
  const revision = escapeRegExp(revisionSuffix(pattern));
  const hashed = new RegExp(`^${escapeRegExp(prefix + hashedHead(pattern))}[0-9a-f]{32}${revision}$`, "u");
  const parts = pattern.segments.map((segment) =>
    typeof segment === "string" ? escapeRegExp(segment) : `(${partExpression(segment.type)})`,
  );
  const plain = new RegExp(`^${escapeRegExp(prefix)}${parts.join("")}${revision}$`, "u");
  const wanted = pattern.segments.flatMap((segment) =>
    typeof segment === "string" ? [] : [encoded.get(segment.name)],
  );
  return {
    head,
    owns(key) {
      if (hashed.test(key)) return true;
      const found = plain.exec(key);
      return found !== null && wanted.every((part, index) => part === undefined || part === found[index + 1]);
    },
  };
}

function literalHead(pattern: KeyPattern): string {
  const first = pattern.segments[0];
  return typeof first === "string" ? first : "";
}

function hashedHead(pattern: KeyPattern): string {
  // Names of parameters are left out: renaming one does not change any key.
  const shape = JSON.stringify(
    pattern.segments.map((segment) => (typeof segment === "string" ? segment : { type: segment.type })),
  );
  return `${literalHead(pattern)}~h${hash128(shape).slice(0, 8)}`;
}

function revisionSuffix(pattern: KeyPattern): string {
  return pattern.revision === undefined ? "" : `~r${pattern.revision}`;
}

function partExpression(type: KeyPatternType): string {
  if (typeof type !== "string") return `(?:${type.map(escapeRegExp).join("|")})`;
  switch (type) {
    case "string":
      return String.raw`(?:%e|(?:[^%:{}~\u0000-\u0020\u007f-\u00a0]|%[0-9A-F]{2}|%uD[89A-F][0-9A-F]{2})+)`;
    case "int":
    case "bigint":
      return "(?:0|-?[1-9][0-9]*)";
    case "number":
      return String.raw`-?[0-9]+(?:\.[0-9]+)?(?:e[-+][0-9]+)?`;
    case "bool":
      return "(?:true|false)";
    case "uuid":
      return "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    case "date":
      return String.raw`(?:[-+][0-9]{2})?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{6}\.[0-9]{3}Z`;
    case "hash":
    case "secret":
      return "[0-9a-f]{32}";
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (character) => (character === "-" ? "\\x2d" : `\\${character}`));
}
