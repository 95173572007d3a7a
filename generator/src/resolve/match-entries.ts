import { clip, nearest, quote } from "@cachetory/runtime/schemes";
import type { ts } from "ts-morph";
import type { InvalidationDeclaration, KeyType, MutationDeclaration, ValuePath } from "../model/declaration.ts";
import type { RelatedPlace } from "../model/diagnostic.ts";
import { functionName } from "../model/function-name.ts";
import { listNames } from "../model/list-names.ts";
import { type FoundPart, ofResult } from "../model/mutated-function.ts";
import type { SelectedEntries, SelectedPart } from "../model/selected-entries.ts";
import { showParameter } from "../model/show-parameter.ts";
import { showPath } from "../model/show-path.ts";
import { nameOrNode, type PlacedFinding, placeOf } from "./finding.ts";
import { followPath } from "./follow-path.ts";
import { type GivenValue, givenInstance, givenValues, textOf } from "./function-parameters.ts";

/** The calls of one signature of a mutation, and the entries of one cache that they make untrue. */
export interface MutatingCalls {
  readonly mutation: MutationDeclaration;
  readonly invalidation: InvalidationDeclaration;
  readonly selected: SelectedEntries;
  readonly signature: ts.Signature;
  readonly instance: ts.Type | undefined;
  /** What these parameters of a key take. */
  readonly keyTypes: { readonly date: ts.Type; readonly hash: ts.Type };
  readonly checker: ts.TypeChecker;
}

interface MatchedEntries {
  /** Those that are missing have a finding. */
  readonly parts: readonly FoundPart[];
  readonly findings: readonly PlacedFinding[];
}

/** Finds for each part of the entries what it is given in the calls of one signature, and whether that fits the key. */
export function matchEntries(calls: MutatingCalls): MatchedEntries {
  const given = valuesOf(calls);
  const matches = calls.selected.parts.map((part): FoundPart | PlacedFinding => {
    const { source, parameter } = part;
    if (source.kind !== "path") return { parameter: parameter.name, source };
    return matchPath(part, source.steps, given, calls);
  });
  return {
    parts: matches.flatMap((match) => ("code" in match ? [] : match)),
    findings: matches.flatMap((match) => ("code" in match ? match : [])),
  };
}

/** What paths may begin with: the parameters, the instance of a method, and the result. */
function valuesOf({ invalidation, signature, instance, checker }: MutatingCalls): readonly GivenValue[] {
  const parameters = givenValues(signature, checker);
  if (invalidation.parts === "by-name") return parameters;
  const returned = signature.getReturnType();
  const result: GivenValue = {
    name: "result",
    index: ofResult,
    properties: [],
    type: checker.getAwaitedType(returned) ?? returned,
    isOptional: false,
    isReadable: true,
    place: undefined,
  };
  const self = instance === undefined ? [] : [givenInstance(instance)];
  return [...self, ...parameters, result];
}

function matchPath(
  { parameter, span }: SelectedPart,
  path: ValuePath,
  given: readonly GivenValue[],
  calls: MutatingCalls,
): FoundPart | PlacedFinding {
  const { mutation, checker } = calls;
  const subject = quote(functionName(mutation));
  const [root, ...further] = path;
  const candidates = given.filter(({ name, isReadable }) => name === root.name && isReadable);
  const [value] = candidates;
  const at = { code: "C2104", span, related: relatedTo(value, calls) } as const;
  if (value === undefined) {
    const message = `${subject} has no parameter ${quote(root.name)}, which is to be ${show(parameter)} of the key`;
    return { ...at, message, hint: hintForMissing(root.name, parameter.name, given, calls) };
  }
  if (candidates.length > 1) {
    const message = `"result" may be what ${subject} gives, or its parameter`;
    return { ...at, message, hint: "Call the parameter otherwise" };
  }
  const whole = `${quote(showPath(path))} of ${subject}`;
  const read = followPath(value, path, checker);
  if ("problem" in read) {
    const { problem, hint } = read;
    return { ...at, message: `${whole} ${problem}`, ...(hint !== undefined && { hint }) };
  }
  const misfit = findMisfit(read.type, parameter.type, calls);
  if (misfit !== undefined) {
    const takes = `${show(parameter)} of the key takes ${misfit}`;
    const message = `${whole} is ${textOf(read.type, checker)}, and ${takes}`;
    const without = checker.getNonNullableType(read.type);
    const mayBeMissing = without !== read.type && findMisfit(without, parameter.type, calls) === undefined;
    const missing = `Write ${clip(showPath(path))}? if nothing is to be deleted without it`;
    const hint = mayBeMissing ? missing : "Change one of the two, or name a property of it";
    return { ...at, message, hint };
  }
  // What is taken apart at once is a property of something without a name.
  const nameless = { kind: "property", name: "", isOptional: false } as const;
  const steps: ValuePath = value.properties.length === 0 ? path : [nameless, root, ...further];
  return { parameter: parameter.name, source: { kind: "value", from: value.index, steps } };
}

function hintForMissing(
  root: string,
  parameter: string,
  given: readonly GivenValue[],
  { invalidation }: MutatingCalls,
): string {
  const names = given.filter(({ isReadable }) => isReadable).map(({ name }) => name);
  const near = nearest(root, names);
  const there = names.length === 0 ? "It has none" : `There is: ${listNames(names)}`;
  const hint = near === undefined ? there : `Did you mean ${quote(near)}? ${there}`;
  if (invalidation.parts !== "by-name") return hint;
  const cache = clip(invalidation.text);
  return `${hint}. Write where it comes from: "${cache}({ ${clip(parameter)}: … })", or "${cache}(*)" for every entry`;
}

/** The key and, on the other side, the parameter or the function. */
function relatedTo(value: GivenValue | undefined, { invalidation, signature }: MutatingCalls): readonly RelatedPlace[] {
  const declaration = value?.place ?? signature.declaration;
  const message =
    value?.place === undefined ? "the function is declared here" : `${quote(value.name)} is declared here`;
  return [
    { span: invalidation.cache.keySpan, message: "the key is written here" },
    ...(declaration === undefined ? [] : [placeOf(nameOrNode(declaration), message)]),
  ];
}

function show(parameter: SelectedPart["parameter"]): string {
  return quote(showParameter(parameter));
}

/** What a parameter of the key takes, where values of this type are not all of it. */
function findMisfit(type: ts.Type, taken: KeyType, { keyTypes, checker }: MutatingCalls): string | undefined {
  const other = (wanted: ts.Type): string | undefined =>
    checker.isTypeAssignableTo(type, wanted) ? undefined : textOf(wanted, checker);
  switch (taken.kind) {
    case "string":
    case "uuid":
    case "secret":
      return other(checker.getStringType());
    case "int":
    case "number":
      return other(checker.getNumberType());
    case "bigint":
      return other(checker.getBigIntType());
    case "bool":
      return other(checker.getBooleanType());
    case "date":
      return other(keyTypes.date);
    case "hash":
      return other(keyTypes.hash);
    case "union": {
      const members = taken.members.map((member) => checker.getStringLiteralType(member));
      const apparent = checker.getBaseConstraintOfType(type) ?? type;
      const parts = apparent.isUnion() ? apparent.types : [apparent];
      const isTaken = parts.every((part) => members.some((member) => checker.isTypeAssignableTo(part, member)));
      return isTaken ? undefined : taken.members.map((member) => JSON.stringify(member)).join(" | ");
    }
    default:
      return taken satisfies never;
  }
}
