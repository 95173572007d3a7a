import { CachetoryError } from "./errors.ts";
import { optionProperty } from "./schemes/option-property.ts";
import { optionDefaults, readOptions } from "./schemes/read-options.ts";
import type { OptionSpecs, OptionValue, Problem } from "./schemes/scheme.ts";

/** Options with nothing left open. */
type Filled<T> = { readonly [P in keyof T]-?: Exclude<T[P], undefined> };

/**
 * The options of a call held against the table that URLs are held against, defaults filled in.
 *
 * @param subject - whose options they are, for the message
 * @throws CachetoryError `INVALID_OPTION`
 */
export function checkedOptions<T extends object>(subject: string, specs: OptionSpecs, given: T): Filled<T> {
  const properties = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [optionProperty(name), spec]));
  const written = Object.entries(given).filter(([, value]) => value !== undefined);
  const { values, problems } = readOptions(
    properties,
    written.map(([property, value]) => [property, String(value)] as const),
  );
  if (problems.length > 0) throw invalidOption(subject, problems);
  // The table of the scheme names the same properties, kinds and defaults as the type of its options.
  return Object.fromEntries([...optionDefaults(properties), ...values]) as Filled<T>;
}

/** Options of a URL, by their camelCase names. */
export function optionObject(values: ReadonlyMap<string, OptionValue>): Readonly<Record<string, OptionValue>> {
  return Object.fromEntries([...values].map(([name, value]) => [optionProperty(name), value]));
}

/** Names every problem at once. */
export function invalidOption(subject: string, problems: readonly Problem[]): CachetoryError {
  return new CachetoryError("INVALID_OPTION", `${subject}: ${problems.map(sentence).join(" ")}`);
}

/** A problem and its hint as running text. */
export function sentence({ message, hint }: Problem): string {
  return hint === undefined ? `${message}.` : `${message}. ${hint}.`;
}
