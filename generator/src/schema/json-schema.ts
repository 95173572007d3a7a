import type { LiteralNode, ObjectNode, TemplateNode, TupleNode, TypeId, TypeIr, TypeNode } from "../model/type-ir.ts";
import { typeNames } from "./type-names.ts";

export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/**
 * The JSON that a type allows, as a JSON Schema of 2020-12. What is met more than once stands in `$defs`. What JSON cannot
 * say, such as a Date, allows nothing here.
 */
export function jsonSchemaOf(ir: TypeIr): JsonSchema {
  const writer = new SchemaWriter(ir);
  const root = writer.schema(ir.root);
  const definitions = writer.definitions();
  if (definitions.length === 0) return root;
  // With `$defs` beside it, it has to be an object.
  const whole = typeof root === "boolean" ? { anyOf: [root] } : root;
  return { ...whole, $defs: Object.fromEntries(definitions) };
}

class SchemaWriter {
  readonly #ir: TypeIr;
  readonly #names: ReadonlyMap<TypeId, string>;

  constructor(ir: TypeIr) {
    this.#ir = ir;
    this.#names = typeNames(ir);
  }

  definitions(): readonly (readonly [name: string, schema: JsonSchema])[] {
    return [...this.#names].map(([id, name]) => [name, this.schema(id)] as const);
  }

  /** The type itself, written in place. */
  schema(id: TypeId): JsonSchema {
    const node = this.#node(id);
    switch (node.kind) {
      case "null":
      case "boolean":
      case "number":
      case "integer":
      case "string":
        return { type: node.kind };
      case "unknown":
      case "any":
        return true;
      case "literal":
        return { const: node.value };
      case "template":
        return { type: "string", pattern: `^${formOf(node, this.#ir.nodes)}$` };
      case "array":
        return { type: "array", ...(!this.#isAnything(node.items) && { items: this.#ref(node.items) }) };
      case "tuple":
        return this.#tuple(node);
      case "object":
        return this.#object(node);
      case "union":
        return this.#union(node.members);
      default:
        return false;
    }
  }

  /** The type where another one names it. */
  #ref(id: TypeId): JsonSchema {
    if (id === this.#ir.root) return { $ref: "#" };
    const name = this.#names.get(id);
    return name === undefined ? this.schema(id) : { $ref: `#/$defs/${name}` };
  }

  #tuple({ elements }: TupleNode): JsonSchema {
    const rest = elements.findIndex(({ presence }) => presence === "rest");
    if (rest >= 0 && rest < elements.length - 1) return false;
    const fixed = elements.filter(({ presence }) => presence !== "rest");
    const least = fixed.filter(({ presence }) => presence === "required").length;
    const others = elements[rest];
    return {
      type: "array",
      ...(fixed.length > 0 && { prefixItems: fixed.map(({ type }) => this.#ref(type)) }),
      items: others === undefined ? false : this.#ref(others.type),
      ...(least > 0 && { minItems: least }),
    };
  }

  #object({ properties, indexes }: ObjectNode): JsonSchema {
    if (properties.length === 0 && indexes.length === 0) return { not: { type: "null" } };
    const required = properties.filter(({ type, isOptional }) => !isOptional && !this.#mayBeUndefined(type));
    const named = properties.map(({ name, type, notes }) => [name, withNotes(this.#ref(type), notes)] as const);
    const kinds = indexes.map((index) => ({ ...index, key: this.#node(index.key) }));
    const patterns = kinds.flatMap(({ key, type }) => {
      const pattern = key.kind === "template" ? formOf(key, this.#ir.nodes) : key.kind === "number" ? numericName : "";
      return pattern === "" ? [] : [[`^${pattern}$`, this.#ref(type)] as const];
    });
    const others = kinds.find(({ key }) => key.kind === "string");
    return {
      type: "object",
      // Not as a literal: a property may be called `__proto__`.
      ...(named.length > 0 && { properties: Object.fromEntries(named) }),
      ...(required.length > 0 && { required: required.map(({ name }) => name) }),
      ...(patterns.length > 0 && { patternProperties: Object.fromEntries(patterns) }),
      ...(others !== undefined && { additionalProperties: this.#additional(others.type) }),
    };
  }

  #additional(id: TypeId): JsonSchema {
    return this.#node(id).kind === "never" ? false : this.#ref(id);
  }

  /** Scalars are said together, as far as that is shorter. */
  #union(ids: readonly TypeId[]): JsonSchema {
    const inPlace = ids.filter((id) => !this.#names.has(id));
    const nodes = inPlace.map((id) => this.#node(id));
    const isAnyObject = nodes.some((node) => node.kind === "object" && this.#isAnyObject(node));
    if (ids.some((id) => this.#isAnything(id)) || (isAnyObject && nodes.some(({ kind }) => kind === "null")))
      return true;
    const literals = nodes.filter((node): node is LiteralNode => node.kind === "literal");
    const named = nodes.map(({ kind }) => kind).filter((kind) => scalars.has(kind));
    const types = [...new Set(named)].sort((a, b) => Number(a === "null") - Number(b === "null"));
    const isMixed = literals.length > 0 && types.length === 1 && types[0] === "null";
    const values = [...new Set<unknown>([...literals.map(({ value }) => value), ...(isMixed ? [null] : [])])];
    const parts: readonly JsonSchema[] = [
      ...(values.length > 1 ? [{ enum: values }] : values.map((value) => ({ const: value }))),
      ...(isMixed || types.length === 0 ? [] : [{ type: types.length === 1 ? types[0] : types }]),
      ...ids.filter((id) => !isScalar(this.#node(id))).map((id) => this.#ref(id)),
    ].filter((part) => part !== false);
    const [only = false] = parts;
    return parts.length < 2 ? only : { anyOf: parts };
  }

  #isAnything(id: TypeId): boolean {
    const { kind } = this.#node(id);
    return kind === "unknown" || kind === "any";
  }

  #isAnyObject({ properties, indexes }: ObjectNode): boolean {
    return properties.length === 0 && indexes.length === 0;
  }

  /** JSON leaves such a property out. */
  #mayBeUndefined(id: TypeId): boolean {
    const node = this.#node(id);
    if (node.kind === "union") return node.members.some((member) => this.#mayBeUndefined(member));
    return node.kind === "undefined" || this.#isAnything(id);
  }

  #node(id: TypeId): TypeNode {
    const node = this.#ir.nodes[id];
    if (node === undefined) throw new Error(`There is no type ${id}.`);
    return node;
  }
}

const scalars: ReadonlySet<TypeNode["kind"]> = new Set(["boolean", "integer", "null", "number", "string"]);

function isScalar({ kind }: TypeNode): boolean {
  return kind === "literal" || scalars.has(kind);
}

/** Beside `$ref` other keywords are allowed. */
function withNotes(schema: JsonSchema, notes: object | undefined): JsonSchema {
  if (notes === undefined) return schema;
  if (typeof schema !== "boolean") return { ...notes, ...schema };
  return schema ? { ...notes } : { ...notes, not: {} };
}

const numericText =
  "[-+]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][-+]?[0-9]+)?|[-+]?Infinity|NaN|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+";

/** As JavaScript prints a number. */
const numericName = "(?:-?(?:0|[1-9][0-9]*)(?:[.][0-9]*[1-9])?(?:e[-+][0-9]+)?|-?Infinity|NaN)";

/** The strings of a template, as a regular expression that every dialect reads alike. */
function formOf({ texts, types }: TemplateNode, nodes: readonly TypeNode[]): string {
  return texts.map((text, index) => `${escaped(text)}${placeholder(types[index], nodes)}`).join("");
}

function placeholder(id: TypeId | undefined, nodes: readonly TypeNode[]): string {
  const node = id === undefined ? undefined : nodes[id];
  switch (node?.kind) {
    case undefined:
      return "";
    case "boolean":
      return "(?:true|false)";
    case "number":
      return `(?:${numericText})`;
    case "bigint":
      return "-?[0-9]+";
    case "null":
    case "undefined":
      return node.kind;
    case "literal":
      return escaped(String(node.value));
    case "bigint-literal":
      return node.digits;
    case "template":
      return formOf(node, nodes);
    case "union":
      return `(?:${node.members.map((member) => placeholder(member, nodes)).join("|")})`;
    default:
      return "[\\s\\S]*";
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
