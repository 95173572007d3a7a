import { orderUnions } from "../../../generator/src/model/order-unions.ts";
import type { TypeId, TypeIr, TypeNode } from "../../../generator/src/model/type-ir.ts";
import type { RandomSource } from "./random-source.ts";

/** What a random type may be made of. */
export interface TypeRange {
  readonly kinds: readonly TypeNode["kind"][];
  readonly names: readonly string[];
  /** Whether elements may follow the rest of a tuple. */
  readonly hasTails: boolean;
}

export const jsonRange: TypeRange = {
  kinds: [
    "null",
    "boolean",
    "number",
    "integer",
    "string",
    "unknown",
    "never",
    "literal",
    "template",
    "array",
    "tuple",
    "object",
  ],
  names: ["a", "b", "kind", "toString", "constructor", "x-1", "1", "two words"],
  hasTails: false,
};

export const everyRange: TypeRange = {
  kinds: [...jsonRange.kinds, "undefined", "bigint", "bigint-literal", "map", "set", "builtin"],
  names: [...jsonRange.names, "__proto__"],
  hasTails: true,
};

const leaves = ["string", "number", "boolean", "null"] as const;

/** A web of types, recursive ones included, of which the first is the root. */
export function randomType(random: RandomSource, range: TypeRange): TypeIr {
  const size = 2 + random.below(9);
  // The last are leaves, so that most types have values.
  const plain = Array.from({ length: size }, (_, id) => randomNode(random, range, size, id));
  const all: TypeNode[] = [...plain, ...leaves.map((kind): TypeNode => ({ kind }))];
  const unions = all.map((node, id): TypeNode => {
    if (!random.chance(id === 0 ? 30 : 20) || id >= size) return node;
    const members = new Set(Array.from({ length: 2 + random.below(3) }, () => random.below(all.length)));
    members.delete(id);
    return { kind: "union", members: [...members] };
  });
  const isUnion = (id: TypeId): boolean => unions[id]?.kind === "union";
  const nodes = unions.map((node): TypeNode => {
    if (node.kind !== "union") return node;
    const members = node.members.filter((id) => !isUnion(id));
    return members.length < 2 ? { kind: "null" } : { kind: "union", members };
  });
  return { root: 0, nodes: orderUnions(nodes), files: [] };
}

/** @param firstLeaf - its id, that of `string`; the others follow */
function randomNode(random: RandomSource, range: TypeRange, firstLeaf: TypeId, id: TypeId): TypeNode {
  // Later types more often: what leads on comes to an end.
  const last = firstLeaf + leaves.length - 1;
  const other = (): TypeId => Math.max(random.below(last + 1), random.chance(70) ? Math.min(id + 1, last) : 0);
  const leaf = (): TypeId => firstLeaf + random.below(leaves.length);
  const isHard = random.chance(50);
  const kind = isHard ? random.pick(["object", "array", "tuple", "object"] as const) : random.pick(range.kinds);
  switch (kind) {
    case "literal":
      return { kind, value: random.pick(["x", "y", "", "1", 0, 1, -2.5, true, false]) };
    case "bigint-literal":
      return { kind, digits: random.pick(["0", "1", "-5"]) };
    case "template": {
      const types = Array.from({ length: 1 + random.below(3) }, () => firstLeaf + random.below(3));
      return { kind, texts: ["", ...types].map(() => random.pick(["", "-", "x/", "(", "a.b"])), types };
    }
    case "array":
    case "set":
      return { kind, items: other() };
    case "map":
      return { kind, keys: random.chance(70) ? leaf() : other(), values: other() };
    case "tuple":
      return { kind, elements: randomElements(random, range, other) };
    case "object":
      return randomObject(random, range, firstLeaf, other);
    case "builtin":
      return { kind, name: random.pick(["Date", "Uint8Array", "RegExp", "URL", "Float64Array", "Error"]) };
    case "union":
    case "instance":
      throw new Error(`${kind} is not made here.`);
    default:
      return { kind };
  }
}

function randomElements(random: RandomSource, range: TypeRange, other: () => TypeId) {
  const elements = (presence: "required" | "optional" | "rest", most: number) =>
    Array.from({ length: random.below(most + 1) }, () => ({ type: other(), presence }));
  const rest = elements("rest", 1);
  const head = [...elements("required", 2), ...elements("optional", rest.length === 0 || !range.hasTails ? 2 : 0)];
  return [...head, ...rest, ...(range.hasTails && rest.length > 0 ? elements("required", 2) : [])];
}

function randomObject(random: RandomSource, range: TypeRange, string: TypeId, other: () => TypeId): TypeNode {
  const names = [...new Set(Array.from({ length: random.below(4) }, () => random.pick(range.names)))].sort();
  const properties = names.map((name) => ({
    name,
    type: random.chance(50) ? string + random.below(leaves.length) : other(),
    isOptional: random.chance(35),
  }));
  const hasIndex = random.chance(20);
  return {
    kind: "object",
    ...(random.chance(50) && { name: random.pick(["Order", "line", "Page"]) }),
    properties,
    indexes: hasIndex ? [{ key: string, type: other() }] : [],
  };
}
