import { describeValue, formatStep, isPlainObject } from "../serializers/value-path.ts";

/** The first place where a value does not fit its type. */
export interface Misfit {
  /** The way there, from the value on: `.items[0].price`; empty for the value itself. */
  readonly path: string;
  /** What should be there, for a message: `a number`. */
  readonly expected: string;
  /** What is there. A message says of what kind it is, and never shows it. */
  readonly found: unknown;
}

/** Answers the first misfit of a value that was read, `undefined` where it is of its type. */
export type Validate = (value: unknown) => Misfit | undefined;

/** Made on failure alone: a value that fits costs no allocation. */
export function misfit(expected: string, found: unknown, path = ""): Misfit {
  return { path, expected, found };
}

/** A misfit of an object with names of several types of a union, none of which has all of them. */
export function misfitOfNames(names: readonly string[], found: unknown, path = ""): Misfit {
  const shown = names.slice(0, maxShownNames).map((name) => JSON.stringify(cut(name)));
  const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : "";
  return misfit(`of one type of the union: none has all of ${shown.join(", ")}${more}`, found, path);
}

/** A misfit of a part, as one of the whole. */
export function within(path: string, { path: inner, expected, found }: Misfit): Misfit {
  return { path: path + inner, expected, found };
}

/** As a sentence says it: `value.items[0].price: a string, not a number`. */
export function misfitText({ path, expected, found }: Misfit): string {
  return `value${path}: ${kindOf(found)}, not ${expected}`;
}

/** Longer names of properties are cut. */
const maxNameLength = 60;
/** More names than these are only counted. */
const maxShownNames = 8;

/** A property that the value names, as a step of a path. */
export function nameStep(name: string): string {
  return formatStep(cut(name));
}

function cut(name: string): string {
  return name.length > maxNameLength ? `${name.slice(0, maxNameLength)}…` : name;
}

function kindOf(found: unknown): string {
  if (found === undefined) return "nothing";
  if (found === null) return "null";
  if (Array.isArray(found)) return `an array of ${found.length === 1 ? "1 item" : `${found.length} items`}`;
  if (typeof found !== "object") return `a ${typeof found}`;
  return isPlainObject(found) ? "an object" : describeValue(found);
}
