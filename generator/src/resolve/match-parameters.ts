import { clip, quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import type { KeyParameter, KeyPattern, KeySource, MemoizedDeclaration, Span } from "../model/declaration.ts";
import type { RelatedPlace } from "../model/diagnostic.ts";
import { functionName } from "../model/function-name.ts";
import { listNames } from "../model/list-names.ts";
import type { KeyArgument } from "../model/memoized-function.ts";
import { showParameter } from "../model/show-parameter.ts";
import { nameOrNode, type PlacedFinding, placeOf } from "./finding.ts";
import {
  type GivenValue,
  givenInstance,
  givenThis,
  givenValues,
  readProperties,
  textOf,
} from "./function-parameters.ts";

interface MatchedParameters {
  /** In the order of the key's pattern; those that are missing have a finding. */
  readonly key: readonly KeyArgument[];
  readonly findings: readonly PlacedFinding[];
}

/** The calls of one signature of a memoized function. */
interface Calls {
  readonly memoized: MemoizedDeclaration;
  /** The function, as messages name it. */
  readonly subject: string;
  readonly given: readonly GivenValue[];
  /** What is given, and makes no part of the key by its name or as it is written; ignored ones are not among it. */
  readonly unused: readonly GivenValue[];
  readonly signature: ts.Signature;
  readonly checker: ts.TypeChecker;
}

/** Finds for each parameter of the key what it is given in the calls of one signature, and whether that fits. */
export function matchParameters(
  memoized: MemoizedDeclaration,
  pattern: KeyPattern,
  signature: ts.Signature,
  instance: ts.Type | undefined,
  keyTypes: ReadonlyMap<string, ts.Type>,
  checker: ts.TypeChecker,
): MatchedParameters {
  // Of a method, this is what it is a method of, in every call.
  const ownThis = memoized.path.length > 1 ? undefined : givenThis(signature, checker);
  const self = instance === undefined ? ownThis : givenInstance(instance);
  const given = [...(self === undefined ? [] : [self]), ...givenValues(signature, checker)];
  const parameters = pattern.segments.filter((segment) => segment.kind === "parameter");
  const used = new Set(parameters.map((parameter) => sourceOf(parameter, memoized).path[0]));
  const passedOver = new Set([
    ...used,
    ...(instance === undefined ? [] : ["this"]),
    ...memoized.ignored.map(({ name }) => name),
  ]);
  const calls: Calls = {
    memoized,
    subject: quote(functionName(memoized)),
    given,
    unused: given.filter(({ name }) => !passedOver.has(name)),
    signature,
    checker,
  };
  const matches = parameters.map((parameter) => matchParameter(parameter, keyTypes.get(parameter.name), calls));
  const isMissing = parameters.some((parameter) => givenTo(parameter, calls) === undefined);
  return {
    key: matches.flatMap(({ argument }) => argument ?? []),
    findings: [
      ...matches.flatMap(({ finding }) => finding ?? []),
      // What is missing and what is left over are mostly one thing under two names, as the hint says.
      ...(isMissing ? [] : calls.unused.map((value) => findingOfUnused(value, calls))),
      ...memoized.ignored.flatMap(({ name, span }) => findIdleIgnore(name, span, used, calls) ?? []),
    ],
  };
}

interface Match {
  readonly argument?: KeyArgument;
  readonly finding?: PlacedFinding;
}

function matchParameter(parameter: KeyParameter, taken: ts.Type | undefined, calls: Calls): Match {
  const { memoized, subject, checker } = calls;
  if (taken === undefined) throw new Error(`The probe has no type of the key parameter ${parameter.name}.`);
  const { path, span } = sourceOf(parameter, memoized);
  const [name, ...properties] = path;
  const value = givenTo(parameter, calls);
  const at = { code: "C2102", ...(span && { span }), related: relatedTo(value, calls) } as const;
  if (value === undefined) {
    const message = `${subject} has no parameter ${quote(name)}, which is to be ${show(parameter)} of the key`;
    return { finding: { ...at, message, hint: hintForMissing(parameter, calls) } };
  }
  const whole = `${quote(path.join("."))} of ${subject}`;
  const read = readProperties(value, properties, checker);
  if ("problem" in read) return { finding: { ...at, message: `${whole} ${read.problem}` } };
  const misfit = findMisfit(read.type, taken, value.isOptional, checker);
  if (misfit !== undefined) {
    const message = `${whole} ${misfit}, and ${show(parameter)} of the key takes ${textOf(taken, checker)}`;
    const hint = value.isOptional
      ? "Make the parameter required: what the function takes in its place is not known from outside"
      : 'Change one of the two, or write a property of it under "parameters"';
    return { finding: { ...at, message, hint } };
  }
  return {
    argument: { parameter: parameter.name, index: value.index, properties: [...value.properties, ...properties] },
  };
}

/** Where a parameter of the key comes from: as it is written, or from what has its name. */
function sourceOf(
  { name }: KeyParameter,
  { sources }: MemoizedDeclaration,
): { readonly path: KeySource["path"]; readonly span?: Span } {
  return sources.find(({ parameter }) => parameter === name) ?? { path: [name] };
}

function givenTo(parameter: KeyParameter, { memoized, given }: Calls): GivenValue | undefined {
  const [name] = sourceOf(parameter, memoized).path;
  return given.find((value) => value.name === name && value.isReadable);
}

function hintForMissing({ name }: KeyParameter, { given, unused }: Calls): string {
  const [only, ...others] = unused.filter(({ isReadable }) => isReadable);
  const has = given.length === 0 ? "It has none" : `It has: ${listNames(given.map((value) => value.name))}`;
  const source = only === undefined || others.length > 0 ? "…" : clip(only.name);
  return `${has}. Write where it comes from: parameters: { ${clip(name)}: ${source} }`;
}

function findingOfUnused(value: GivenValue, calls: Calls): PlacedFinding {
  const { subject, memoized } = calls;
  const message =
    `${quote(value.name)} of ${subject} is no part of the key of cache ${quote(memoized.cache.name)}: ` +
    "calls that differ in it alone would share an entry";
  const add = value.isReadable ? "Add a parameter for it to the key, or write" : "Write";
  const hint = `${add} ignore: [${clip(value.name)}] where it makes no difference`;
  return { code: "C2102", message, hint, related: relatedTo(value, calls) };
}

function findIdleIgnore(
  name: string,
  span: Span,
  used: ReadonlySet<string>,
  { subject, given, memoized }: Calls,
): PlacedFinding | undefined {
  const isParameter = given.some((value) => value.name === name);
  if (isParameter && !used.has(name)) return undefined;
  const why = isParameter ? `makes a part of the key of cache ${quote(memoized.cache.name)}` : "is no parameter of it";
  return { code: "C2102", span, message: `${quote(name)} of ${subject} is ignored, but ${why}`, hint: "Leave it out" };
}

/** The key and, on the other side, the parameter; or the function, where there is no such parameter. */
function relatedTo(value: GivenValue | undefined, { memoized, signature }: Calls): readonly RelatedPlace[] {
  const declaration = value?.place ?? signature.declaration;
  const message =
    value?.place === undefined ? "the function is declared here" : `${quote(value.name)} is declared here`;
  return [
    { span: memoized.cache.keySpan, message: "the key is written here" },
    ...(declaration === undefined ? [] : [placeOf(nameOrNode(declaration), message)]),
  ];
}

function show(parameter: KeyParameter): string {
  return quote(showParameter(parameter));
}

/** What is against giving values of this type to the key. */
function findMisfit(type: ts.Type, taken: ts.Type, isOptional: boolean, checker: ts.TypeChecker): string | undefined {
  if (type.flags & ts.TypeFlags.Any) return "is any";
  if (!checker.isTypeAssignableTo(type, taken)) return `is ${textOf(type, checker)}`;
  return isOptional && !checker.isTypeAssignableTo(checker.getUndefinedType(), taken) ? "is optional" : undefined;
}
