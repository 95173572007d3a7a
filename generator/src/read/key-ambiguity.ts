import { clip, quote } from "@cachetory/runtime/schemes";
import type { KeySegment, KeyType } from "../model/declaration.ts";
import type { ParsedPattern, PatternProblem } from "./key-pattern.ts";

/**
 * Where two different sets of parameters could give the same key. The rule is on the safe side: what follows a
 * parameter must begin with a character that the parameter cannot hold, unless the parameter ends by itself.
 */
export function findAmbiguities({ placed }: ParsedPattern): readonly PatternProblem[] {
  return placed.flatMap(({ segment, start }, index): readonly PatternProblem[] => {
    const next = placed[index + 1];
    if (segment.kind === "literal" || next === undefined || endsByItself(segment.type)) return [];
    if (next.segment.kind === "literal" && isDelimiter(next.segment.text.charAt(0), segment.type)) return [];
    const message = `where ${quote(segment.name)} ends cannot be told: ${describe(next.segment)} could be part of it`;
    return [{ start, end: next.end, message, hint: `Put a : after {${clip(segment.name)}}` }];
  });
}

function endsByItself(type: KeyType): boolean {
  switch (type.kind) {
    // 36 characters, 32 hexadecimal digits, and two words of which none begins the other.
    case "uuid":
    case "hash":
    case "bool":
      return true;
    case "union":
      return !type.members.some((a) => type.members.some((b) => a !== b && b.startsWith(a)));
    case "string":
    case "int":
    case "number":
    case "bigint":
    case "date":
      return false;
    default:
      return type satisfies never;
  }
}

/** Whether a character cannot be part of an encoded value. */
function isDelimiter(character: string, type: KeyType): boolean {
  switch (type.kind) {
    case "string":
      return /[:{}]/.test(character);
    case "int":
    case "bigint":
      return !/[-0-9]/.test(character);
    case "number":
      return !/[-+.0-9eE]/.test(character);
    case "date":
      return !/[-+.0-9TZ]/.test(character);
    case "uuid":
    case "hash":
    case "bool":
      return true;
    case "union":
      return !type.members.some((member) => member.includes(character));
    default:
      return type satisfies never;
  }
}

function describe(segment: KeySegment): string {
  return segment.kind === "parameter" ? `{${clip(segment.name)}}` : quote(segment.text);
}
