import { orderUnions } from "../model/order-unions.ts";
import type { LiteralNode, Property, SimpleNode, TypeId, TypeNode } from "../model/type-ir.ts";
import { partsOf } from "../model/type-parts.ts";

/** More types than these nobody caches, while a few lines of YAML can ask for any number. */
export const maxTypes = 50_000;

/** That a type has more parts than anybody would look through. */
export class TooManyTypes extends Error {}

/** That a type would have to hold itself with nothing between, so that no value comes of it. */
export class TypeOfItself extends Error {}

/** What stands under an id: a type, one that is still to be made, or another id. */
type Slot =
  | { readonly kind: "type"; readonly node: TypeNode }
  | { readonly kind: "later"; readonly make: () => TypeId }
  | { readonly kind: "being made" }
  | { readonly kind: "same"; readonly as: TypeId };

/** Makes types of types. What is inside of one is made later, so that a type may hold itself. */
export class TypeBuilder {
  readonly #slots: Slot[] = [];
  readonly #simple = new Map<string, TypeId>();
  readonly #alikes = new Map<TypeId, TypeId>();
  readonly #firsts = new Map<string, TypeId>();
  #count = 0;

  /** @throws TooManyTypes */
  add(node: TypeNode): TypeId {
    this.#count += 1;
    if (this.#count > maxTypes) throw new TooManyTypes();
    return this.#put({ kind: "type", node });
  }

  simple(kind: SimpleNode["kind"]): TypeId {
    return this.#once(kind, { kind });
  }

  literal(written: LiteralNode["value"]): TypeId {
    // JSON knows no -0.
    const value = written === 0 ? 0 : written;
    return this.#once(`= ${JSON.stringify(value)}`, { kind: "literal", value });
  }

  /** A type that is made when somebody looks at it. */
  later(make: () => TypeId): TypeId {
    return this.#put({ kind: "later", make });
  }

  /** Whether the type is being made: it would have to hold itself with nothing between. */
  isBeingMade(id: TypeId): boolean {
    const slot = this.#slot(id);
    return slot.kind === "same" ? this.isBeingMade(slot.as) : slot.kind === "being made";
  }

  /**
   * The id under which the type itself stands.
   *
   * @throws TypeOfItself
   */
  known(id: TypeId): TypeId {
    const slot = this.#slot(id);
    switch (slot.kind) {
      case "type":
        return id;
      case "same":
        return this.known(slot.as);
      case "later": {
        this.#slots[id] = { kind: "being made" };
        const as = this.known(slot.make());
        this.#slots[id] = { kind: "same", as };
        return as;
      }
      case "being made":
        throw new TypeOfItself();
    }
  }

  node(id: TypeId): TypeNode {
    const slot = this.#slot(this.known(id));
    if (slot.kind !== "type") throw new Error(`There is no type ${id}.`);
    return slot.node;
  }

  isNever(id: TypeId): boolean {
    return this.node(id).kind === "never";
  }

  members(id: TypeId): readonly TypeId[] {
    const node = this.node(id);
    return node.kind === "union" ? node.members : [this.known(id)];
  }

  /** One of these types: no union among them, none that says no more than another one. */
  union(ids: readonly TypeId[]): TypeId {
    const all = new Set(ids.flatMap((id) => this.members(id)));
    const kinds = new Set([...all].map((id) => this.node(id).kind));
    if (kinds.has("unknown")) return this.simple("unknown");
    if (all.has(this.literal(true)) && all.has(this.literal(false))) {
      all.add(this.simple("boolean"));
      kinds.add("boolean");
    }
    const members = [...all].filter((id) => !isCovered(this.node(id), kinds));
    const [only] = members;
    if (only === undefined) return this.simple("never");
    return members.length === 1 ? only : this.add({ kind: "union", members });
  }

  /** Makes all that is still to be made. */
  makeAll(): void {
    // There come more while they are made.
    for (let id = 0; id < this.#slots.length; id++) this.known(id);
  }

  /** The types that the root leads to, as data, and what the ids have become. */
  finish(root: TypeId): { readonly nodes: readonly TypeNode[]; readonly idOf: (id: TypeId) => TypeId | undefined } {
    const places = new Map([[this.#alike(root), 0]]);
    const placeOf = (id: TypeId): TypeId => {
      const known = this.#alike(id);
      const place = places.get(known) ?? places.size;
      places.set(known, place);
      return place;
    };
    const nodes: TypeNode[] = [];
    // While they are gone through, more are met.
    for (const id of places.keys()) nodes.push(this.#final(this.node(id), placeOf));
    return { nodes: orderUnions(nodes), idOf: (id) => places.get(this.#alike(id)) };
  }

  /**
   * The first of the lists and unions that are made of the same types, as they are one to TypeScript too: else what holds
   * itself would have another fingerprint for each way of saying it. Scalars say the same anyway.
   */
  #alike(written: TypeId): TypeId {
    const id = this.known(written);
    const found = this.#alikes.get(id);
    if (found !== undefined) return found;
    // For what holds itself with no object between.
    this.#alikes.set(id, id);
    const node = this.node(id);
    const parts = node.kind === "object" ? [] : partsOf(node, []).map(({ type }) => this.#alike(type));
    if (parts.every((part) => partsOf(this.node(part), []).length === 0)) return id;
    const details = node.kind === "tuple" ? node.elements.map(({ presence }) => presence) : [];
    const order = node.kind === "union" ? parts.sort((a, b) => a - b) : parts;
    const key = JSON.stringify([node.kind, details, order]);
    const first = this.#firsts.get(key) ?? id;
    this.#firsts.set(key, first);
    this.#alikes.set(id, first);
    return first;
  }

  #final(node: TypeNode, idOf: (id: TypeId) => TypeId): TypeNode {
    switch (node.kind) {
      case "array":
        return { ...node, items: idOf(node.items) };
      case "tuple":
        return { ...node, elements: node.elements.map((element) => ({ ...element, type: idOf(element.type) })) };
      case "union":
        return { ...node, members: node.members.map(idOf) };
      case "object":
        return {
          ...node,
          properties: node.properties.map((property) => ({ ...property, type: idOf(this.#presentType(property)) })),
          indexes: node.indexes.map(({ key, type }) => ({ key: idOf(key), type: idOf(type) })),
        };
      default:
        return node;
    }
  }

  /** `unknown` is `undefined` too, which JSON takes for absent: what is required is anything else. */
  #presentType({ type, isOptional }: Property): TypeId {
    if (isOptional || this.node(type).kind !== "unknown") return type;
    const anything = this.#once("{}", { kind: "object", properties: [], indexes: [] });
    return this.#once("{} | null", { kind: "union", members: [anything, this.simple("null")] });
  }

  #once(key: string, node: TypeNode): TypeId {
    const id = this.#simple.get(key) ?? this.add(node);
    this.#simple.set(key, id);
    return id;
  }

  #put(slot: Slot): TypeId {
    return this.#slots.push(slot) - 1;
  }

  #slot(id: TypeId): Slot {
    const slot = this.#slots[id];
    if (slot === undefined) throw new Error(`There is no type ${id}.`);
    return slot;
  }
}

/** Whether every value of a member is one of a type of these kinds beside it. */
function isCovered(node: TypeNode, kinds: ReadonlySet<TypeNode["kind"]>): boolean {
  switch (node.kind) {
    case "never":
      return true;
    case "integer":
      return kinds.has("number");
    case "literal":
      return kinds.has(typeof node.value as TypeNode["kind"]) || (Number.isInteger(node.value) && kinds.has("integer"));
    default:
      return false;
  }
}
