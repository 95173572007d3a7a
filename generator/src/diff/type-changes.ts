import { clip } from "@cachetory/runtime/schemes";
import { allowsUndefined, isAnything, nodeOf } from "../emit/checked-type.ts";
import { valueText } from "../inspect/readable-value.ts";
import { shapeText } from "../inspect/shape-text.ts";
import type { ObjectNode, TypeId, TypeIr, TypeNode, UnionNode } from "../model/type-ir.ts";
import { propertyStep } from "../model/type-parts.ts";
import { partsNamed, tellingNames } from "./object-fields.ts";
import { type DescribingStep, RefusalSearch } from "./refused-value.ts";

/** A place where values of one type are none of another. */
export interface TypeChange {
  /** From the value on: `.lines[].price`; empty for the value itself. */
  readonly path: string;
  /** What the type says whose values are read: `string`, `absent`, `optional number`. */
  readonly from: string;
  /** What the type says that reads them. */
  readonly to: string;
  /** A value that is refused, as text; absent where none is needed, or none was found. */
  readonly example?: string;
}

/** More places than these say no more. */
const maxChanges = 20;

/** Every place where a value that was stored as one type is refused when it is read as the other; none where all fit. */
export function typeChanges(from: TypeIr, to: TypeIr, step: DescribingStep): readonly TypeChange[] {
  return new ChangeFinder(from.nodes, to.nodes, step).changes(from.root, to.root);
}

class ChangeFinder {
  readonly #from: readonly TypeNode[];
  readonly #to: readonly TypeNode[];
  readonly #search: RefusalSearch;
  readonly #changes: TypeChange[] = [];
  readonly #open = new Set<string>();

  constructor(from: readonly TypeNode[], to: readonly TypeNode[], step: DescribingStep) {
    this.#from = from;
    this.#to = to;
    this.#search = new RefusalSearch(from, to, step);
  }

  changes(from: TypeId, to: TypeId): readonly TypeChange[] {
    if (!this.#isRefused(from, to)) return [];
    this.#explain(from, to, "");
    if (this.#changes.length === 0) this.#blame(from, to, "");
    return this.#changes;
  }

  #isRefused(from: TypeId, to: TypeId): boolean {
    return this.#search.find(from, [to]) !== undefined;
  }

  /** Finds what is to blame in types of which one is refused: some of their parts, or nothing by itself. */
  #explain(from: TypeId, to: TypeId, path: string): void {
    const pair = `${from} ${to}`;
    // What a type leads back to is told where it begins.
    if (this.#open.has(pair) || this.#changes.length >= maxChanges) return;
    this.#open.add(pair);
    const isExplained = this.#explainParts(from, to, path);
    this.#open.delete(pair);
    if (!isExplained) this.#blame(from, to, path);
  }

  #blame(from: TypeId, to: TypeId, path: string): void {
    const found = this.#search.find(from, [to]);
    this.#changes.push({
      path,
      from: shapeOf(from, this.#from),
      to: shapeOf(to, this.#to),
      ...(found?.isCertain && { example: clip(valueText(found.value)) }),
    });
  }

