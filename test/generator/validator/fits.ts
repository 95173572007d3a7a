import { types } from "node:util";
import type {
  ObjectNode,
  TupleNode,
  TypeId,
  TypeIr,
  TypeNode,
  UnionNode,
} from "../../../generator/src/model/type-ir.ts";

/** Whether a value is of a type, found by walking both: slow, and as plain as the types themselves. */
export function fits({ root, nodes }: TypeIr, value: unknown, mixtures: Mixtures = "fit"): boolean {
  const walk = new Walk(nodes, mixtures);
  walk.takes(root, value);
  return walk.settled(root, value);
}

/** Objects with names of several members of a union without a tag, of which none has all: whether they may fit one. */
type Mixtures = "fit" | "do not fit";

/** An object held against a type. Values that hold themselves are why it is first taken to fit, and then looked at again. */
interface Claim {
  readonly id: TypeId;
  readonly value: object;
  holds: boolean;
}

class Walk {
  readonly #nodes: readonly TypeNode[];
  readonly #mixtures: Mixtures;
  readonly #claims: Claim[] = [];
  readonly #known = new Map<object, Map<TypeId, Claim>>();

  constructor(nodes: readonly TypeNode[], mixtures: Mixtures) {
    this.#nodes = nodes;
    this.#mixtures = mixtures;
  }

  /** The answer when no claim falls any more. */
  settled(id: TypeId, value: unknown): boolean {
    for (let hasChanged = true; hasChanged; ) {
      hasChanged = false;
      for (const claim of this.#claims) {
        if (!claim.holds || this.#looksRight(claim.id, claim.value)) continue;
        claim.holds = false;
        hasChanged = true;
      }
    }
    return this.takes(id, value);
  }

  takes(id: TypeId, value: unknown): boolean {
    if (typeof value !== "object" || value === null) return this.#looksRight(id, value);
    const claims = this.#known.get(value) ?? new Map<TypeId, Claim>();
    this.#known.set(value, claims);
    let claim = claims.get(id);
    if (claim === undefined) {
      claim = { id, value, holds: true };
      claims.set(id, claim);
      this.#claims.push(claim);
    }
    return claim.holds;
  }

  /** Whether it fits as far as one step goes. */
  #looksRight(id: TypeId, value: unknown): boolean {
    const node = this.#nodes[id];
    if (node === undefined) throw new Error(`There is no type ${id}.`);
    const every = (type: TypeId, items: Iterable<unknown>): boolean =>
      [...items].every((item) => this.takes(type, item));
    switch (node.kind) {
      case "null":
        return value === null;
      case "undefined":
        return value === undefined;
      case "boolean":
      case "number":
      case "bigint":
      case "string":
        return typeof value === node.kind;
      case "integer":
        return Number.isInteger(value);
      case "literal":
        return value === node.value;
      case "bigint-literal":
        return value === BigInt(node.digits);
      case "unknown":
      case "any":
        return true;
      case "never":
        return false;
      case "template":
        return typeof value === "string" && this.#spells(node.texts, node.types, value);
      case "array":
        return Array.isArray(value) && every(node.items, value);
      case "tuple":
        return Array.isArray(value) && this.#tuple(node, value);
      case "map":
        return types.isMap(value) && every(node.keys, value.keys()) && every(node.values, value.values());
      case "set":
        return types.isSet(value) && every(node.items, value);
      case "builtin":
        return Object.prototype.toString.call(value) === `[object ${node.name}]`;
      case "union":
        return this.#unmixed(node, value).some((member) => this.takes(member, value));
      case "object":
        return this.#object(node, value);
      default:
        throw new Error(`${node.kind} is not looked at.`);
    }
  }

  /** Whether the text is the first text, some value, and so on. */
  #spells([text = "", ...texts]: readonly string[], [type, ...others]: readonly TypeId[], value: string): boolean {
    if (!value.startsWith(text)) return false;
    const rest = value.slice(text.length);
    if (type === undefined) return rest === "";
    return Array.from({ length: rest.length + 1 }, (_, end) => end).some(
      (end) => this.#isText(type, rest.slice(0, end)) && this.#spells(texts, others, rest.slice(end)),
    );
  }

  #isText(id: TypeId, text: string): boolean {
    const node = this.#nodes[id];
    switch (node?.kind) {
      case "string":
        return true;
      case "boolean":
        return text === "true" || text === "false";
      case "number":
        return text.trim() === text && text !== "" && (!Number.isNaN(Number(text)) || text === "NaN");
      default:
        throw new Error(`A template of ${node?.kind} is not looked at.`);
    }
  }

  #tuple({ elements }: TupleNode, value: readonly unknown[]): boolean {
    const rest = elements.findIndex(({ presence }) => presence === "rest");
    const head = rest < 0 ? elements : elements.slice(0, rest);
    const tail = rest < 0 ? [] : elements.slice(rest + 1);
    const least = [...head, ...tail].filter(({ presence }) => presence === "required").length;
    if (value.length < least || (rest < 0 && value.length > head.length)) return false;
    const from = value.length - tail.length;
    return [...value].every((item, index) => {
      const element = index < head.length ? head[index] : index < from ? elements[rest] : tail[index - from];
      if (element === undefined) return false;
      return (element.presence === "optional" && item === undefined) || this.takes(element.type, item);
    });
  }

  #object({ properties, indexes }: ObjectNode, value: unknown): boolean {
    if (properties.length === 0 && indexes.length === 0) return value !== undefined && value !== null;
    if (typeof value !== "object" || value === null) return false;
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return false;
    const own = new Map(Object.entries(value));
    const isRight = properties.every(({ name, type, isOptional }) => {
      const item = own.get(name);
      return (isOptional && item === undefined) || this.takes(type, item);
    });
    const declared = new Set(properties.map(({ name }) => name));
    return (
      isRight &&
      indexes.every(({ key, type }) =>
        [...own].every(([name, item]) => declared.has(name) || !this.#isKey(key, name) || this.takes(type, item)),
      )
    );
  }

  /** The members that lose none of the value's names that another one has. */
  #unmixed({ members, tag }: UnionNode, value: unknown): readonly TypeId[] {
    if (this.#mixtures === "fit" || tag !== undefined || typeof value !== "object" || value === null) return members;
    const namesOf = (id: TypeId): readonly string[] => {
      const node = this.#nodes[id];
      return node?.kind === "object" ? Object.keys(value).filter((name) => this.#has(node, name)) : [];
    };
    const count = new Set(members.flatMap(namesOf)).size;
    return members.filter((id) => this.#nodes[id]?.kind !== "object" || namesOf(id).length === count);
  }

  #has({ properties, indexes }: ObjectNode, name: string): boolean {
    return properties.some((property) => property.name === name) || indexes.some(({ key }) => this.#isKey(key, name));
  }

  #isKey(id: TypeId, name: string): boolean {
    const node = this.#nodes[id];
    if (node?.kind === "number") return `${Number(name)}` === name;
    return node?.kind === "template" ? this.#spells(node.texts, node.types, name) : true;
  }
}
