import { ts } from "ts-morph";

/** A type, and those around it, from the inside out. */
export interface TypeTrail {
  readonly type: ts.Type;
  readonly parent: TypeTrail | undefined;
}

/** How often in a row the arguments of a generic may grow inside of itself. */
const maxGrowth = 4;

/** How often a declaration may contain itself, as another type each time: a counter in a tuple may go so far. */
const maxNesting = 64;

/** Tells types that end from those that do not: `interface N<T> { next: N<T[]> }`. */
export class TypeGrowth {
  readonly #checker: ts.TypeChecker;
  readonly #depths = new Map<ts.Type, number>();

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /**
   * Whether the type seems to contain itself without end. The same type met again is recursion and has an end; so has
   * `DeepReadonly<…>` applied level by level, for its arguments shrink.
   */
  isEndless(trail: TypeTrail): boolean {
    const origin = originOf(trail.type);
    if (origin === undefined) return false;
    let nesting = 0;
    let growth = 0;
    let depth = this.#depth(trail.type);
    let isGrowing = true;
    for (let outer = trail.parent; outer !== undefined; outer = outer.parent) {
      if (originOf(outer.type) !== origin) continue;
      nesting += 1;
      const outerDepth: number = isGrowing ? this.#depth(outer.type) : depth;
      isGrowing = outerDepth < depth;
      depth = outerDepth;
      if (isGrowing) growth += 1;
      if (growth >= maxGrowth || nesting >= maxNesting) return true;
    }
    return false;
  }

  /** How deep the arguments of a type nest: 0 for `User`, 1 for `Page<User>`, 2 for `Page<User[]>`. */
  #depth(type: ts.Type): number {
    const known = this.#depths.get(type);
    if (known !== undefined) return known;
    // Where a type comes back to itself, it adds nothing.
    this.#depths.set(type, 0);
    const parts = this.#partsOf(type);
    const own = type.isUnionOrIntersection() || parts.length === 0 ? 0 : 1;
    const depth = parts.reduce((deepest, part) => Math.max(deepest, own + this.#depth(part)), 0);
    this.#depths.set(type, depth);
    return depth;
  }

  #partsOf(type: ts.Type): readonly ts.Type[] {
    if (type.aliasTypeArguments !== undefined) return type.aliasTypeArguments;
    if (type.isUnionOrIntersection()) return type.types;
    if (!isObject(type)) return [];
    if (type.objectFlags & ts.ObjectFlags.Reference) {
      return this.#checker.getTypeArguments(type as ts.TypeReference);
    }
    // Written in place, so that its parts are all that it is.
    if ((type.objectFlags & ts.ObjectFlags.Anonymous) === 0) return [];
    return this.#checker.getPropertiesOfType(type).map((property) => this.#checker.getTypeOfSymbol(property));
  }
}

function isObject(type: ts.Type): type is ts.ObjectType {
  return (type.flags & ts.TypeFlags.Object) !== 0;
}

/** What declares the type; nothing for arrays, which contain what they are given. */
function originOf(type: ts.Type): ts.Symbol | undefined {
  const symbol = type.getSymbol();
  return symbol?.name === "Array" || symbol?.name === "ReadonlyArray" ? undefined : symbol;
}
