import type { ObjectNode, TupleElement, TypeId, TypeIr } from "../model/type-ir.ts";

/** Parts that are shown of a type; … stands for the rest. */
const maxParts = 400;

/** What a type was found to hold, much as TypeScript would write it, names of types resolved; `^User` where it recurs. */
export function shapeText(ir: TypeIr): string {
  return new ShapeWriter(ir).text(ir.root, []);
}

class ShapeWriter {
  readonly #ir: TypeIr;
  #parts = 0;

  constructor(ir: TypeIr) {
    this.#ir = ir;
  }

  text(id: TypeId, open: readonly TypeId[]): string {
    const node = this.#ir.nodes[id];
    if (node === undefined) throw new Error(`There is no type ${id}.`);
    if (open.includes(id)) return `^${(node.kind === "object" && node.name) || node.kind}`;
    this.#parts += 1;
    if (this.#parts > maxParts) return "…";
    const inner = (part: TypeId): string => this.text(part, [...open, id]);
    switch (node.kind) {
      case "literal":
        return JSON.stringify(node.value);
      case "bigint-literal":
        return `${node.digits}n`;
      case "template":
        return `\`${node.texts.map((text, index) => `${index === 0 ? "" : hole(node.types[index - 1], inner)}${text}`).join("")}\``;
      case "array":
        return this.#isUnion(node.items) ? `(${inner(node.items)})[]` : `${inner(node.items)}[]`;
      case "tuple":
        return `[${node.elements.map((element) => elementText(element, inner)).join(", ")}]`;
      case "object":
        return objectText(node, inner);
      case "union":
        return node.members.map(inner).join(" | ");
      case "map":
        return `Map<${inner(node.keys)}, ${inner(node.values)}>`;
      case "set":
        return `Set<${inner(node.items)}>`;
      case "builtin":
      case "instance":
        return node.name;
      default:
        return node.kind;
    }
  }

  #isUnion(id: TypeId): boolean {
    return this.#ir.nodes[id]?.kind === "union";
  }
}

type Inner = (part: TypeId) => string;

function hole(type: TypeId | undefined, inner: Inner): string {
  return type === undefined ? "" : `\${${inner(type)}}`;
}

function elementText({ type, presence }: TupleElement, inner: Inner): string {
  if (presence === "rest") return `...(${inner(type)})[]`;
  return presence === "optional" ? `(${inner(type)})?` : inner(type);
}

function objectText({ properties, indexes }: ObjectNode, inner: Inner): string {
  const parts = [
    ...properties.map(({ name, type, isOptional }) => `${nameText(name)}${isOptional ? "?" : ""}: ${inner(type)}`),
    ...indexes.map(({ key, type }) => `[key: ${inner(key)}]: ${inner(type)}`),
  ];
  return parts.length === 0 ? "{}" : `{ ${parts.join("; ")} }`;
}

function nameText(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
}
