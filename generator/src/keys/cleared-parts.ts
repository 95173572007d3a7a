import type { KeyType } from "../model/declaration.ts";
import {
  type CharacterSet,
  choice,
  type Language,
  literal,
  oneOf,
  optional,
  repeated,
  sequence,
  times,
} from "./language.ts";
import { writtenInteger } from "./written-numbers.ts";
import { writtenPart } from "./written-parts.ts";

/**
 * What `clear` takes for a part of a key: the expressions of the runtime. They hold all that is written, and somewhat more:
 * `clear` need not know which numbers and dates there are.
 */
export function clearedPart(type: KeyType): Language {
  switch (type.kind) {
    case "string":
      return string;
    case "int":
    case "bigint":
      return writtenInteger;
    case "number":
      return number;
    case "date":
      return date;
    case "bool":
    case "uuid":
    case "hash":
    case "secret":
    case "union":
      return writtenPart(type);
    default:
      return type satisfies never;
  }
}

const unescaped: CharacterSet = [
  [0x21, 0x24],
  [0x26, 0x39],
  [0x3b, 0x7a],
  [0x7c, 0x7c],
  [0xa1, 0x10ffff],
];
const hex = oneOf("0-9A-F");
const string = choice(
  literal("%e"),
  repeated(
    choice(oneOf(unescaped), sequence(literal("%"), hex, hex), sequence(literal("%uD"), oneOf("89A-F"), hex, hex)),
  ),
);

const digit = oneOf("0-9");
const digits = repeated(digit);
const sign = choice(literal("+"), literal("-"));
const number = sequence(
  optional(literal("-")),
  digits,
  optional(sequence(literal("."), digits)),
  optional(sequence(literal("e"), sign, digits)),
);
const date = sequence(
  optional(sequence(sign, digit, digit)),
  times(digit, 4),
  literal("-"),
  digit,
  digit,
  literal("-"),
  digit,
  digit,
  literal("T"),
  times(digit, 6),
  literal("."),
  times(digit, 3),
  literal("Z"),
);
