import { clip } from "@cachetory/runtime/schemes";
import { allowsUndefined, isAnything, nodeOf } from "../emit/checked-type.ts";
import { valueText } from "../inspect/readable-value.ts";
import { shapeText } from "../inspect/shape-text.ts";
import type { ObjectNode, TypeId, TypeIr, TypeNode, UnionNode } from "../model/type-ir.ts";
import { propertyStep } from "../model/type-parts.ts";
import { partsNamed, tellingNames } from "./object-fields.ts";
import { type DescribingStep, type RefusalSearch, refusalSearch } from "./refused-value.ts";

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

/** Types of which one is refused by the other, and the way there. */
interface Pair {
  readonly from: TypeId;
  readonly to: TypeId;
  readonly path: string;
  readonly depth: number;
}

/** Every place where a value that was stored as one type is refused when it is read as the other; none where all fit. */
export function typeChanges(from: TypeIr, to: TypeIr, step: DescribingStep): readonly TypeChange[] {
  return new ChangeFinder(from.nodes, to.nodes, step).changes(from.root, to.root);
}

class ChangeFinder {
  readonly #from: readonly TypeNode[];
  readonly #to: readonly TypeNode[];
  readonly #search: RefusalSearch;
  readonly #changes: TypeChange[] = [];
  readonly #waiting: Pair[] = [];
  /** How deep each pair of types was met first. */
  readonly #met = new Map<string, number>();

  constructor(from: readonly TypeNode[], to: readonly TypeNode[], step: DescribingStep) {
    this.#from = from;
    this.#to = to;
    this.#search = refusalSearch(from, to, step);
  }

  changes(from: TypeId, to: TypeId): readonly TypeChange[] {
    if (!this.#isRefused(from, to)) return [];
    const whole: Pair = { from, to, path: "", depth: 0 };
    this.#waiting.push(whole);
    // What is nearest first, so that a type is told of where it is met first.
    for (const pair of this.#waiting) {
      if (this.#changes.length >= maxChanges) break;
      if (!this.#explain(pair)) this.#blame(pair);
    }
    if (this.#changes.length === 0) this.#blame(whole);
    return this.#changes;
  }

  #isRefused(from: TypeId, to: TypeId): boolean {
    return this.#search.find(from, [to]) !== undefined;
  }

  /** A part that is to blame by itself, unless it was met nearer. */
  #blamePart({ path, depth }: Pair, from: TypeId, to: TypeId, step: string): void {
    const name = `${from} ${to}`;
    if ((this.#met.get(name) ?? depth) < depth) return;
    this.#met.set(name, depth);
    this.#waiting.push({ from, to, path: path + step, depth: depth + 1 });
  }

  #blame({ from, to, path }: Pair): void {
    const found = this.#search.find(from, [to]);
    this.#changes.push({
      path,
      from: shapeOf(from, this.#from),
      to: shapeOf(to, this.#to),
      ...(found?.isCertain && { example: clip(valueText(found.value)) }),
    });
  }

  /** Whether parts are to blame by themselves. */
  #explain(pair: Pair): boolean {
    const [a, b] = [nodeOf(pair.from, this.#from), nodeOf(pair.to, this.#to)];
    if (a.kind === "union" || b.kind === "union") return this.#explainMembers(pair);
    if (a.kind === "object" && b.kind === "object") {
      return !isAnything(a) && !isAnything(b) && this.#explainObjects(a, b, pair);
    }
    const parts = partPairs(a, b).filter(([part, other]) => this.#isRefused(part, other));
    for (const [part, other, step] of parts) this.#blamePart(pair, part, other, step);
    return parts.length > 0;
  }

  #explainObjects(a: ObjectNode, b: ObjectNode, pair: Pair): boolean {
    const declared = new Set([...a.properties, ...b.properties].map(({ name }) => name));
    const explained = new Set<string>();
    for (const name of tellingNames([
      [a, this.#from],
      [b, this.#to],
    ])) {
      const [own] = partsNamed(a, name, this.#from);
      const step = declared.has(name) ? propertyStep(name) : "[string]";
      // Of the names that an index means, one tells as much as all.
      if (explained.has(step)) continue;
      for (const part of partsNamed(b, name, this.#to)) {
        const mayBeAbsent = own === undefined || own.presence !== "required" || allowsUndefined(own.type, this.#from);
        const takesAbsence = part.presence !== "required" || allowsUndefined(part.type, this.#to);
        // What is optional may be undefined too.
        const taken = part.presence === "optional" ? [part.type, this.#search.undefinedType] : [part.type];
        if (mayBeAbsent && !takesAbsence) {
          this.#changes.push({ path: pair.path + step, ...this.#presences(own?.type, part.type) });
        } else if (own !== undefined && this.#search.find(own.type, taken) !== undefined) {
          this.#blamePart(pair, own.type, part.type, step);
        } else continue;
        explained.add(step);
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
  #explainMembers(pair: Pair): boolean {
    const { from, to } = pair;
    const [own, others] = [membersOf(from, this.#from), membersOf(to, this.#to)];
    const pairs = own
      .filter((id) => this.#isRefused(id, to))
      .map((id) => {
        const node = nodeOf(id, this.#from);
        return [id, others.filter((other) => isAlike(node, this.#from, nodeOf(other, this.#to), this.#to))] as const;
      });
    if (pairs.some(([, alike]) => alike.length !== 1)) return false;
    for (const [id, [other]] of pairs) if (other !== undefined) this.#blamePart(pair, id, other, "");
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
