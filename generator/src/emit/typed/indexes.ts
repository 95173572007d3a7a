import type { IndexSignature, ObjectNode, Property, TypeId, TypeNode } from "../../model/type-ir.ts";
import { nodeOf } from "../checked-type.ts";
import { type Code, code, joinCode } from "../code.ts";
import { stringLiteral } from "../literal.ts";
import { allOf, type CheckConstants, misfitConditions } from "../misfit-condition.ts";

/** The narrow ones first: a name belongs to the first index that means it. */
export function sortedIndexes(
  indexes: readonly IndexSignature[],
  nodes: readonly TypeNode[],
): readonly IndexSignature[] {
  const rank = ({ key }: IndexSignature): number => ["template", "number", "string"].indexOf(nodeOf(key, nodes).kind);
  return [...indexes].sort((a, b) => rank(a) - rank(b));
}

/** What is true of a name that this index means; `undefined` where it means every one. */
export function isMeant(
  name: Code,
  key: TypeId,
  before: readonly IndexSignature[],
  properties: readonly Property[],
  nodes: readonly TypeNode[],
  constants: CheckConstants,
): Code | undefined {
  const own = ofKey(name, key, nodes, constants);
  const conditions = [
    ...properties.map((property) => code`${name} !== ${stringLiteral(property.name)}`),
    ...before.flatMap((index) => {
      const earlier = ofKey(name, index.key, nodes, constants);
      return earlier === undefined ? [] : [code`!(${earlier})`];
    }),
    ...(own === undefined ? [] : [own]),
  ];
  return conditions.length === 0 ? undefined : joinCode(conditions, " && ");
}

/** What is true of a name that an object of this type keeps; `undefined` where it keeps every one. */
export function isKept(
  name: Code,
  { properties, indexes }: Pick<ObjectNode, "properties" | "indexes">,
  nodes: readonly TypeNode[],
  constants: CheckConstants,
): Code | undefined {
  const ofIndexes = indexes.map(({ key }) => ofKey(name, key, nodes, constants));
  if (ofIndexes.includes(undefined)) return undefined;
  const list = [...new Set(properties.map((property) => stringLiteral(property.name)))].join(", ");
  const known = constants.name("known", `/* @__PURE__ */ new Set<string>([${list}])`, `known ${list}`);
  return joinCode([code`${known}.has(${name})`, ...ofIndexes.map((condition) => condition ?? "")], " || ");
}

function ofKey(name: Code, key: TypeId, nodes: readonly TypeNode[], constants: CheckConstants): Code | undefined {
  switch (nodeOf(key, nodes).kind) {
    case "number":
      return code`String(Number(${name})) === ${name}`;
    case "template":
      return code`!(${allOf(misfitConditions([key], name, nodes, constants))})`;
    default:
      return undefined;
  }
}
