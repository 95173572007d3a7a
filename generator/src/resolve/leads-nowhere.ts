import { ts } from "ts-morph";
import type { Probe } from "./probe.ts";

/**
 * Whether anything that these nodes are made of, in whatever file, names what no declaration gives: the compiler goes on with `any`
 * there, of which little may be left in the type. Libraries that are not loaded yet may have it.
 */
export function leadsNowhere(
  nodes: readonly ts.Node[],
  { program, checker }: Pick<Probe, "program" | "checker">,
): boolean {
  const visited = new Set<ts.Node>();
  const left = [...nodes];
  const visit = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node)) return follow(node);
    if (ts.isImportTypeNode(node) && checker.getSymbolAtLocation(moduleOf(node)) === undefined) return true;
    return ts.forEachChild(node, (child) => (isPassedOver(child, node) ? false : visit(child))) ?? false;
  };
  const follow = (name: ts.Identifier): boolean => {
    const found = checker.getSymbolAtLocation(name);
    if (found === undefined) return isReference(name);
    const symbol = found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
    const { declarations = [] } = symbol;
    // As what is imported from a module that is not there, and a name of a type that is not: each is a symbol that nothing declares.
    if (declarations.length === 0) return !isOfLanguage(name.text) && (symbol !== found || isReference(name));
    for (const declaration of declarations) {
      // Of a namespace, only what is named of it counts.
      const isWhole = ts.isSourceFile(declaration) || ts.isModuleDeclaration(declaration);
      if (isWhole || visited.has(declaration)) continue;
      visited.add(declaration);
      if (!program.isSourceFileDefaultLibrary(declaration.getSourceFile())) left.push(declaration);
    }
    return false;
  };
  // Grows while it is gone through.
  for (const node of left) if (visit(node)) return true;
  return false;
}

function moduleOf({ argument }: ts.ImportTypeNode): ts.Node {
  return ts.isLiteralTypeNode(argument) ? argument.literal : argument;
}

/** A body counts where what it gives is inferred from it. */
function isPassedOver(child: ts.Node, parent: ts.Node): boolean {
  return ts.isBlock(child) && ts.isFunctionLike(parent) && parent.type !== undefined;
}

function isOfLanguage(name: string): boolean {
  return name === "undefined" || name === "globalThis" || name === "arguments";
}

/** Whether it names something that has to be declared: not a part of something else, which is not there where that is not. */
function isReference(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isTypeReferenceNode(parent)) return !ts.isConstTypeReference(parent);
  if (ts.isQualifiedName(parent)) return parent.left === name;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === name;
  return ts.isTypeQueryNode(parent) || ts.isExpressionWithTypeArguments(parent) || ts.isExpression(parent);
}
