import { docstring } from "../emit/docstring.ts";
import { stringLiteral } from "../emit/literal.ts";
import type { SchemaTypeText } from "../model/schema-type.ts";
import type {
  IndexSignature,
  Notes,
  ObjectNode,
  Property,
  TupleElement,
  TypeId,
  TypeIr,
  TypeNode,
} from "../model/type-ir.ts";
import { notesText } from "./notes-text.ts";

/** Beyond this many characters, the members of a union stand below one another. */
const maxLine = 100;

/**
 * A type of JSON as TypeScript writes it, as far as it says: an integer is a number, and that there are no other
 * properties is not said.
 *
 * @param names - of the types that are declared apart; the root among them
 */
export function typeText(id: TypeId, { nodes }: TypeIr, names: ReadonlyMap<TypeId, string>): SchemaTypeText {
  return new TypeWriter(nodes, names).declared(id);
}

class TypeWriter {
  readonly #nodes: readonly TypeNode[];
  readonly #names: ReadonlyMap<TypeId, string>;

  constructor(nodes: readonly TypeNode[], names: ReadonlyMap<TypeId, string>) {
    this.#nodes = nodes;
    this.#names = names;
  }

  /** What the name of a type stands for. */
  declared(id: TypeId, indent = ""): SchemaTypeText {
    const node = this.#node(id);
    switch (node.kind) {
      case "literal":
        return [typeof node.value === "string" ? stringLiteral(node.value) : String(node.value)];
      case "integer":
        return ["number"];
      case "array":
        return this.#node(node.items).kind === "union" && !this.#names.has(node.items)
          ? ["(", ...this.#text(node.items, indent), ")[]"]
          : [...this.#text(node.items, indent), "[]"];
      case "tuple":
        return [
          "[",
          ...joined(
            node.elements.map((element) => this.#element(element, indent)),
            ", ",
          ),
          "]",
        ];
      case "object":
        return this.#object(node, indent);
      case "union":
        return this.#union(node.members, indent);
      default:
        return [node.kind];
    }
  }

  /** The type where another one names it. */
  #text(id: TypeId, indent: string): SchemaTypeText {
    const name = this.#names.get(id);
    return name === undefined ? this.declared(id, indent) : [{ name }];
  }

  #element({ type, presence }: TupleElement, indent: string): SchemaTypeText {
    const text = this.#text(type, indent);
    const isLoose = this.#node(type).kind === "union" && !this.#names.has(type);
    const bracketed = isLoose && presence !== "required" ? ["(", ...text, ")"] : text;
    if (presence === "rest") return ["...", ...bracketed, "[]"];
    return presence === "optional" ? [...bracketed, "?"] : text;
  }

  #union(ids: readonly TypeId[], indent: string): SchemaTypeText {
    // An absence is mostly named last.
    const order = [...ids].sort((a, b) => Number(this.#isNull(a)) - Number(this.#isNull(b)));
    return this.#oneOf(order, [], indent);
  }

  #oneOf(ids: readonly TypeId[], more: readonly string[], indent: string): SchemaTypeText {
    const [only] = ids;
    if (only !== undefined && ids.length + more.length === 1) return this.#text(only, indent);
    const inner = `${indent}  `;
    const all = [...ids.map((id) => this.#text(id, `${inner}  `)), ...more.map((text) => [text])];
    const texts = [...new Map(all.map((text) => [JSON.stringify(text), text])).values()];
    const line = joined(texts, " | ");
    return isLong(line) ? texts.flatMap((text) => [`\n${inner}| `, ...text]) : line;
  }

  #object({ properties, indexes }: ObjectNode, indent: string): SchemaTypeText {
    const inner = `${indent}  `;
    const [index] = indexes;
    const others = index === undefined ? undefined : this.#others(index, properties, inner);
    if (properties.length === 0 && others === undefined)
      return [index === undefined ? "{}" : "{ [name: string]: never }"];
    if (properties.length === 0 && others !== undefined && !isLong(others)) {
      return ["{ [name: string]: ", ...others, " }"];
    }
    const lines = [
      ...properties.map((property) => this.#property(property, inner)),
      ...(others === undefined ? [] : [[`${inner}[name: string]:${spaceBefore(others)}`, ...others, ";\n"]]),
    ];
    return ["{\n", ...lines.flat(), `${indent}}`];
  }

  #property({ name, type, isOptional, notes }: Property, indent: string): SchemaTypeText {
    const comment = indented(notes, indent);
    const called = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : stringLiteral(name);
    const text = this.#text(type, indent);
    return [`${comment}${indent}${called}${isOptional ? "?" : ""}:${spaceBefore(text)}`, ...text, ";\n"];
  }

  /**
   * What the other properties are; `undefined` where there are none. TypeScript wants an index signature to take the declared
   * ones too.
   */
  #others({ type }: IndexSignature, properties: readonly Property[], indent: string): SchemaTypeText | undefined {
    const { kind } = this.#node(type);
    if (kind === "never") return undefined;
    if (kind === "unknown") return ["unknown"];
    const all = [type, ...properties.map((property) => property.type)].flatMap((id) => this.#members(id));
    const types = all.filter((id) => this.#node(id).kind !== "never");
    return this.#oneOf(types, properties.some(({ isOptional }) => isOptional) ? ["undefined"] : [], indent);
  }

  /** Of a union that has no name. */
  #members(id: TypeId): readonly TypeId[] {
    const node = this.#node(id);
    return node.kind === "union" && !this.#names.has(id) ? node.members : [id];
  }

  #isNull(id: TypeId): boolean {
    return this.#node(id).kind === "null";
  }

  #node(id: TypeId): TypeNode {
    const node = this.#nodes[id];
    if (node === undefined) throw new Error(`There is no type ${id}.`);
    return node;
  }
}

/** Members below one another begin on a line of their own. */
export function spaceBefore([first]: SchemaTypeText): "" | " " {
  return typeof first === "string" && first.startsWith("\n") ? "" : " ";
}

function indented(notes: Notes | undefined, indent: string): string {
  const text = notesText(notes);
  return text === "" ? "" : docstring(text).replace(/^/gm, indent).concat("\n");
}

function joined(texts: readonly SchemaTypeText[], separator: string): SchemaTypeText {
  return texts.flatMap((text, index) => (index === 0 ? text : [separator, ...text]));
}

/** Whether it takes more than one line. */
function isLong(text: SchemaTypeText): boolean {
  return text.some((part) => typeof part === "string" && part.includes("\n")) || lengthOf(text) > maxLine;
}

function lengthOf(text: SchemaTypeText): number {
  return text.reduce((length, part) => length + (typeof part === "string" ? part.length : 20), 0);
}
