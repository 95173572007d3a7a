import { ts } from "ts-morph";

/**
 * The first reference in what a declaration says of types that leads nowhere. References to aliases of the project are
 * followed into the alias; interfaces are not, for only a part of them may be used. Methods and bodies do not count.
 */
export function findUnresolvedReference(declaration: ts.Node, program: ts.Program): ts.Node | undefined {
  return search(declaration, program, new Set());
}

/** The compiler marks what it could not resolve by its name alone (`error`); all else about it is as for `any`. */
export function isUnresolved(type: ts.Type): boolean {
  const { flags, intrinsicName } = type as ts.Type & { readonly intrinsicName?: string };
  return (flags & ts.TypeFlags.Any) !== 0 && intrinsicName !== "any";
}

function search(node: ts.Node, program: ts.Program, visited: Set<ts.Node>): ts.Node | undefined {
  if (visited.has(node)) return undefined;
  visited.add(node);
  const isClass = ts.isClassLike(node) || ts.isInterfaceDeclaration(node);
  // The properties of these are looked at one by one, where the type has them.
  const children = isClass ? (node.heritageClauses ?? []) : childrenOf(node);
  if (isReference(node)) {
    const found = follow(node, program, visited);
    if (found !== undefined) return found;
  }
  for (const child of children) {
    const found = search(child, program, visited);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Reference = ts.TypeReferenceNode | ts.TypeQueryNode | ts.ImportTypeNode | ts.ExpressionWithTypeArguments;

function isReference(node: ts.Node): node is Reference {
  return (
    ts.isTypeReferenceNode(node) ||
    ts.isTypeQueryNode(node) ||
    ts.isImportTypeNode(node) ||
    ts.isExpressionWithTypeArguments(node)
  );
}

function follow(node: Reference, program: ts.Program, visited: Set<ts.Node>): ts.Node | undefined {
  const checker = program.getTypeChecker();
  const isBroken = isUnresolved(checker.getTypeAtLocation(node));
  for (const declaration of aliasDeclarations(node, checker)) {
    const source = declaration.getSourceFile();
    if (program.isSourceFileFromExternalLibrary(source) || program.isSourceFileDefaultLibrary(source)) continue;
    const deeper = search(declaration, program, visited);
    if (deeper !== undefined) return deeper;
  }
  return isBroken ? node : undefined;
}

function aliasDeclarations(node: Reference, checker: ts.TypeChecker): readonly ts.Node[] {
  if (!ts.isTypeReferenceNode(node)) return [];
  const symbol = checker.getSymbolAtLocation(node.typeName);
  if (symbol === undefined) return [];
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return target.declarations?.filter(ts.isTypeAliasDeclaration) ?? [];
}

function childrenOf(node: ts.Node): readonly ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    const isSkipped =
      ts.isBlock(child) ||
      ts.isMethodSignature(child) ||
      ts.isMethodDeclaration(child) ||
      ts.isConstructorDeclaration(child);
    if (!isSkipped) children.push(child);
  });
  return children;
}
