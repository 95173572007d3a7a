import { ts } from "ts-morph";

const stringForms = ts.TypeFlags.TemplateLiteral | ts.TypeFlags.StringMapping;

const primitives =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.ESSymbolLike |
  ts.TypeFlags.Null |
  ts.TypeFlags.Undefined;

/** The type itself, or what stands for it: a branded string is a string, what depends on a type parameter its bound. */
function plainType(type: ts.Type, checker: ts.TypeChecker): ts.Type {
  if (type.isIntersection()) {
    const carrier = carrierOf(type.types, checker);
    return carrier === undefined ? type : plainType(carrier, checker);
  }
  if (type.flags & ts.TypeFlags.Instantiable && (type.flags & stringForms) === 0) {
    const bound = checker.getBaseConstraintOfType(type);
    return bound === undefined || bound === type ? checker.getUnknownType() : plainType(bound, checker);
  }
  return type;
}

/** Of `string & { readonly brand: "UserId" }` the string: what is added to a value without properties is no data. */
function carrierOf(members: readonly ts.Type[], checker: ts.TypeChecker): ts.Type | undefined {
  const found = members.filter(({ flags }) => flags & primitives);
  const wide = ts.TypeFlags.String | ts.TypeFlags.Number | ts.TypeFlags.BigInt;
  // The narrower one, where the compiler leaves two.
  const narrow = found.find(({ flags }) => (flags & wide) === 0) ?? found[0];
  return narrow ?? members.find((member) => checker.isArrayType(member) || checker.isTupleType(member));
}

/**
 * The members of a union, or the type alone: none of them a union, `true` and `false` as one, no literal beside the type
 * that it belongs to.
 *
 * @param isAbsence - members that are left out
 */
export function unionMembers(
  type: ts.Type,
  checker: ts.TypeChecker,
  isAbsence: (member: ts.Type) => boolean,
): readonly ts.Type[] {
  const members = new Set<ts.Type>();
  const add = (member: ts.Type): void => {
    const plain = plainType(member, checker);
    if (plain.isUnion() && (plain.flags & ts.TypeFlags.Boolean) === 0) for (const inner of plain.types) add(inner);
    else if (!isAbsence(plain)) members.add(plain);
  };
  add(type);
  const isBoolean = ({ flags }: ts.Type): boolean => (flags & ts.TypeFlags.BooleanLiteral) !== 0;
  if ([...members].filter(isBoolean).length === 2) members.add(checker.getBooleanType());
  const all = [...members].reduce((flags, member) => flags | member.flags, 0);
  const covered =
    (all & ts.TypeFlags.Boolean && ts.TypeFlags.BooleanLiteral) |
    (all & ts.TypeFlags.String && ts.TypeFlags.StringLiteral | stringForms) |
    (all & ts.TypeFlags.Number && ts.TypeFlags.NumberLiteral) |
    (all & ts.TypeFlags.BigInt && ts.TypeFlags.BigIntLiteral);
  // The type `boolean` has the flag of its members too.
  return [...members].filter(({ flags }) => flags & ts.TypeFlags.Boolean || (flags & covered) === 0);
}
