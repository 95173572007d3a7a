import { quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import type { MemoizedDeclaration } from "../model/declaration.ts";
import { functionName } from "../model/function-name.ts";
import type { MemoizedFunction } from "../model/memoized-function.ts";
import { compilerMessage } from "./compiler-message.ts";
import { documentationOf } from "./documentation.ts";
import type { PlacedFinding } from "./finding.ts";
import { isHidden, parameterOf } from "./function-parameters.ts";
import { makeKey } from "./make-key.ts";
import { matchParameters } from "./match-parameters.ts";
import { findInKind, findInResult, nameOne } from "./memoized-findings.ts";
import type { Probe } from "./probe.ts";
import type { ProbedFunction } from "./probed-function.ts";

export interface ResolvedMemoized {
  readonly findings: readonly PlacedFinding[];
  /** `undefined` where anything is against it. */
  readonly found: MemoizedFunction | undefined;
}

/** Looks at one function of the probe: what generated code needs to know of it, and all that is against it. */
export function resolveMemoized(
  { memoized, exports, constant, keyTypes, owner, value }: ProbedFunction,
  probe: Probe,
  complaints: ReadonlyMap<ts.Statement, readonly ts.Diagnostic[]>,
): ResolvedMemoized {
  const { checker, program } = probe;
  const complaint =
    complaintOf(constant, complaints) ?? (owner === undefined ? undefined : complaintOf(owner, complaints));
  if (complaint !== undefined) {
    const message = `${quote(functionName(memoized))} cannot be read: ${compilerMessage(complaint)}`;
    return {
      findings: [{ code: "C2101", message, hint: nameOne }],
      found: undefined,
    };
  }
  const instance = owner === undefined ? undefined : aliasType(owner, probe);
  const symbol = instance === undefined ? functionSymbol(constant, probe) : methodOf(instance, memoized, checker);
  if (instance !== undefined && (symbol === undefined || isHidden(symbol))) {
    const message = `${quote(functionName(memoized))} cannot be called from outside of its class`;
    return { findings: [{ code: "C2101", message, hint: "Name a public method" }], found: undefined };
  }
  const node = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
  const type = checker.getTypeAtLocation(constantOf(constant, probe).name);
  const kind = findInKind(memoized, type, node, program);
  if (kind !== undefined) return { findings: [kind], found: undefined };

  // The last overload is the one that TypeScript knows parameters of; the others must be called in the same way.
  const signatures = [...type.getCallSignatures()].reverse();
  const [signature] = signatures;
  if (signature === undefined) throw new Error("A function has a signature.");
  const made = memoized.cache.key === undefined ? makeKey(memoized, signature, instance, probe) : undefined;
  if (made !== undefined && made.findings.length > 0) return { findings: made.findings, found: undefined };
  const pattern = made?.pattern ?? memoized.cache.key ?? { text: "", segments: [] };
  const parameters = pattern.segments.filter((segment) => segment.kind === "parameter");
  const typesOfKey =
    made?.types ?? new Map(parameters.map(({ name }, index) => [name, aliasType(keyTypes[index], probe)]));
  const matches = signatures.map((each) => matchParameters(memoized, pattern, each, instance, typesOfKey, checker));
  const results = signatures.flatMap(
    (each) => (value && findInResult(memoized, each, typesOfValue(value, probe), checker)) ?? [],
  );
  const [match, ...others] = matches;
  if (match === undefined) throw new Error("A function has a signature.");
  const findings = [...matches.flatMap((each) => each.findings), ...results];
  if (findings.length === 0 && others.some((other) => JSON.stringify(other.key) !== JSON.stringify(match.key))) {
    findings.push({
      code: "C2102",
      message: `the overloads of ${quote(functionName(memoized))} take parts of the key in different places`,
      hint: "Memoize a function with one signature",
    });
  }
  const distinct = [...new Map(findings.map((finding) => [finding.message, finding])).values()];
  if (distinct.length > 0) return { findings: distinct, found: undefined };
  const count = Math.max(0, ...match.key.map(({ index }) => index + 1));
  const found: MemoizedFunction = {
    module: exports.reference,
    documentation: symbol?.declarations?.map(documentationOf).find((text) => text !== undefined),
    parameters: signature
      .getParameters()
      .slice(0, count)
      .map((parameter) => ({
        name: parameter.name,
        isRest: parameterOf(parameter)?.dotDotDotToken !== undefined,
      })),
    madeKey: made?.pattern,
    key: match.key,
  };
  return { findings: [], found };
}

/** What the compiler has against the statement of the probe that declares this name. */
function complaintOf(
  name: string,
  complaints: ReadonlyMap<ts.Statement, readonly ts.Diagnostic[]>,
): ts.Diagnostic | undefined {
  const declares = (statement: ts.Statement): boolean =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.some((declaration) => declaration.name.getText() === name)
      : ts.isTypeAliasDeclaration(statement) && statement.name.text === name;
  return [...complaints].find(([statement]) => declares(statement))?.[1][0];
}

function constantOf(name: string, { source }: Probe): ts.VariableDeclaration {
  const declarations = source.statements
    .filter(ts.isVariableStatement)
    .flatMap((each) => each.declarationList.declarations);
  const found = declarations.find((declaration) => declaration.name.getText(source) === name);
  if (found === undefined) throw new Error(`The probe has no constant ${name}.`);
  return found;
}

function methodOf(instance: ts.Type, { path }: MemoizedDeclaration, checker: ts.TypeChecker): ts.Symbol | undefined {
  return checker.getPropertyOfType(checker.getApparentType(instance), path.at(-1) ?? "");
}

/** What the constant was given: the function itself, or the method. */
function functionSymbol(name: string, probe: Probe): ts.Symbol | undefined {
  const { initializer } = constantOf(name, probe);
  const symbol = initializer && probe.checker.getSymbolAtLocation(initializer);
  const isAlias = ((symbol?.flags ?? 0) & ts.SymbolFlags.Alias) !== 0;
  return symbol && isAlias ? probe.checker.getAliasedSymbol(symbol) : symbol;
}

function aliasType(name: string | undefined, { source, checker }: Probe): ts.Type {
  const alias = source.statements.find((node) => ts.isTypeAliasDeclaration(node) && node.name.text === name);
  if (alias === undefined || !ts.isTypeAliasDeclaration(alias)) throw new Error(`The probe has no type ${name}.`);
  return checker.getTypeAtLocation(alias.name);
}

function typesOfValue(
  { type, orUndefined, text }: NonNullable<ProbedFunction["value"]>,
  probe: Probe,
): { readonly type: ts.Type; readonly orUndefined: ts.Type; readonly text: string } {
  return { type: aliasType(type, probe), orUndefined: aliasType(orUndefined, probe), text };
}
