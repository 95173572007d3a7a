import { ts } from "ts-morph";
import type { ObjectNode, Property, TupleElement, TypeNode } from "../model/type-ir.ts";
import { propertyStep } from "../model/type-parts.ts";
import { isOfLibrary, libraryType } from "./library-type.ts";
import type { Surroundings } from "./surroundings.ts";

/** The node of an object: an array, a function, a class of the language, or data by name. */
export function describeObject(type: ts.Type, surroundings: Surroundings): TypeNode {
  const { checker, program, idOf } = surroundings;
  if (checker.isArrayType(type)) return { kind: "array", items: idOf(argument(type, 0, checker), "[]") };
  const listed = itemsOfList(type, checker);
  if (listed !== undefined) return { kind: "array", items: idOf(listed, "[]") };
  if (checker.isTupleType(type)) return { kind: "tuple", elements: tupleElements(type, surroundings) };
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return { kind: "function" };
  const carrier = type.isIntersection() ? type.types.find((member) => libraryType(member, program)) : type;
  const library = carrier && libraryType(carrier, program);
  if (carrier === undefined || library === undefined) return describeData(type, surroundings);
  switch (library.kind) {
    case "map": {
      const keys = idOf(argument(carrier, 0, checker), ".keys()");
      return { kind: "map", keys, values: idOf(argument(carrier, 1, checker), ".values()") };
    }
    case "set":
      return { kind: "set", items: idOf(argument(carrier, 0, checker), ".values()") };
    default:
      return library;
  }
}

/** Of `interface JsonArray extends Array<Json> {}`, which adds nothing: older TypeScript needed it for recursion. */
function itemsOfList(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  const declarations = type.getSymbol()?.declarations ?? [];
  const addsNothing = declarations.every((node) => ts.isInterfaceDeclaration(node) && node.members.length === 0);
  if (declarations.length === 0 || !addsNothing) return undefined;
  // It is an interface, which may be generic: its base is then the one of its declaration.
  const [base, ...others] = checker.getBaseTypes(checker.getDeclaredTypeOfSymbol(type.symbol) as ts.InterfaceType);
  const isList = base !== undefined && others.length === 0 && checker.isArrayType(base);
  return isList ? type.getNumberIndexType() : undefined;
}

function argument(type: ts.Type, index: number, checker: ts.TypeChecker): ts.Type {
  return argumentsOf(type, checker)[index] ?? checker.getUnknownType();
}

function argumentsOf(type: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] {
  const isReference = isObject(type) && (type.objectFlags & ts.ObjectFlags.Reference) !== 0;
  return isReference ? checker.getTypeArguments(type as ts.TypeReference) : [];
}

function isObject(type: ts.Type): type is ts.ObjectType {
  return (type.flags & ts.TypeFlags.Object) !== 0;
}

function tupleElements(type: ts.Type, { checker, idOf, idOfOptional }: Surroundings): readonly TupleElement[] {
  const { elementFlags } = (type as ts.TupleTypeReference).target;
  return argumentsOf(type, checker).map((element, index): TupleElement => {
    const flags = elementFlags[index] ?? ts.ElementFlags.Required;
    if (flags & ts.ElementFlags.Rest) return { type: idOf(element, "[]"), presence: "rest" };
    if (flags & ts.ElementFlags.Variadic) {
      return { type: idOf(element.getNumberIndexType() ?? checker.getUnknownType(), "[]"), presence: "rest" };
    }
    const isOptional = (flags & ts.ElementFlags.Optional) !== 0;
    const step = `[${index}]`;
    return isOptional
      ? { type: idOfOptional(element, step), presence: "optional" }
      : { type: idOf(element, step), presence: "required" };
  });
}

