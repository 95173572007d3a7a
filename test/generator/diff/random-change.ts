import { orderUnions } from "../../../generator/src/model/order-unions.ts";
import type { ObjectNode, TypeId, TypeIr, TypeNode } from "../../../generator/src/model/type-ir.ts";
import type { RandomSource } from "../validator/random-source.ts";

/** The type with something changed in some of its parts, as one does between two releases. */
export function changedType({ root, nodes }: TypeIr, random: RandomSource): TypeIr {
  const changed = [...nodes];
  for (let count = 1 + random.below(3); count > 0; count--) {
    const id = random.below(nodes.length);
    changed[id] = changedNode(changed[id] ?? { kind: "null" }, changed, random);
  }
  return { root, nodes: orderUnions(changed), files: [] };
}

function changedNode(node: TypeNode, nodes: readonly TypeNode[], random: RandomSource): TypeNode {
  const other = (): TypeId => random.below(nodes.length);
  switch (node.kind) {
    case "object":
      return changedObject(node, other, random);
    case "array":
    case "set":
      return random.chance(50) ? { ...node, items: other() } : node;
    case "tuple":
      return {
        kind: "tuple",
        elements: node.elements.map((element) => (random.chance(30) ? { ...element, type: other() } : element)),
      };
    case "union": {
      const rest = node.members.filter(() => random.chance(80));
      const more = random.chance(40) ? [other()] : [];
      const members = [...new Set([...rest, ...more])].filter((id) => nodes[id]?.kind !== "union");
      return members.length < 2 ? node : { kind: "union", members };
    }
    case "literal":
      return random.chance(50) ? { kind: "string" } : { kind: "literal", value: random.pick(["x", "y", "z", 1]) };
    case "string":
      return { kind: "literal", value: "x" };
    default:
      return random.chance(50) ? { kind: "number" } : { kind: "array", items: other() };
  }
}

function changedObject(node: ObjectNode, other: () => TypeId, random: RandomSource): TypeNode {
  const { properties } = node;
  if (properties.length === 0 || random.chance(25)) {
    const name = random.pick(["a", "b", "new", "kind"]);
    const added = { name, type: other(), isOptional: random.chance(50) };
    const all = [...properties.filter((property) => property.name !== name), added];
    return { ...node, properties: all.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  }
  const at = random.below(properties.length);
  if (random.chance(25)) return { ...node, properties: properties.filter((_, index) => index !== at) };
  return {
    ...node,
    properties: properties.map((property, index) => {
      if (index !== at) return property;
      return random.chance(50) ? { ...property, isOptional: !property.isOptional } : { ...property, type: other() };
    }),
  };
}
