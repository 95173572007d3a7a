import type { KeyPattern, ValueStep } from "../model/declaration.ts";
import { type FunctionParameter, ofInstance } from "../model/memoized-function.ts";
import { type FoundEntries, type FoundPart, type FoundSource, ofResult } from "../model/mutated-function.ts";
import { type Code, code, joinCode, type LocalName, local } from "./code.ts";
import { stringLiteral } from "./literal.ts";
import { freeName, parameterName } from "./wrapped-function.ts";

/** The names by which the code of a list finds what entries are made of. */
interface Names {
  readonly parameters: readonly FunctionParameter[];
  readonly instance: LocalName;
}

/** An array that is gone through, of which every item makes entries. */
interface Loop {
  readonly key: string;
  readonly array: Code;
  readonly item: LocalName;
}

/** A value of an entry. */
interface PartValue {
  readonly property: Code;
  /** What is null or undefined where there are no entries; `undefined` where there always are. */
  readonly guard: Code | undefined;
}

/**
 * The keys of entries as an expression of a list: one for each item of what is gone through, and none where something is
 * missing that may be.
 */
export function entryList({ parts }: FoundEntries, key: KeyPattern, names: Names, indent: string): Code {
  const loops: Loop[] = [];
  const combinations = listedValues(parts);
  const objects = combinations.map((listed) =>
    parts.map((part): PartValue => {
      const { parameter, source } = part;
      if (source.kind === "value") return followSteps(parameter, source, loops, names);
      const value = source.kind === "listed" ? listed.get(part) : source.value;
      return { property: `${parameter}: ${literalOf(value, parameter, key)}`, guard: undefined };
    }),
  );
  const [first = []] = objects;
  const texts = objects.map((values) => objectOf(values.map(({ property }) => property)));
  const list =
    texts.length === 1 ? code`[${texts}]` : code`[\n${texts.map((text) => code`${indent}  ${text},\n`)}${indent}]`;
  const guards = first.map(({ guard }) => guard).filter((guard) => guard !== undefined);
  const isMissing = joinCode(
    guards.map((guard) => code`${guard} == null`),
    " || ",
  );
  const guarded = guards.length === 0 ? list : code`${isMissing} ? [] : ${list}`;
  return loops.reduceRight<Code>((body, { array, item }) => code`${array}.flatMap((${item}) => ${body})`, guarded);
}

/** Every combination of the values of parts that have several. */
function listedValues(parts: readonly FoundPart[]): readonly ReadonlyMap<FoundPart, string | boolean>[] {
  return parts.reduce<readonly ReadonlyMap<FoundPart, string | boolean>[]>(
    (all, part) => {
      const { source } = part;
      if (source.kind !== "listed") return all;
      return all.flatMap((one) => source.values.map((value) => new Map([...one, [part, value]])));
    },
    [new Map()],
  );
}

function literalOf(value: string | number | boolean | undefined, parameter: string, { segments }: KeyPattern): string {
  if (typeof value === "string") return stringLiteral(value);
  const isBigint = segments.some(
    (segment) => segment.kind === "parameter" && segment.name === parameter && segment.type.kind === "bigint",
  );
  return `${value}${isBigint ? "n" : ""}`;
}

/** Follows the steps to a value, with a loop for each array on the way. */
function followSteps(
  parameter: string,
  { from, steps }: Extract<FoundSource, { readonly kind: "value" }>,
  loops: Loop[],
  names: Names,
): PartValue {
  const [root, ...further] = steps;
  let name = rootName(from, names);
  let [plain, cautious]: [Code, Code] = [name, name];
  let { isOptional } = root;
  let mayBeMissing = isOptional;
  for (const [index, step] of further.entries()) {
    if (step.kind === "property") {
      plain = code`${plain}.${step.name}`;
      cautious = code`${cautious}${isOptional ? "?." : "."}${step.name}`;
      mayBeMissing ||= step.isOptional;
    } else {
      const loop = loopOf([from, further.slice(0, index).map(shape)], loops, names, () =>
        mayBeMissing ? code`(${cautious} ?? [])` : plain,
      );
      name = loop.item;
      [plain, cautious] = [name, name];
      mayBeMissing = step.isOptional;
    }
    isOptional = step.isOptional;
  }
  const isName = further.length === 0 || further.at(-1)?.kind === "each";
  const property: Code = isName ? { kind: "shorthand", property: parameter, of: name } : code`${parameter}: ${plain}`;
  return { property, guard: mayBeMissing ? cautious : undefined };
}

/** What tells steps apart, whether or not something may be missing. */
function shape(step: ValueStep): string {
  return step.kind === "each" ? "[]" : step.name;
}

function loopOf(id: readonly unknown[], loops: Loop[], { parameters }: Names, arrayOf: () => Code): Loop {
  const key = JSON.stringify(id);
  const known = loops.find((loop) => loop.key === key);
  if (known !== undefined) return known;
  const count = loops.length + 1;
  const loop = { key, array: arrayOf(), item: freeName(count === 1 ? "item" : `item${count}`, parameters) };
  loops.push(loop);
  return loop;
}

function rootName(from: number, { parameters, instance }: Names): LocalName {
  if (from === ofInstance) return instance;
  return from === ofResult ? local("result") : parameterName(parameters, from);
}

function objectOf(properties: readonly Code[]): Code {
  return properties.length === 0 ? "{}" : code`{ ${joinCode(properties, ", ")} }`;
}