function describeData(type: ts.Type, surroundings: Surroundings): TypeNode {
  const { checker, program, placeOf } = surroundings;
  const isOfLanguage = (nodes: readonly ts.Node[] = []): boolean => nodes.some((node) => isOfLibrary(node, program));
  const symbols = checker.getPropertiesOfType(type);
  const name = declaredName(type, surroundings);
  const isError =
    isDeclared(type) && symbols.some(({ name, declarations }) => name === "stack" && isOfLanguage(declarations));
  const methods = symbols.filter(isBehaviour).map(behaviourName).sort();
  if (isError || methods.length > 0) {
    const symbol = type.getSymbol();
    const at = placeOf(symbol?.declarations?.[0]);
    const known = name ?? (symbol === undefined || isNameless(symbol) ? "object" : symbol.name);
    return { kind: "instance", name: known, methods, ...(at && { at }) };
  }
  const isClass = classOf(type);
  return {
    kind: "object",
    ...(name !== undefined && { name }),
    ...(isClass && { isClass }),
    properties: symbols
      .filter((symbol) => !isKeyedBySymbol(symbol))
      .map((symbol) => describeProperty(symbol, surroundings))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    indexes: describeIndexes(type, surroundings),
  };
}

function describeProperty(symbol: ts.Symbol, { checker, idOf, idOfOptional, placeOf }: Surroundings): Property {
  // Those of mapped types may have none.
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0;
  const at = placeOf(declaration);
  const type = checker.getTypeOfSymbol(symbol);
  const step = propertyStep(symbol.name);
  return {
    name: symbol.name,
    type: isOptional ? idOfOptional(type, step, declaration) : idOf(type, step, declaration),
    isOptional,
    ...(at && { at }),
  };
}

function describeIndexes(type: ts.Type, { checker, idOf }: Surroundings): ObjectNode["indexes"] {
  return checker
    .getIndexInfosOfType(type)
    .filter(({ keyType }) => (keyType.flags & ts.TypeFlags.ESSymbolLike) === 0)
    .map((index) => {
      // Not by the name of an alias, which says nothing.
      const key = checker.typeToString(index.keyType, undefined, ts.TypeFormatFlags.InTypeAlias);
      const step = `[${key}]`;
      return { key, node: { key: idOf(index.keyType, ""), type: idOf(index.type, step, index.declaration) } };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ node }) => node);
}

/** What a file of the project or a package calls it; not `Omit`, and not the alias that the request was given. */
function declaredName(type: ts.Type, { placeOf }: Surroundings): string | undefined {
  const symbols = [type.aliasSymbol, type.getSymbol()];
  const symbol = symbols.find((candidate) => placeOf(candidate?.declarations?.[0]) !== undefined);
  return symbol === undefined || isNameless(symbol) ? undefined : symbol.name;
}

/** What the compiler names by itself: a module it names by the path of its file. */
function isNameless({ name }: ts.Symbol): boolean {
  return (
    name.startsWith("__") || name === "default" || !/^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name)
  );
}

function classOf(type: ts.Type): true | undefined {
  const types = type.isIntersection() ? type.types : [type];
  return types.some((member) => (member.getSymbol()?.flags ?? 0) & ts.SymbolFlags.Class) || undefined;
}

/** What an object of data does not have: a method, an accessor of a class, a private name. */
function isBehaviour(symbol: ts.Symbol): boolean {
  if (symbol.flags & ts.SymbolFlags.Method) return true;
  const declaration = symbol.valueDeclaration;
  if (declaration === undefined) return false;
  const name = ts.getNameOfDeclaration(declaration);
  if (name !== undefined && ts.isPrivateIdentifier(name)) return true;
  return (symbol.flags & ts.SymbolFlags.Accessor) !== 0 && ts.isClassLike(declaration.parent);
}

function behaviourName(symbol: ts.Symbol): string {
  const known = /^__@(\w+?)(?:@\d+)?$/.exec(String(symbol.escapedName));
  return known === null ? symbol.name : `[Symbol.${known[1]}]`;
}

/** A name that no text is: mostly a brand. The compiler begins them so, and escapes what begins so by itself. */
function isKeyedBySymbol({ escapedName }: ts.Symbol): boolean {
  return String(escapedName).startsWith("__@");
}

/** Of an interface or a class, not made of one by a mapped type. */
function isDeclared(type: ts.Type): boolean {
  return ((type.getSymbol()?.flags ?? 0) & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) !== 0;
}
