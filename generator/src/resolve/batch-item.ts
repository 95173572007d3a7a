import { quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import { functionName } from "../model/function-name.ts";
import type { BatchFunction } from "../model/memoized-function.ts";
import type { Finding } from "./finding.ts";
import { parameterOf, textOf } from "./function-parameters.ts";
import type { ProbedBatch } from "./probed-batch.ts";

/** What a batch function takes for each call. */
interface Item {
  readonly kind: BatchFunction["item"];
  /** The parameters of the function that an object has, from 0. */
  readonly given: readonly number[];
}

interface Problems {
  readonly problems: readonly Pick<Finding, "message" | "hint">[];
}

/** A parameter of the function. */
interface Parameter {
  /** `undefined` for what is taken apart at once. */
  readonly name: string | undefined;
  readonly type: ts.Type;
}

/** Calls of the function, and what loads for them. */
interface Calls {
  /** The batch function and the function, as messages name them. */
  readonly batch: string;
  readonly single: string;
  readonly parameters: readonly Parameter[];
  /** What to do where the batch function takes something else. */
  readonly hint: string;
  readonly checker: ts.TypeChecker;
}

/**
 * What a batch function is to be given of each call, by what it takes an array of: the argument of a function of one
 * parameter; else an object of arguments by name, or a tuple of all.
 *
 * @param tuple - the type of all arguments of a call
 * @param key - the parameters of the function that make the key
 */
export function itemOfCalls(
  { named, single }: ProbedBatch,
  batch: ts.Signature,
  signature: ts.Signature,
  tuple: ts.Type,
  key: readonly number[],
  checker: ts.TypeChecker,
): Item | Problems {
  const symbols = signature.getParameters();
  const parameters = symbols.map((symbol) => asParameter(symbol, checker));
  const [first] = symbols;
  const hasOne = symbols.length === 1 && first !== undefined && !isRest(first);
  const expected = hasOne ? textOf(checker.getTypeOfSymbol(first), checker) : namedText(parameters, checker);
  const hint = `Let its first parameter be Array<${expected}>${hasOne ? "" : ", or an array of tuples of these"}`;
  const subjects = { batch: quote(functionName(named)), single: quote(functionName(single.named)) };
  const calls: Calls = { ...subjects, parameters, hint, checker };

  const taken = elementType(batch, checker);
  if (taken === undefined || taken.flags & ts.TypeFlags.Any) {
    return problem(calls, `${takenText(batch, checker)}, and is given an array for calls of ${calls.single}`);
  }
  if (!hasOne) {
    const item = namedItem(taken, key, calls);
    const isTuple = "problems" in item && checker.isTypeAssignableTo(tuple, taken);
    return isTuple ? { kind: "tuple", given: [] } : item;
  }
  const type = checker.getTypeOfSymbol(first);
  if (checker.isTypeAssignableTo(type, taken)) return { kind: "argument", given: [0] };
  return problem(calls, `takes an array of ${textOf(taken, checker)}, and calls of ${calls.single} are of ${expected}`);
}

function problem({ batch, hint }: Calls, what: string): Problems {
  return { problems: [{ message: `${batch} ${what}`, hint }] };
}

function asParameter(symbol: ts.Symbol, checker: ts.TypeChecker): Parameter {
  const declaration = parameterOf(symbol);
  const isNamed = declaration === undefined || ts.isIdentifier(declaration.name);
  return {
    name: isNamed ? (declaration?.name.getText() ?? symbol.name) : undefined,
    type: checker.getTypeOfSymbol(symbol),
  };
}

function isRest(symbol: ts.Symbol): boolean {
  return parameterOf(symbol)?.dotDotDotToken !== undefined;
}

/** What the first parameter is an array of. */
function elementType(batch: ts.Signature, checker: ts.TypeChecker): ts.Type | undefined {
  const [first] = batch.getParameters();
  if (first === undefined || isRest(first)) return undefined;
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(first));
  return checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference)[0] : undefined;
}

function takenText(batch: ts.Signature, checker: ts.TypeChecker): string {
  const [first] = batch.getParameters();
  if (first === undefined) return "takes nothing";
  return `takes ${isRest(first) ? "..." : ""}${textOf(checker.getTypeOfSymbol(first), checker)}`;
}

function namedText(parameters: readonly Parameter[], checker: ts.TypeChecker): string {
  const named = parameters.filter(({ name }) => name !== undefined);
  return `{ ${named.map(({ name, type }) => `${name}: ${textOf(type, checker)}`).join("; ")} }`;
}

/** An object that has what each of its properties names, and all that makes the key. */
function namedItem(taken: ts.Type, key: readonly number[], calls: Calls): Item | Problems {
  const { batch, single, parameters, hint, checker } = calls;
  const isObject = taken.isIntersection() || (taken.flags & ts.TypeFlags.Object) !== 0;
  if (!isObject || checker.isArrayType(taken) || checker.isTupleType(taken)) {
    const expected = namedText(parameters, checker);
    return problem(calls, `takes an array of ${textOf(taken, checker)}, and calls of ${single} are of ${expected}`);
  }
  const messages: string[] = [];
  const given: number[] = [];
  for (const property of checker.getPropertiesOfType(taken)) {
    const index = parameters.findIndex(({ name }) => name === property.name);
    const parameter = parameters[index];
    const whole = `${quote(property.name)} of each call`;
    if (parameter === undefined) {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      if (!isOptional) messages.push(`${batch} takes ${whole}, and ${single} has no such parameter`);
      continue;
    }
    given.push(index);
    const wanted = checker.getTypeOfSymbol(property);
    if (checker.isTypeAssignableTo(parameter.type, wanted)) continue;
    const [found, text] = [textOf(parameter.type, checker), textOf(wanted, checker)];
    messages.push(`${batch} takes ${text} as ${whole}, and in those of ${single} it is ${found}`);
  }
  for (const index of new Set(key)) {
    if (index < 0 || given.includes(index)) continue;
    const name = quote(parameters[index]?.name ?? `parameter ${index + 1}`);
    messages.push(
      `${batch} takes no ${name} of each call, which makes a part of the key: whatever it is, the same is loaded`,
    );
  }
  if (messages.length > 0) return { problems: messages.map((message) => ({ message, hint })) };
  return { kind: "named", given: given.sort((a, b) => a - b) };
}
