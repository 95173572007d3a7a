import { choice, type Language, literal, oneOf, optional, repeated, sequence, times } from "./language.ts";

const digit = oneOf("0-9");
const nonZero = oneOf("1-9");
const minus = optional(literal("-"));

/** A `bigint` in decimal. */
export const writtenInteger: Language = choice(literal("0"), sequence(minus, nonZero, optional(repeated(digit))));

/** An `int`: a safe integer in decimal. */
export const writtenSafeInteger: Language = choice(
  literal("0"),
  sequence(minus, positiveUpTo(`${Number.MAX_SAFE_INTEGER}`)),
);

/** Positive integers up to a bound, without leading zeros. */
function positiveUpTo(bound: string): Language {
  const asLong = [...bound].flatMap((limit, index) => {
    const lowest = index === 0 ? 1 : 0;
    const highest = Number(limit) - 1;
    if (highest < lowest) return [];
    const rest = times(digit, bound.length - index - 1);
    return [sequence(literal(bound.slice(0, index)), oneOf(`${lowest}-${highest}`), rest)];
  });
  return choice(sequence(nonZero, times(digit, 0, bound.length - 2)), ...asLong, literal(bound));
}

// A double has at most this many significant digits where it is printed, and the last one is no zero.
const maxDigits = 17;
const significantRest = (max: number): Language => sequence(times(digit, 0, max - 1), nonZero);

// ECMAScript, Number::toString: plain from 1e-6 up to 1e21, with an exponent below and above.
const whole = choice(
  sequence(nonZero, times(digit, 0, maxDigits - 1)),
  sequence(nonZero, times(digit, maxDigits - 1), times(literal("0"), 1, 21 - maxDigits)),
);
const withPoint = choice(
  ...Array.from({ length: maxDigits - 1 }, (_, index) =>
    sequence(nonZero, times(digit, index), literal("."), significantRest(maxDigits - 1 - index)),
  ),
);
const small = sequence(literal("0."), times(literal("0"), 0, 5), nonZero, optional(significantRest(maxDigits - 1)));
const upTo299 = sequence(oneOf("12"), digit, digit);
const above = choice(
  sequence(literal("2"), nonZero),
  sequence(oneOf("3-9"), digit),
  upTo299,
  sequence(literal("30"), oneOf("0-8")),
);
const below = choice(
  oneOf("7-9"),
  sequence(nonZero, digit),
  upTo299,
  sequence(literal("3"), oneOf("01"), digit),
  sequence(literal("32"), oneOf("0-4")),
);
const withExponent = sequence(
  nonZero,
  optional(sequence(literal("."), significantRest(maxDigits - 1))),
  literal("e"),
  choice(sequence(literal("+"), above), sequence(literal("-"), below)),
);

/** A `number` as JavaScript prints it, and other texts of that form. */
export const writtenNumber: Language = choice(
  literal("0"),
  sequence(minus, choice(whole, withPoint, small, withExponent)),
);

/** Whether a number is printed like this. */
export function isWrittenNumber(text: string): boolean {
  return `${Number(text)}` === text;
}
