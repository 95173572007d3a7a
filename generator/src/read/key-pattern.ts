import { nearest, quote } from "@cachetory/runtime/schemes";
import type { KeyPattern, KeySegment, KeyType } from "../model/declaration.ts";

/** What is wrong with a pattern, and where in its text. */
export interface PatternProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly hint: string;
}

/** A segment with its place in the text of the pattern. */
export interface PlacedSegment {
  readonly segment: KeySegment;
  readonly start: number;
  readonly end: number;
}

export interface ParsedPattern {
  readonly pattern: KeyPattern;
  readonly placed: readonly PlacedSegment[];
  /** Empty where the pattern may be used. */
  readonly problems: readonly PatternProblem[];
}

/** Reads `user:{userId:uuid}:{{x}}`: from the left, a `}` ends an open parameter before `}}` is tried. */
export function parseKeyPattern(text: string): ParsedPattern {
  const placed: PlacedSegment[] = [];
  const problems: PatternProblem[] = [];
  let literal = "";
  let literalStart = 0;
  let at = 0;

  const endLiteral = (end: number): void => {
    if (literal !== "") placed.push({ segment: { kind: "literal", text: literal }, start: literalStart, end });
    literal = "";
  };
  const append = (character: string, length: number): void => {
    if (literal === "") literalStart = at;
    literal += character;
    at += length;
  };

  if (text === "")
    problems.push({ start: 0, end: 0, message: "a key pattern is empty", hint: "For example: greeting" });
  while (at < text.length) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (text.startsWith("{{", at) || text.startsWith("}}", at)) append(character, 2);
    else if (character === "}") {
      const hint = "Write }} for a brace that is part of the key";
      problems.push({ start: at, end: at + 1, message: 'a "}" closes no parameter', hint });
      at += 1;
    } else if (character === "{") {
      endLiteral(at);
      const end = text.indexOf("}", at);
      if (end === -1) {
        const hint = "Write } after its name, or {{ for a brace that is part of the key";
        problems.push({ start: at, end: text.length, message: 'a parameter is not closed by "}"', hint });
        at = text.length;
      } else {
        placed.push(...readParameter(text.slice(at + 1, end), at, problems));
        at = end + 1;
      }
    } else {
      if (forbidden.test(character)) problems.push(forbiddenCharacter(character, at));
      append(character, character.length);
    }
  }
  endLiteral(text.length);
  problems.push(...repeatedNames(placed));
  return { pattern: { text, segments: placed.map(({ segment }) => segment) }, placed, problems };
}

// Lone surrogates have no UTF-8; ~ introduces what cachetory itself appends to a key.
const forbidden = /[\s\p{Cc}\p{Cs}~]/u;

function forbiddenCharacter(character: string, start: number): PatternProblem {
  const isTilde = character === "~";
  const message = isTilde
    ? 'a "~" is reserved for what cachetory appends to keys'
    : /\s/u.test(character)
      ? "white space cannot be part of a key"
      : "a control character cannot be part of a key";
  return { start, end: start + character.length, message, hint: "Write - or : instead" };
}

const plainTypes = ["string", "int", "number", "bigint", "bool", "uuid", "date", "hash", "secret"] as const;
type PlainType = (typeof plainTypes)[number];

const likelyTypes: Readonly<Record<string, PlainType>> = {
  str: "string",
  text: "string",
  integer: "int",
  long: "bigint",
  float: "number",
  double: "number",
  boolean: "bool",
  guid: "uuid",
  datetime: "date",
  timestamp: "date",
  json: "hash",
  object: "hash",
  password: "secret",
};

/** `written` is what stands between the braces, of which the first is at `start`. */
function readParameter(written: string, start: number, problems: PatternProblem[]): readonly PlacedSegment[] {
  const end = start + written.length + 2;
  const colon = written.indexOf(":");
  const name = colon === -1 ? written : written.slice(0, colon);
  const nameEnd = start + 1 + Math.max(name.length, 1);
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) || name === "__proto__") {
    const message = name === "" ? "a parameter has no name" : `${quote(name)} cannot be the name of a parameter`;
    const hint = "Write a name as in TypeScript, and a type if it is no string: {userId:uuid}";
    problems.push({ start: start + 1, end: nameEnd, message, hint });
    return [];
  }
  const type = colon === -1 ? { kind: "string" as const } : readType(written.slice(colon + 1));
  if ("message" in type) {
    problems.push({ start: Math.min(start + 2 + colon, end - 1), end: end - 1, ...type });
    return [];
  }
  return [{ segment: { kind: "parameter", name, type }, start, end }];
}

function readType(written: string): KeyType | { readonly message: string; readonly hint: string } {
  const plain = plainTypes.find((known) => known === written);
  if (plain !== undefined) return { kind: plain };
  const known = `Known: ${plainTypes.join(", ")}, or a union such as en|nl`;
  if (!written.includes("|")) {
    const near = likelyTypes[written.toLowerCase()] ?? nearest(written, plainTypes);
    const message = written === "" ? "a parameter has an empty type" : `unknown parameter type ${quote(written)}`;
    return { message, hint: near === undefined ? known : `Did you mean "${near}"? ${known}` };
  }
  const members = written.split("|");
  const wrong = members.find((member) => !/^[A-Za-z0-9_.-]+$/.test(member));
  if (wrong !== undefined) {
    const message = wrong === "" ? "a union has an empty member" : `${quote(wrong)} cannot be a member of a union`;
    return { message, hint: "Members are made of letters, digits, _, . and -, without spaces: en|nl" };
  }
  const repeated = members.find((member, index) => members.indexOf(member) !== index);
  if (repeated !== undefined) return { message: `${quote(repeated)} is in the union twice`, hint: "Keep one of them" };
  return { kind: "union", members };
}

function repeatedNames(placed: readonly PlacedSegment[]): readonly PatternProblem[] {
  const seen = new Set<string>();
  return placed.flatMap(({ segment, start, end }): readonly PatternProblem[] => {
    if (segment.kind === "literal") return [];
    if (!seen.has(segment.name)) {
      seen.add(segment.name);
      return [];
    }
    const message = `the parameter ${quote(segment.name)} stands in the pattern twice`;
    return [{ start, end, message, hint: "Give each parameter a name of its own" }];
  });
}
