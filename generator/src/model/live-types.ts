import type { CacheDeclaration, Isolation, Pipeline } from "./declaration.ts";
import type { BuiltinName, ObjectNode, TypeIr, TypeNode, UnionNode } from "./type-ir.ts";
import { partsOf } from "./type-parts.ts";

/** A serializer of which it is known, for a value that fits its type exactly, what it gives back: an equal one. */
export type LiveStep = "json" | "typed";

/** The only step of a pipeline, where it is such a serializer. */
export function liveStep(pipeline: Pipeline): LiveStep | undefined {
  const [first, ...others] = pipeline;
  if (others.length > 0) return undefined;
  return first?.scheme === "json" || first?.scheme === "typed" ? first.scheme : undefined;
}

/** Why values of a type are not kept as they are, for a message: `is of no known form`. */
export function unliveReason(node: TypeNode, step: LiveStep, { nodes }: Pick<TypeIr, "nodes">): string | undefined {
  switch (node.kind) {
    case "object":
      return unliveObject(node, nodes);
    case "union":
      return step === "typed" && isTriedUnion(node, nodes)
        ? "has no property that tells its objects apart, of which typed may take one for another"
        : undefined;
    case "bigint":
    case "bigint-literal":
    case "map":
    case "set":
      return step === "json" ? "is nothing that json carries" : undefined;
    case "builtin":
      return step === "typed" && copiedBuiltins.has(node.name) ? undefined : `is a ${node.name}, which is not copied`;
    case "unknown":
    case "any":
      return "is of no known form";
    case "function":
    case "symbol":
    case "promise":
    case "endless":
    case "instance":
      return "cannot be copied";
    default:
      return undefined;
  }
}

/** Why values of a type cannot be frozen. */
export function unfrozenReason(node: TypeNode): string | undefined {
  switch (node.kind) {
    case "map":
      return "is a Map, which cannot be frozen";
    case "set":
      return "is a Set, which cannot be frozen";
    case "builtin":
      return `is a ${node.name}, which cannot be frozen`;
    default:
      return undefined;
  }
}

/**
 * How values of the type are isolated where a cache keeps them in memory as they are; `undefined` where it does not. What
 * cannot be frozen is cloned.
 */
export function isolationOf(
  { isolation: wanted, serializer }: Pick<CacheDeclaration, "isolation" | "serializer">,
  type: TypeIr | undefined,
): Isolation | undefined {
  const step = liveStep(serializer);
  if (wanted === undefined || step === undefined || type === undefined) return undefined;
  const reachable = reachableNodes(type);
  if (reachable.some((node) => unliveReason(node, step, type) !== undefined)) return undefined;
  return wanted === "freeze" && reachable.some((node) => unfrozenReason(node) !== undefined) ? "clone" : wanted;
}

/** Those of which a copy is as good as the value. */
const copiedBuiltins: ReadonlySet<BuiltinName> = new Set([
  "Date",
  "Uint8Array",
  "Int8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
]);

function unliveObject({ properties, indexes, isClass }: ObjectNode, nodes: readonly TypeNode[]): string | undefined {
  if (isClass) return "is of a class";
  const [index, ...others] = indexes;
  if (properties.length === 0 && index === undefined) return "is of no known form";
  const inherited = properties.find(({ name }) => name in Object.prototype);
  if (inherited !== undefined) return `has a property ${inherited.name}, as every object has`;
  const isNamedByText = index === undefined || nodes[index.key]?.kind === "string";
  return others.length > 0 || !isNamedByText ? "has properties whose names are of a form" : undefined;
}

/** Whether only trying tells which of its types a value is. */
function isTriedUnion({ members, tag }: UnionNode, nodes: readonly TypeNode[]): boolean {
  const kinds = members.map((id) => nodes[id]?.kind).map((kind) => (kind === "tuple" ? "array" : kind));
  return (["object", "array", "map", "set"] as const).some(
    (kind) => kinds.filter((each) => each === kind).length > 1 && (kind !== "object" || tag === undefined),
  );
}

function reachableNodes({ root, nodes }: TypeIr): readonly TypeNode[] {
  const reached = new Set([root]);
  for (const id of reached) {
    const node = nodes[id];
    if (node !== undefined) for (const { type } of partsOf(node, nodes)) reached.add(type);
  }
  return [...reached].flatMap((id) => nodes[id] ?? []);
}
