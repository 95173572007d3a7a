import type { Property, TypeId, TypeNode } from "../model/type-ir.ts";
import { propertyStep } from "../model/type-parts.ts";
import { kindTest, type RecordTest } from "./check-lines.ts";
import { allowsUndefined, isComplex, isUnchecked, nodeOf } from "./checked-type.ts";
import { type Code, code } from "./code.ts";
import type { Cycles } from "./cycles.ts";
import { stringLiteral } from "./literal.ts";
import { allOf, type CheckConstants, misfitConditions } from "./misfit-condition.ts";

interface Part {
  readonly type: TypeId;
}

/**
 * Parts in the order in which to look at them. Conditions come first, and last what is tried in several ways itself: a
 * value that is tried as one of several types mostly fails at a condition, before its parts are looked into.
 */
export function quickFirst<T extends Part>(
  parts: readonly T[],
  nodes: readonly TypeNode[],
  { retried }: Pick<Cycles, "retried">,
): readonly T[] {
  const weight = ({ type }: Part): number => (isComplex(type, nodes) ? (retried.has(type) ? 2 : 1) : 0);
  return [...parts].sort((a, b) => weight(a) - weight(b));
}

/** All after the first part that is looked into: what of them shows at once would be found too late. */
export function afterFirstComplex<T extends Part>(parts: readonly T[], nodes: readonly TypeNode[]): readonly T[] {
  const first = parts.findIndex(({ type }) => isComplex(type, nodes));
  return first < 0 ? [] : parts.slice(first + 1);
}

/** What shows at first sight, without a look into what may be as deep as the whole. */
interface Sight {
  readonly type: TypeId;
  readonly value: Code;
  /** The way from the part. */
  readonly steps: readonly string[];
  /** Is true where the value is none of the type. */
  readonly misfit: Code;
}

/** So deep in objects is told at first sight what is there. */
const maxDepth = 3;

/** @param isOptional - whether it may be absent, or be `undefined` */
export function sightsOf(
  { type, isOptional }: Pick<Property, "type" | "isOptional">,
  value: Code,
  nodes: readonly TypeNode[],
  cycles: Pick<Cycles, "cyclic">,
  constants: CheckConstants,
  steps: readonly string[] = [],
): readonly Sight[] {
  if (isUnchecked(type, nodes)) return [];
  if (!isComplex(type, nodes)) {
    const absent = isOptional && !allowsUndefined(type, nodes) ? [{ code: code`${value} !== undefined` }] : [];
    const misfit = allOf([...absent, ...misfitConditions([type], value, nodes, constants)]);
    return [{ type, value, steps, misfit }];
  }
  const misfit = isOptional ? undefined : misfitOfKind(type, value, nodes, "isRecord");
  if (misfit === undefined) return [];
  const node = nodeOf(type, nodes);
  const isClosed = node.kind !== "object" || cycles.cyclic.has(type) || steps.length === maxDepth;
  const within = isClosed ? [] : ownProperties(node.properties);
  const inner = within.flatMap((property) => {
    const read = code`${value}[${stringLiteral(property.name)}]`;
    return sightsOf(property, read, nodes, cycles, constants, [...steps, propertyStep(property.name)]);
  });
  return [{ type, value, steps, misfit }, ...inner];
}

/** What every object inherits under a name would pass for a property. */
export function ownProperties(properties: readonly Property[]): readonly Property[] {
  return properties.filter(({ name }) => !(name in Object.prototype));
}

/** What is true of one that has parts, and has to be there, where it shows at first sight that it is none of its type. */
export function misfitOfKind(
  type: TypeId,
  value: Code,
  nodes: readonly TypeNode[],
  recordTest: RecordTest,
): Code | undefined {
  if (allowsUndefined(type, nodes)) return undefined;
  const { kind } = nodeOf(type, nodes);
  return kind === "union" ? code`${value} === undefined` : code`!${kindTest([type], nodes, value, recordTest)}`;
}
