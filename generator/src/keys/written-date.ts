import { choice, type Language, literal, oneOf, sequence, times } from "./language.ts";

const digit = oneOf("0-9");
const daysTo29 = choice(sequence(literal("0"), oneOf("1-9")), sequence(oneOf("12"), digit));
const monthsOf = (months: readonly string[], days: Language): Language =>
  sequence(choice(...months.map((month) => literal(`${month}-`))), days);

const day = choice(
  monthsOf(["02"], daysTo29),
  monthsOf(["04", "06", "09", "11"], choice(daysTo29, literal("30"))),
  monthsOf(["01", "03", "05", "07", "08", "10", "12"], choice(daysTo29, literal("30"), literal("31"))),
);
const year = choice(
  times(digit, 4),
  // Six digits up to the end of time, which is in the year 275760; before the year 0 it begins in -271821.
  sequence(
    choice(literal("+"), literal("-")),
    choice(sequence(oneOf("01"), digit), sequence(literal("2"), oneOf("0-7"))),
    times(digit, 4),
  ),
);
const sixty = sequence(oneOf("0-5"), digit);
const hour = choice(sequence(oneOf("01"), digit), sequence(literal("2"), oneOf("0-3")));

/** A `date`, and a few days that no year or not that year has. */
export const writtenDate: Language = sequence(
  year,
  literal("-"),
  day,
  literal("T"),
  hour,
  sixty,
  sixty,
  literal("."),
  times(digit, 3),
  literal("Z"),
);

/** Whether a moment is written like this. */
export function isWrittenDate(text: string): boolean {
  const moment = new Date(withColons(text));
  return !Number.isNaN(moment.getTime()) && moment.toISOString().replaceAll(":", "") === text;
}

/** ISO 8601 again, as `Date` reads it. */
export function withColons(text: string): string {
  return text.replace(/T(\d\d)(\d\d)/, "T$1:$2:");
}
