import type { ArrayNode, ObjectNode, Property, TupleElement, TupleNode, TypeId, TypeNode } from "../model/type-ir.ts";
import { TooManyTypes, type TypeBuilder } from "./type-builder.ts";

/** So many pairs of types are looked at, no more. */
const maxPairs = 500_000;

/** The types of values that are of two types at once. */
export class Intersections {
  readonly #builder: TypeBuilder;
  /** Pairs of types with parts, so that those which hold themselves come to an end. */
  readonly #known = new Map<string, TypeId>();
  #pairs = 0;

  constructor(builder: TypeBuilder) {
    this.#builder = builder;
  }

  /** @throws TooManyTypes */
  of(first: TypeId, second: TypeId): TypeId {
    const builder = this.#builder;
    const [a, b] = [builder.known(first), builder.known(second)];
    if (a === b || builder.node(b).kind === "unknown") return a;
    if (builder.node(a).kind === "unknown") return b;
    const others = builder.members(b);
    return builder.union(builder.members(a).flatMap((each) => others.map((other) => this.#single(each, other))));
  }

  /** None of them is a union. */
  #single(a: TypeId, b: TypeId): TypeId {
    this.#pairs += 1;
    if (this.#pairs > maxPairs) throw new TooManyTypes();
    if (a === b) return a;
    const [left, right] = [this.#builder.node(a), this.#builder.node(b)];
    if (isPart(left, right)) return a;
    if (isPart(right, left)) return b;
    const key = [a, b].sort((x, y) => x - y).join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const node =
      left.kind === "object" && right.kind === "object"
        ? this.#object(left, right)
        : isList(left) && isList(right)
          ? this.#list(left, right)
          : undefined;
    const id = node === undefined ? this.#builder.simple("never") : this.#builder.add(node);
    this.#known.set(key, id);
    return id;
  }

  /** Later, for what is inside may lead back here; the other one where there is but one. */
  #both(a: TypeId | undefined, b: TypeId | undefined): TypeId | undefined {
    return a === undefined || b === undefined ? (a ?? b) : this.#builder.later(() => this.of(a, b));
  }

  #object(left: ObjectNode, right: ObjectNode): ObjectNode {
    const builder = this.#builder;
    const names = new Set([...left.properties, ...right.properties].map(({ name }) => name));
    const properties = [...names].sort().map((name): Property => {
      const own = propertyOf(left, name);
      const other = propertyOf(right, name);
      const notes = own?.notes ?? other?.notes;
      return {
        name,
        // What one of them does not name is to it one of the others.
        type: this.#both(own?.type ?? othersOf(left), other?.type ?? othersOf(right)) ?? builder.simple("unknown"),
        isOptional: (own?.isOptional ?? true) && (other?.isOptional ?? true),
        ...(notes && { notes }),
      };
    });
    const others = this.#both(othersOf(left), othersOf(right));
    const indexes = others === undefined ? [] : [{ key: builder.simple("string"), type: others }];
    return { kind: "object", properties, indexes };
  }

  /** `undefined` where the one is always longer than the other. */
  #list(left: ListNode, right: ListNode): ListNode | undefined {
    const [one, other] = [lengthsOf(left), lengthsOf(right)];
    const least = Math.max(one.least, other.least);
    const most = Math.min(one.most, other.most);
    if (most < least) return undefined;
    const rest = this.#both(itemAt(left, Infinity), itemAt(right, Infinity));
    const length = most === Infinity ? Math.max(one.named, other.named) : most;
    const elements = Array.from({ length }, (_, index): TupleElement => {
      const type = this.#both(itemAt(left, index), itemAt(right, index)) ?? this.#builder.simple("never");
      return { type, presence: index < least ? "required" : "optional" };
    });
    if (most < Infinity || rest === undefined) return { kind: "tuple", elements };
    if (length === 0) return { kind: "array", items: rest };
    return { kind: "tuple", elements: [...elements, { type: rest, presence: "rest" }] };
  }
}

type ListNode = ArrayNode | TupleNode;

/** The property of a name. */
export function propertyOf({ properties }: ObjectNode, name: string): Property | undefined {
  return properties.find((property) => property.name === name);
}

/** What properties are of which the type names none; `undefined` where they may be anything. */
export function othersOf({ indexes }: ObjectNode): TypeId | undefined {
  return indexes[0]?.type;
}

function isList(node: TypeNode): node is ListNode {
  return node.kind === "array" || node.kind === "tuple";
}

/** Of a tuple of a JSON Schema, in which nothing follows the rest. */
function lengthsOf(node: ListNode): { readonly named: number; readonly least: number; readonly most: number } {
  if (node.kind === "array") return { named: 0, least: 0, most: Infinity };
  const named = node.elements.filter(({ presence }) => presence !== "rest").length;
  const least = node.elements.filter(({ presence }) => presence === "required").length;
  return { named, least, most: named === node.elements.length ? named : Infinity };
}

/** The type of an item; `undefined` beyond the end. */
function itemAt(node: ListNode, index: number): TypeId | undefined {
  if (node.kind === "array") return node.items;
  const last = node.elements.at(-1);
  const element = node.elements[index];
  return element?.type ?? (last?.presence === "rest" ? last.type : undefined);
}

/** Whether every value of a scalar type is one of another. */
function isPart(node: TypeNode, of: TypeNode): boolean {
  if (node.kind === "integer") return of.kind === "number";
  if (node.kind !== "literal") return false;
  return typeof node.value === of.kind || (of.kind === "integer" && Number.isInteger(node.value));
}
