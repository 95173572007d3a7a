import { parseDuration } from "./duration.ts";
import { nearest } from "./nearest.ts";
import { quote } from "./quote.ts";
import type { OptionSpec, OptionSpecs, OptionValue, Problem } from "./scheme.ts";
import { parseSize } from "./size.ts";
import { isVariableName } from "./variable-name.ts";

export interface OptionProblem extends Problem {
  readonly option: string;
}

export interface ReadOptions {
  /** Only what was written, and only where it is right. */
  readonly values: ReadonlyMap<string, OptionValue>;
  readonly problems: readonly OptionProblem[];
}

/** Checks and converts the options of a URL. Defaults are not filled in: see {@link optionDefaults}. */
export function readOptions(specs: OptionSpecs, entries: Iterable<readonly [string, string]>): ReadOptions {
  const values = new Map<string, OptionValue>();
  const problems: OptionProblem[] = [];
  const seen = new Set<string>();
  for (const [option, text] of entries) {
    const spec = Object.hasOwn(specs, option) ? specs[option] : undefined;
    if (spec === undefined) {
      problems.push({ option, ...unknownOption(option, Object.keys(specs)) });
    } else if (seen.has(option)) {
      problems.push({ option, message: `option "${option}" is given more than once`, hint: "Keep one of them" });
    } else {
      seen.add(option);
      const value = readOption(spec, text);
      if (value !== undefined) values.set(option, value);
      else {
        // What stands in place of a variable may well be the secret itself.
        const found = spec.kind === "variable" ? "" : `, not ${quote(text)}`;
        const message = `option "${option}" must be ${expectation(spec)}${found}`;
        const hint = spec.kind === "variable" ? "Write the name alone" : defaultText(spec);
        problems.push({ option, message, ...(hint !== undefined && { hint }) });
      }
    }
  }
  return { values, problems };
}

/** The options that a scheme does not do without, and that are not among `written`. */
export function missingOptions(specs: OptionSpecs, written: Iterable<string>): readonly OptionProblem[] {
  const there = new Set(written);
  return Object.entries(specs)
    .filter(([option, { isRequired }]) => isRequired === true && !there.has(option))
    .map(([option, { description }]) => ({
      option,
      message: `option "${option}" is missing`,
      hint: description.replace(/\.$/, ""),
    }));
}

/** What the options are where nothing is written. */
export function optionDefaults(specs: OptionSpecs): ReadonlyMap<string, OptionValue> {
  const written = Object.entries(specs).flatMap(([name, spec]) =>
    spec.default === undefined ? [] : ([[name, spec.default]] as const),
  );
  return readOptions(specs, written).values;
}

/** The message for an option that nobody knows, with what is allowed. */
export function unknownOption(option: string, allowed: readonly string[]): Problem {
  const message = `unknown option ${quote(option)}`;
  if (allowed.length === 0) return { message, hint: "No options are allowed here" };
  const near = nearest(option, allowed);
  const list = `Allowed: ${[...allowed].sort().join(", ")}`;
  return { message, hint: near === undefined ? list : `Did you mean "${near}"? ${list}` };
}

function readOption(spec: OptionSpec, text: string): OptionValue | undefined {
  switch (spec.kind) {
    case "integer": {
      const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
      return within(value, spec) ? value + 0 : undefined;
    }
    case "duration":
      return inRange(parseDuration(text), spec);
    case "size":
      return inRange(parseSize(text), spec);
    case "choice":
      return spec.choices.includes(text) ? text : undefined;
    case "boolean":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "variable":
      return isVariableName(text) ? text : undefined;
    case "text":
      return text === "" ? undefined : text;
    default:
      return spec satisfies never;
  }
}

interface Range {
  readonly min?: number;
  readonly max?: number;
}

function inRange(value: number | undefined, range: Range): number | undefined {
  return value !== undefined && within(value, range) ? value : undefined;
}

function within(value: number, { min = 0, max = Number.MAX_SAFE_INTEGER }: Range): boolean {
  return value >= min && value <= max;
}

function defaultText(spec: OptionSpec): string | undefined {
  return spec.default === undefined ? undefined : `The default is ${spec.default}`;
}

function expectation(spec: OptionSpec): string {
  switch (spec.kind) {
    case "integer":
      return `a whole number from ${spec.min} to ${spec.max}`;
    case "duration":
      return `a duration such as 500ms, 30s or 10m${limits(spec, "ms")}`;
    case "size":
      return `a size such as 500, 64kb, 64mb or 1gb${limits(spec, "")}`;
    case "choice":
      return `one of ${spec.choices.join(", ")}`;
    case "boolean":
      return "true or false";
    case "variable":
      return "the name of an environment variable, such as CACHE_KEYS";
    case "text":
      return "a text that is not empty";
    default:
      return spec satisfies never;
  }
}

function limits({ min, max }: Range, unit: string): string {
  const parts = [
    ...(min === undefined ? [] : [`at least ${min}${unit}`]),
    ...(max === undefined ? [] : [`at most ${max}${unit}`]),
  ];
  return parts.map((part) => `, ${part}`).join("");
}
