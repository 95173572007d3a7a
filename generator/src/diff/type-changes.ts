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
  readonly #seen = new Set<string>();

  constructor(from: readonly TypeNode[], to: readonly TypeNode[], step: DescribingStep) {
    this.#from = from;
    this.#to = to;
    this.#search = new RefusalSearch(from, to, step);
  }

  changes(from: TypeId, to: TypeId): readonly TypeChange[] {
    this.#compare(from, to, "");
    return this.#changes;
  }

  #compare(from: TypeId, to: TypeId, path: string): void {
    const found = this.#search.find(from, [to]);
    const pair = `${from} ${to}`;
    if (found === undefined || this.#seen.has(pair) || this.#changes.length >= maxChanges) return;
    this.#seen.add(pair);
    const before = this.#changes.length;
    this.#compareParts(from, to, path);
    // Nothing in it is to blame by itself.
    if (this.#changes.length > before) return;
    this.#changes.push({
      path,
      from: shapeOf(from, this.#from),
      to: shapeOf(to, this.#to),
      ...(found.isCertain && { example: clip(valueText(found.value)) }),
    });
  }

  #compareParts(from: TypeId, to: TypeId, path: string): void {
    const [a, b] = [nodeOf(from, this.#from), nodeOf(to, this.#to)];
    if (a.kind === "union" || b.kind === "union") this.#compareMembers(from, to, path);
    else if (a.kind === "object" && b.kind === "object") {
      if (!isAnything(a) && !isAnything(b)) this.#compareObjects(a, b, path);
    } else if (a.kind === "array" && b.kind === "array") {
      this.#compare(a.items, b.items, `${path}[]`);
    } else if (a.kind === "tuple" && b.kind === "tuple") {
      const isAlike = a.elements.every(({ presence }, index) => presence === b.elements[index]?.presence);
      if (!isAlike || a.elements.length !== b.elements.length) return;
      for (const [index, { type }] of a.elements.entries()) {
        this.#compare(type, b.elements[index]?.type ?? type, `${path}[${index}]`);
      }
    } else if (a.kind === "map" && b.kind === "map") {
      this.#compare(a.keys, b.keys, `${path}.keys()`);
      this.#compare(a.values, b.values, `${path}.values()`);
    } else if (a.kind === "set" && b.kind === "set") {
      this.#compare(a.items, b.items, `${path}.values()`);
    }
  }

  #compareObjects(a: ObjectNode, b: ObjectNode, path: string): void {
    const declared = new Set([...a.properties, ...b.properties].map(({ name }) => name));
    for (const name of tellingNames([
      [a, this.#from],
      [b, this.#to],
    ])) {
      const [own] = partsNamed(a, name, this.#from);
      const at = declared.has(name) ? `${path}${propertyStep(name)}` : `${path}[string]`;
      for (const part of partsNamed(b, name, this.#to)) {
        const mayBeAbsent = own === undefined || own.presence !== "required" || allowsUndefined(own.type, this.#from);
        const takesAbsence = part.presence !== "required" || allowsUndefined(part.type, this.#to);
        if (mayBeAbsent && !takesAbsence) {
          const [before, after] = [own && shapeOf(own.type, this.#from), shapeOf(part.type, this.#to)];
          this.#changes.push({
            path: at,
            from: before === undefined ? "absent" : before === after ? "optional" : `optional ${before}`,
            to: before === after ? "required" : `required ${after}`,
          });
          continue;
        }
        if (own === undefined) continue;
        // What is optional may be undefined too.
        const taken = part.presence === "optional" ? [part.type, this.#search.undefinedType] : [part.type];
        if (this.#search.find(own.type, taken) !== undefined) this.#compare(own.type, part.type, at);
      }
    }
  }

  /** Members that are refused, each beside the one that has taken its place where that is plain. */
  #compareMembers(from: TypeId, to: TypeId, path: string): void {
    const [own, others] = [membersOf(from, this.#from), membersOf(to, this.#to)];
    const refused = own.filter((id) => this.#search.find(id, [to]) !== undefined);
    const pairs = refused.map((id) => {
      const node = nodeOf(id, this.#from);
      const alike = others.filter((other) => isAlike(node, this.#from, nodeOf(other, this.#to), this.#to));
      return [id, alike] as const;
    });
    if (pairs.every(([, alike]) => alike.length === 1)) {
      for (const [id, [other]] of pairs) if (other !== undefined) this.#compare(id, other, path);
    }
  }
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
