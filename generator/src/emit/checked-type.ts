import type { ObjectNode, TypeId, TypeNode, UnionNode } from "../model/type-ir.ts";

export function nodeOf(id: TypeId, nodes: readonly TypeNode[]): TypeNode {
  const node = nodes[id];
  if (node === undefined) throw new Error(`There is no type ${id}.`);
  return node;
}

/** Whether more than a condition is needed: it has parts to look into. */
export function isComplex(id: TypeId, nodes: readonly TypeNode[]): boolean {
  const node = nodeOf(id, nodes);
  switch (node.kind) {
    case "object":
      return !isAnything(node);
    case "array":
    case "tuple":
    case "map":
    case "set":
      return true;
    case "union":
      return (
        !node.members.some((member) => isWide(member, nodes)) && node.members.some((member) => isComplex(member, nodes))
      );
    default:
      return false;
  }
}

/** Beside such a member of a union, those with parts say nothing. */
function isWide(id: TypeId, nodes: readonly TypeNode[]): boolean {
  const node = nodeOf(id, nodes);
  return isUnchecked(id, nodes) || (node.kind === "object" && isAnything(node));
}

/** `{}`: whatever is not `null` and not `undefined`. */
export function isAnything({ properties, indexes }: ObjectNode): boolean {
  return properties.length === 0 && indexes.length === 0;
}

/** Types with parts, by the one test that tells those of a group from all others. */
export function kindGroups(
  ids: readonly TypeId[],
  nodes: readonly TypeNode[],
): readonly (readonly [kind: TypeNode["kind"], ids: readonly TypeId[]])[] {
  const groups = new Map<TypeNode["kind"], TypeId[]>();
  for (const id of ids) {
    if (!isComplex(id, nodes)) continue;
    const { kind } = nodeOf(id, nodes);
    const group = kind === "tuple" ? "array" : kind;
    groups.set(group, [...(groups.get(group) ?? []), id]);
  }
  return [...groups];
}

/** Members of which only trying tells which one a value is. */
export function triedMembers({ members, tag }: UnionNode, nodes: readonly TypeNode[]): readonly TypeId[] {
  const groups = kindGroups(members, nodes).filter(([kind]) => kind !== "object" || tag === undefined);
  return groups.flatMap(([, ids]) => (ids.length > 1 ? ids : []));
}

/** Whether it is a union with such members. */
export function isTried(node: TypeNode, nodes: readonly TypeNode[]): boolean {
  return node.kind === "union" && triedMembers(node, nodes).length > 0;
}

/** Whether every value is one of the type, as far as can be checked. */
export function isUnchecked(id: TypeId, nodes: readonly TypeNode[]): boolean {
  const node = nodeOf(id, nodes);
  switch (node.kind) {
    case "unknown":
    case "any":
    case "function":
    case "symbol":
    case "promise":
    case "endless":
    case "instance":
      return true;
    case "union":
      return node.members.some((member) => isUnchecked(member, nodes)) || isEverything(node.members, nodes);
    default:
      return false;
  }
}

/** Whether `undefined` is one of the values. */
export function allowsUndefined(id: TypeId, nodes: readonly TypeNode[]): boolean {
  const node = nodeOf(id, nodes);
  if (node.kind === "union") return node.members.some((member) => allowsUndefined(member, nodes));
  return node.kind === "undefined" || isUnchecked(id, nodes);
}

/** Of a union, what says that there is nothing. */
export function isAbsence({ kind }: TypeNode): boolean {
  return kind === "null" || kind === "undefined";
}

/** `{} | null | undefined`, which leaves nothing out. */
function isEverything(ids: readonly TypeId[], nodes: readonly TypeNode[]): boolean {
  const members = ids.map((id) => nodeOf(id, nodes));
  const isThere = (kind: TypeNode["kind"]): boolean => members.some((node) => node.kind === kind);
  return isThere("null") && isThere("undefined") && members.some((node) => node.kind === "object" && isAnything(node));
}
