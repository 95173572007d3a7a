import { quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import { functionName } from "../model/function-name.ts";
import { compilerMessage } from "./compiler-message.ts";
import { documentationOf } from "./documentation.ts";
import type { Finding } from "./finding.ts";
import { isHidden } from "./function-parameters.ts";
import { findInKind, nameOne } from "./memoized-findings.ts";
import type { Probe, ProbedConstant } from "./probe.ts";

/** A function of the probe, of which nothing is wrong by itself. */
export interface FoundFunction {
  /** The text of its documentation comment; `undefined` where it has none. */
  readonly documentation: string | undefined;
  /** The last overload first: it is the one that TypeScript knows parameters of. */
  readonly signatures: readonly [ts.Signature, ...ts.Signature[]];
  /** That of which it is a method. */
  readonly instance: ts.Type | undefined;
}

/** What the compiler has against each statement of the probe. */
export type Complaints = ReadonlyMap<ts.Statement, readonly ts.Diagnostic[]>;

/** The function of a constant of the probe, or what is against calling it. */
export function findFunction(
  { named, constant, owner }: ProbedConstant,
  probe: Probe,
  complaints: Complaints,
): FoundFunction | Finding {
  const { checker, program } = probe;
  const complaint =
    complaintOf(constant, complaints) ?? (owner === undefined ? undefined : complaintOf(owner, complaints));
  if (complaint !== undefined) {
    const message = `${quote(functionName(named))} cannot be read: ${compilerMessage(complaint)}`;
    return { code: "C2101", message, hint: nameOne };
  }
  const instance = owner === undefined ? undefined : aliasType(owner, probe);
  const symbol =
    instance === undefined ? functionSymbol(constant, probe) : methodOf(instance, named.path.at(-1) ?? "", checker);
  if (instance !== undefined && (symbol === undefined || isHidden(symbol))) {
    const message = `${quote(functionName(named))} cannot be called from outside of its class`;
    return { code: "C2101", message, hint: "Name a public method" };
  }
  const node = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
  const type = checker.getTypeAtLocation(constantOf(constant, probe).name);
  const kind = findInKind(named, type, node, program);
  if (kind !== undefined) return kind;
  const [signature, ...others] = [...type.getCallSignatures()].reverse();
  if (signature === undefined) throw new Error("A function has a signature.");
  const documentation = symbol?.declarations?.map(documentationOf).find((text) => text !== undefined);
  return { documentation, signatures: [signature, ...others], instance };
}

/** What the compiler has against the statement of the probe that declares this name. */
function complaintOf(name: string, complaints: Complaints): ts.Diagnostic | undefined {
  const declares = (statement: ts.Statement): boolean =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.some((declaration) => declaration.name.getText() === name)
      : ts.isTypeAliasDeclaration(statement) && statement.name.text === name;
  return [...complaints].find(([statement]) => declares(statement))?.[1][0];
}

export function constantOf(name: string, { source }: Probe): ts.VariableDeclaration {
  const declarations = source.statements
    .filter(ts.isVariableStatement)
    .flatMap((each) => each.declarationList.declarations);
  const found = declarations.find((declaration) => declaration.name.getText(source) === name);
  if (found === undefined) throw new Error(`The probe has no constant ${name}.`);
  return found;
}

function methodOf(instance: ts.Type, name: string, checker: ts.TypeChecker): ts.Symbol | undefined {
  return checker.getPropertyOfType(checker.getApparentType(instance), name);
}

/** What the constant was given: the function itself, or the method. */
function functionSymbol(name: string, probe: Probe): ts.Symbol | undefined {
  const { initializer } = constantOf(name, probe);
  const symbol = initializer && probe.checker.getSymbolAtLocation(initializer);
  const isAlias = ((symbol?.flags ?? 0) & ts.SymbolFlags.Alias) !== 0;
  return symbol && isAlias ? probe.checker.getAliasedSymbol(symbol) : symbol;
}

/** The type that the probe declares by this name. */
export function aliasType(name: string | undefined, { source, checker }: Probe): ts.Type {
  const alias = source.statements.find((node) => ts.isTypeAliasDeclaration(node) && node.name.text === name);
  if (alias === undefined || !ts.isTypeAliasDeclaration(alias)) throw new Error(`The probe has no type ${name}.`);
  return checker.getTypeAtLocation(alias.name);
}