  /** Whether a part is to blame by itself. */
  #explainParts(from: TypeId, to: TypeId, path: string): boolean {
    const [a, b] = [nodeOf(from, this.#from), nodeOf(to, this.#to)];
    if (a.kind === "union" || b.kind === "union") return this.#explainMembers(from, to, path);
    if (a.kind === "object" && b.kind === "object") {
      return !isAnything(a) && !isAnything(b) && this.#explainObjects(a, b, path);
    }
    const parts = partPairs(a, b).filter(([part, other]) => this.#isRefused(part, other));
    for (const [part, other, step] of parts) this.#explain(part, other, path + step);
    return parts.length > 0;
  }

  #explainObjects(a: ObjectNode, b: ObjectNode, path: string): boolean {
    const declared = new Set([...a.properties, ...b.properties].map(({ name }) => name));
    const explained = new Set<string>();
    for (const name of tellingNames([
      [a, this.#from],
      [b, this.#to],
    ])) {
      const [own] = partsNamed(a, name, this.#from);
      const at = declared.has(name) ? `${path}${propertyStep(name)}` : `${path}[string]`;
      // Of the names that an index means, one tells as much as all.
      if (explained.has(at)) continue;
      for (const part of partsNamed(b, name, this.#to)) {
        const mayBeAbsent = own === undefined || own.presence !== "required" || allowsUndefined(own.type, this.#from);
        const takesAbsence = part.presence !== "required" || allowsUndefined(part.type, this.#to);
        // What is optional may be undefined too.
        const taken = part.presence === "optional" ? [part.type, this.#search.undefinedType] : [part.type];
        if (mayBeAbsent && !takesAbsence) {
          this.#changes.push({ path: at, ...this.#presences(own?.type, part.type) });
        } else if (own !== undefined && this.#search.find(own.type, taken) !== undefined) {
          this.#explain(own.type, part.type, at);
        } else continue;
        explained.add(at);
        break;
      }
    }
    return explained.size > 0;
  }

  #presences(own: TypeId | undefined, other: TypeId): Pick<TypeChange, "from" | "to"> {
    const to = shapeOf(other, this.#to);
    if (own === undefined) return { from: "absent", to: `required ${to}` };
    const from = shapeOf(own, this.#from);
    return from === to ? { from: "optional", to: "required" } : { from: `optional ${from}`, to: `required ${to}` };
  }

  /** Members that are refused, each beside the one that has taken its place where that is plain. */
  #explainMembers(from: TypeId, to: TypeId, path: string): boolean {
    const [own, others] = [membersOf(from, this.#from), membersOf(to, this.#to)];
    const pairs = own
      .filter((id) => this.#isRefused(id, to))
      .map((id) => {
        const node = nodeOf(id, this.#from);
        return [id, others.filter((other) => isAlike(node, this.#from, nodeOf(other, this.#to), this.#to))] as const;
      });
    if (pairs.some(([, alike]) => alike.length !== 1)) return false;
    for (const [id, [other]] of pairs) if (other !== undefined) this.#explain(id, other, path);
    return pairs.length > 0;
  }
}

/** Parts that stand at the same place of both, where both have the same form, with the step that leads there. */
function partPairs(a: TypeNode, b: TypeNode): readonly (readonly [part: TypeId, other: TypeId, step: string])[] {
  if (a.kind === "array" && b.kind === "array") return [[a.items, b.items, "[]"]];
  if (a.kind === "set" && b.kind === "set") return [[a.items, b.items, ".values()"]];
  if (a.kind === "map" && b.kind === "map") {
    return [
      [a.keys, b.keys, ".keys()"],
      [a.values, b.values, ".values()"],
    ];
  }
  if (a.kind !== "tuple" || b.kind !== "tuple" || a.elements.length !== b.elements.length) return [];
  return a.elements.flatMap(({ type, presence }, index) => {
    const other = b.elements[index];
    return other?.presence === presence ? [[type, other.type, `[${index}]`] as const] : [];
  });
}

/** Whether one may be what has become of the other: of one kind, and with one tag. */
function isAlike(a: TypeNode, from: readonly TypeNode[], b: TypeNode, to: readonly TypeNode[]): boolean {
  if (!hasParts(a) || a.kind !== b.kind) return false;
  if (a.kind !== "object" || b.kind !== "object") return true;
  const tags = literalProperties(a, from);
  const others = literalProperties(b, to);
  return [...tags].every(([name, value]) => !others.has(name) || others.get(name) === value);
}

function hasParts({ kind }: TypeNode): boolean {
  return ["object", "array", "tuple", "map", "set"].includes(kind);
}

function literalProperties({ properties }: ObjectNode, nodes: readonly TypeNode[]): ReadonlyMap<string, unknown> {
  return new Map(
    properties.flatMap(({ name, type }) => {
      const node = nodeOf(type, nodes);
      return node.kind === "literal" ? [[name, node.value] as const] : [];
    }),
  );
}

function membersOf(id: TypeId, nodes: readonly TypeNode[]): UnionNode["members"] {
  const node = nodeOf(id, nodes);
  return node.kind === "union" ? node.members : [id];
}

function shapeOf(root: TypeId, nodes: readonly TypeNode[]): string {
  return clip(shapeText({ root, nodes, files: [] }));
}
