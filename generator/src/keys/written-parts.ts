import type { KeyType } from "../model/declaration.ts";
import { choice, type Language, literal, oneOf, sequence, times } from "./language.ts";
import { isWrittenDate, writtenDate } from "./written-date.ts";
import { isWrittenNumber, writtenInteger, writtenNumber, writtenSafeInteger } from "./written-numbers.ts";
import { writtenString } from "./written-string.ts";

/**
 * What the values of a parameter become in a key: exactly that, but for `number` and `date`. Which last digits of a number
 * can occur, and which years have a 29th of February, no automaton of a sane size knows. Their languages hold a little
 * more, and `isWritten` tells what is meant.
 */
export function writtenPart(type: KeyType): Language {
  switch (type.kind) {
    case "string":
      return writtenString;
    case "int":
      return writtenSafeInteger;
    case "bigint":
      return writtenInteger;
    case "number":
      return writtenNumber;
    case "bool":
      return bool;
    case "uuid":
      return uuid;
    case "date":
      return writtenDate;
    case "hash":
    case "secret":
      return hash;
    case "union":
      return choice(...type.members.map(literal));
    default:
      return type satisfies never;
  }
}

/** Whether a text of the language of a part is what a value becomes. */
export function isWritten(type: KeyType, text: string): boolean {
  if (type.kind === "number") return isWrittenNumber(text);
  return type.kind !== "date" || isWrittenDate(text);
}

const hexDigit = oneOf("0-9a-f");
const bool = choice(literal("true"), literal("false"));
const uuid = sequence(
  times(hexDigit, 8),
  ...[4, 4, 4, 12].map((length) => sequence(literal("-"), times(hexDigit, length))),
);
// That of these 2^128 some might be the hash of no value, nobody can show.
const hash = times(hexDigit, 32);
