import { ts } from "ts-morph";
import { propertyStep } from "../model/type-parts.ts";
import { findUnresolvedReference, isUnresolved } from "./unresolved-reference.ts";

/** A part of a type that the compiler could not resolve, and treats as `any`. */
export interface UnresolvedPart {
  /** From the type to the part, such as `UserProfile.avatar[].image`. */
  readonly path: string;
  /** The reference that leads nowhere, or the nearest declaration where no reference does. */
  readonly place: ts.Node;
}

/** How often a generic may contain itself with other arguments: `interface N<T> { next: N<T[]> }` would never end. */
const maxNesting = 3;

/** Finds what is unresolved in the types of one program. Types found whole are not looked at twice. */
export class UnresolvedTypes {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #whole = new Set<ts.Type>();
  readonly #references = new Map<ts.Node, ts.Node | undefined>();

  constructor(program: ts.Program) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
  }

  /** What is unresolved anywhere inside `type`, each place once; `node` is where the type is written. */
  find(type: ts.Type, node: ts.TypeNode, name: string): readonly UnresolvedPart[] {
    const found = new Map<ts.Node, UnresolvedPart>();
    const unplaced: UnresolvedPart[] = [];
    const report: Report = (path, place, reference) => {
      if (reference === undefined) unplaced.push({ path, place });
      else if (!found.has(reference)) found.set(reference, { path, place: reference });
    };
    const start: Visit = [type, { path: name, place: node, within: [] }];
    const walk: Walk = { queue: [start], seen: new Set(), declarations: new Map(), report };
    // In breadth: the shortest path is the one to report, and no stack is deep enough for every web of types.
    for (const [next, at] of walk.queue) this.#visit(next, at, walk);
    // After the walk, which knows the better path to what it finds itself.
    for (const [declaration, path] of [...walk.declarations, [node, name] as const]) {
      const reference = this.#referenceIn(declaration);
      if (reference !== undefined) report(path, declaration, reference);
    }
    if (found.size > 0) return [...found.values()];
    if (unplaced.length > 0) return unplaced.slice(0, 1);
    for (const whole of walk.seen) this.#whole.add(whole);
    return [];
  }

  #visit(type: ts.Type, at: Position, walk: Walk): void {
    if (isUnresolved(type)) {
      walk.report(at.path, at.place, this.#referenceIn(at.place));
      return;
    }
    if (walk.seen.has(type) || this.#whole.has(type)) return;
    const alias = type.aliasSymbol;
    if (alias !== undefined)
      this.#checkDeclarations(alias, { ...at, path: at.within.length === 0 ? alias.name : at.path }, walk);
    if (type.isUnionOrIntersection()) {
      walk.seen.add(type);
      for (const member of type.types) walk.queue.push([member, this.#named(member, at)]);
    } else if (isObject(type)) {
      this.#visitObject(type, at, walk);
    }
  }

  #visitObject(type: ts.ObjectType, at: Position, walk: Walk): void {
    const symbol = type.getSymbol();
    const isList = this.#checker.isArrayType(type) || this.#checker.isTupleType(type);
    const declaration = isList ? undefined : symbol?.declarations?.[0];
    const nesting = declaration === undefined ? 0 : at.within.filter((outer) => outer === declaration).length;
    if (nesting > maxNesting) return;
    walk.seen.add(type);
    const inside = declaration === undefined ? at : { ...at, within: [...at.within, declaration] };
    if (!isList && !this.#isOpaque(declaration)) {
      if (symbol !== undefined) this.#checkDeclarations(symbol, at, walk);
      this.#visitProperties(type, inside, walk);
    }
    if (!isReference(type)) return;
    for (const [index, argument] of this.#checker.getTypeArguments(type).entries()) {
      const suffix = !isList ? "" : this.#checker.isTupleType(type) ? `[${index}]` : "[]";
      walk.queue.push([argument, { ...inside, path: `${at.path}${suffix}` }]);
    }
  }

  #visitProperties(type: ts.ObjectType, at: Position, walk: Walk): void {
    for (const property of this.#checker.getPropertiesOfType(type)) {
      if (property.flags & ts.SymbolFlags.Method) continue;
      const declared = property.valueDeclaration ?? property.declarations?.[0];
      const next = { ...at, path: at.path + propertyPath(property), place: declared ?? at.place };
      if (declared !== undefined) this.#checkDeclarations(property, next, walk);
      walk.queue.push([this.#checker.getTypeOfSymbol(property), next]);
    }
    for (const index of this.#checker.getIndexInfosOfType(type)) {
      const path = `${at.path}[${this.#checker.typeToString(index.keyType)}]`;
      walk.queue.push([index.type, { ...at, path, place: index.declaration ?? at.place }]);
    }
  }

  /** An unresolved reference may leave no trace in a type: as a base, or as what a conditional type looked at. */
  #checkDeclarations(symbol: ts.Symbol, at: Position, walk: Walk): void {
    for (const declaration of symbol.declarations ?? []) {
      if (!this.#isOfLibrary(declaration) && !walk.declarations.has(declaration)) {
        walk.declarations.set(declaration, at.path);
      }
    }
  }

  #referenceIn(declaration: ts.Node): ts.Node | undefined {
    if (!this.#references.has(declaration)) {
      this.#references.set(declaration, findUnresolvedReference(declaration, this.#program));
    }
    return this.#references.get(declaration);
  }

  #isOfLibrary(declaration: ts.Node | undefined): boolean {
    return declaration !== undefined && this.#program.isSourceFileDefaultLibrary(declaration.getSourceFile());
  }

  /** Date, Map and their like are what they are; but Record and Partial are as good as their arguments. */
  #isOpaque(declaration: ts.Node | undefined): boolean {
    if (declaration === undefined || !this.#isOfLibrary(declaration)) return false;
    return ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration);
  }

  /** A member of the union that a type is goes by its own name, if it has one. */
  #named(member: ts.Type, at: Position): Position {
    const symbol = member.aliasSymbol ?? member.getSymbol();
    const isNamed =
      symbol !== undefined && !symbol.name.startsWith("__") && !this.#isOfLibrary(symbol.declarations?.[0]);
    return at.within.length === 0 && isNamed ? { ...at, path: symbol.name } : at;
  }
}

/** Where the walk is; `within` are the declarations that it went through. */
interface Position {
  readonly path: string;
  readonly place: ts.Node;
  readonly within: readonly ts.Node[];
}

type Visit = readonly [type: ts.Type, at: Position];

interface Walk {
  readonly queue: Visit[];
  readonly seen: Set<ts.Type>;
  /** The declarations of what was seen, with the path to each. */
  readonly declarations: Map<ts.Node, string>;
  readonly report: Report;
}

type Report = (path: string, place: ts.Node, reference: ts.Node | undefined) => void;

function isObject(type: ts.Type): type is ts.ObjectType {
  return (type.flags & ts.TypeFlags.Object) !== 0;
}

function isReference(type: ts.ObjectType): type is ts.TypeReference {
  return (type.objectFlags & ts.ObjectFlags.Reference) !== 0;
}

function propertyPath({ name }: ts.Symbol): string {
  return name.startsWith("__@") ? "[symbol]" : propertyStep(name);
}
