import type { DeclaredAt, TypeId, TypeIr, TypeNode } from "../model/type-ir.ts";
import { partsOf } from "../model/type-parts.ts";

/** What holds a value: a property that is `undefined` is absent; keys, and members of a set, are compared. */
export type Holder = "property" | "item" | "key";

/** A type inside of another, and the way there. */
export interface TypeVisit {
  readonly node: TypeNode;
  readonly parent: TypeVisit | undefined;
  /** From the parent; the name of the whole type at the root. */
  readonly step: string;
  readonly at: DeclaredAt | undefined;
  readonly holder: Holder;
}

/**
 * Visits all that a type leads to, in breadth: the first way to something is the shortest one. Into an object it looks
 * once, whatever leads there.
 *
 * @param visit - says whether to look into what is visited
 */
export function walkType({ root, nodes }: TypeIr, name: string, visit: (at: TypeVisit) => boolean): void {
  const objects = new Set<string>();
  const queue: Step[] = [];
  const enter = (id: TypeId, within: Set<string>, at: Omit<TypeVisit, "node">): void => {
    const node = nodes[id];
    if (node !== undefined) queue.push({ id, within, at: { node, ...at } });
  };
  enter(root, new Set(), { parent: undefined, step: name, at: undefined, holder: "item" });
  for (const { id, within, at } of queue) {
    if (!visit(at)) continue;
    const isObject = at.node.kind === "object";
    const seen = isObject ? objects : within;
    const key = `${id} ${at.holder}`;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const [index, { type, ...part }] of partsOf(at.node, nodes).entries()) {
      const holder = holderOf(at, index);
      enter(type, isObject ? new Set() : within, { parent: at, step: part.step, at: part.at, holder });
    }
  }
}

interface Step {
  readonly id: TypeId;
  /** What was looked into on the way from the last property: a list may hold itself without any object. */
  readonly within: Set<string>;
  readonly at: TypeVisit;
}

function holderOf({ node, holder }: TypeVisit, index: number): Holder {
  switch (node.kind) {
    case "object":
      return "property";
    case "union":
      return holder;
    case "set":
      return "key";
    case "map":
      return index === 0 ? "key" : "item";
    default:
      return holder === "key" ? "key" : "item";
  }
}

/** The way to a visit as code has it. Where the whole type has no name, it begins with the first one that has. */
export function pathOf(visit: TypeVisit): string {
  let path = "";
  for (let at: TypeVisit | undefined = visit; at !== undefined; at = at.parent) {
    const isWhole = isBelowNameless(at);
    if (isWhole && at.node.kind === "object" && at.node.name !== undefined) return at.node.name + path;
    path = at.step + path;
  }
  return path;
}

/** What a type is called that is written in place. */
export const nameless = "value";

function isBelowNameless(visit: TypeVisit): boolean {
  for (let at = visit.parent; at !== undefined; at = at.parent) {
    if (at.node.kind === "object") return false;
    if (at.parent === undefined) return at.step === nameless;
  }
  return visit.step === nameless;
}
