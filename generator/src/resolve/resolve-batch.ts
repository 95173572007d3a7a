import { quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import { functionName } from "../model/function-name.ts";
import type { BatchFunction, MemoizedFunction } from "../model/memoized-function.ts";
import { itemOfCalls } from "./batch-item.ts";
import { aliasType, type Complaints, findFunction } from "./find-function.ts";
import { type Finding, nameOrNode, type PlacedFinding, placeOf } from "./finding.ts";
import { givenThis, parameterOf, parametersOf, textOf } from "./function-parameters.ts";
import type { Probe } from "./probe.ts";
import type { ProbedBatch } from "./probed-batch.ts";

export interface ResolvedBatch {
  readonly findings: readonly PlacedFinding[];
  /** `undefined` where anything is against it, or against what it loads for. */
  readonly found: BatchFunction | undefined;
}

type Problem = Pick<Finding, "message" | "hint">;
type Signatures = readonly [ts.Signature, ...ts.Signature[]];

/**
 * Looks at one batch function of the probe: whether it takes what calls of the function are made of, and gives values of
 * the cache.
 *
 * @param single - what it loads for, where nothing is against that
 */
export function resolveBatch(
  probed: ProbedBatch,
  single: MemoizedFunction | undefined,
  probe: Probe,
  complaints: Complaints,
): ResolvedBatch {
  const { checker } = probe;
  const batch = findFunction(probed, probe, complaints);
  if ("code" in batch) return { findings: [batch], found: undefined };
  const called = findFunction(probed.single, probe, complaints);
  if (single === undefined || "code" in called) return { findings: [], found: undefined };

  const [signature] = batch.signatures;
  const [calls] = called.signatures;
  const refuse = (...problems: readonly Problem[]): ResolvedBatch => {
    const related = [
      { declaration: signature.declaration, message: "the batch function is declared here" },
      { declaration: calls.declaration, message: "the function is declared here" },
    ].flatMap(({ declaration, message }) => (declaration ? [placeOf(nameOrNode(declaration), message)] : []));
    return { findings: problems.map((problem) => ({ code: "C2105", ...problem, related })), found: undefined };
  };
  const shape = findInShape(probed, batch.signatures, called.signatures, checker);
  if (shape !== undefined) return refuse(shape);
  const key = single.key.map(({ index }) => index);
  const item = itemOfCalls(probed, signature, calls, aliasType(probed.call, probe), key, checker);
  if ("problems" in item) return refuse(...item.problems);
  const answer = findInAnswer(probed, signature, probe);
  if (answer !== undefined) return refuse(answer);
  const result = checker.getAwaitedType(calls.getReturnType()) ?? calls.getReturnType();
  return {
    findings: [],
    found: {
      module: probed.exports.reference,
      item: item.kind,
      parameters: parametersOf(calls, Math.max(0, ...[...item.given, ...key].map((index) => index + 1))),
      given: item.given,
      answers: arraysOf(probed, signature, probe),
      isRequired: !checker.isTypeAssignableTo(checker.getUndefinedType(), result),
    },
  };
}

/** What is against calling it with an array for calls of the function, whatever is in that. */
function findInShape(
  { named, single }: ProbedBatch,
  batches: Signatures,
  calls: Signatures,
  checker: ts.TypeChecker,
): Problem | undefined {
  const subject = quote(functionName(named));
  const called = quote(functionName(single.named));
  const [signature] = batches;
  if (calls.length > 1) {
    const message = `${called} has overloads, and an array of its calls does not say which of them each is of`;
    return { message, hint: 'Memoize a function with one signature, or leave "batch" out' };
  }
  if (batches.length > 1) return { message: `${subject} has overloads`, hint: "Name a function with one signature" };
  if (calls[0].getParameters().length === 0) {
    const message = `${called} takes no parameters, so no two of its calls are to be loaded together`;
    return { message, hint: 'Leave "batch" out' };
  }
  if (named.path.length === 1 && givenThis(signature, checker) !== undefined) {
    return { message: `${subject} needs a this, and nothing says which`, hint: "Name a method of what it needs" };
  }
  const [, ...others] = signature.getParameters();
  const needed = others.map(parameterOf).find((parameter) => parameter !== undefined && !mayBeMissing(parameter));
  if (needed === undefined) return undefined;
  const message = `${subject} needs ${quote(needed.name.getText())} besides an array of calls, which nobody gives it`;
  return { message, hint: "Make it optional, or name a function that calls this one" };
}

function mayBeMissing({ questionToken, initializer, dotDotDotToken }: ts.ParameterDeclaration): boolean {
  return questionToken !== undefined || initializer !== undefined || dotDotDotToken !== undefined;
}

/** What is against storing what it gives as values of the cache. */
function findInAnswer(
  { named, answer, single }: ProbedBatch,
  signature: ts.Signature,
  probe: Probe,
): Problem | undefined {
  if (answer === undefined || single.value === undefined) return undefined;
  const { checker } = probe;
  const returned = signature.getReturnType();
  const awaited = checker.getAwaitedType(returned) ?? returned;
  const subject = quote(functionName(named));
  const value = quote(single.value.text);
  const hint = `Give an array of one ${value} for each call, in their order; or a Map, or pairs, by what it was given`;
  if (awaited.flags & ts.TypeFlags.Any) {
    return { message: `${subject} gives any, which says nothing of what is cached`, hint };
  }
  if (checker.isTypeAssignableTo(awaited, aliasType(answer, probe))) return undefined;
  const cache = quote(single.named.cache.name);
  return {
    message: `${subject} gives ${textOf(awaited, checker)}, and no ${value} of cache ${cache} for each call`,
    hint,
  };
}

/** What an array is that it gives, where that cannot be told from an array that is a value, or begins with an item. */
function arraysOf(
  { answer, arrays }: ProbedBatch,
  signature: ts.Signature,
  probe: Probe,
): "values" | "pairs" | undefined {
  const { checker } = probe;
  const returned = signature.getReturnType();
  const awaited = checker.getAwaitedType(returned) ?? returned;
  if (answer === undefined || !checker.isArrayLikeType(awaited)) return undefined;
  const areValues = checker.isTypeAssignableTo(awaited, aliasType(arrays.values, probe));
  const arePairs = checker.isTypeAssignableTo(awaited, aliasType(arrays.pairs, probe));
  if (areValues === arePairs) return undefined;
  if (arePairs) return "pairs";
  const element = awaited.getNumberIndexType();
  const parts = element?.isUnion() ? element.types : [element];
  const mayBeArray = (part: ts.Type | undefined): boolean =>
    part !== undefined &&
    ((part.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0 || checker.isArrayLikeType(part));
  return parts.some(mayBeArray) ? "values" : undefined;
}
