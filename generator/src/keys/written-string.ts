import { type CharacterSet, choice, type Language, literal, oneOf, optional, repeated, sequence } from "./language.ts";

// What is not escaped. Spelt out, as the runtime spells out what is: the encoding is frozen.
const plain: CharacterSet = [
  [0x21, 0x24],
  [0x26, 0x39],
  [0x3b, 0x7a],
  [0x7c, 0x7c],
  [0xa1, 0x167f],
  [0x1681, 0x1fff],
  [0x200b, 0x2027],
  [0x202a, 0x202e],
  [0x2030, 0x205e],
  [0x2060, 0x2fff],
  [0x3001, 0xd7ff],
  [0xe000, 0xfefe],
  [0xff00, 0x10ffff],
];

const hex = oneOf("0-9A-F");
const escaped = sequence(
  literal("%"),
  choice(
    sequence(oneOf("01"), hex),
    ...["20", "25", "3A", "7B", "7D", "7E", "7F", "C2%A0", "E1%9A%80"].map(literal),
    sequence(literal("C2%"), oneOf("89"), hex),
    sequence(literal("E2%80%8"), oneOf("0-9A")),
    ...["E2%80%A8", "E2%80%A9", "E2%80%AF", "E2%81%9F", "E3%80%80", "EF%BB%BF"].map(literal),
  ),
);
const surrogate = (second: string): Language => sequence(literal("%uD"), oneOf(second), hex, hex);
const high = surrogate("89AB");
const low = surrogate("C-F");
const ordinary = choice(oneOf(plain), escaped);

// A high surrogate before a low one is a character, which is not escaped.
const highs = repeated(high);
const anyButLoneHighs = repeated(choice(ordinary, low, sequence(highs, ordinary)));

/** A `string`, escaped. */
export const writtenString: Language = choice(literal("%e"), highs, sequence(anyButLoneHighs, optional(highs)));

/** The string that is written so. */
export function readString(text: string): string {
  if (text === "%e") return "";
  return text.replace(/%uD[0-9A-F]{3}|(?:%[0-9A-F]{2})+/g, (found) =>
    found.startsWith("%u") ? String.fromCharCode(Number.parseInt(found.slice(2), 16)) : decodeURIComponent(found),
  );
}
