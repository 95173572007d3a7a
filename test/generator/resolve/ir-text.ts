import type { ResolvedType } from "../../../generator/src/model/resolved-type.ts";
import { typeFingerprints } from "../../../generator/src/model/type-fingerprints.ts";
import type { ObjectNode, TypeId, TypeIr } from "../../../generator/src/model/type-ir.ts";

/** What a type was resolved to, much as TypeScript would write it. What it comes back to is `^` and its name. */
export function irText(type: ResolvedType | undefined): string {
  if (type === undefined) return "unresolved";
  return textOf(type.ir.root, type.ir, []);
}

export function fingerprintOf(type: ResolvedType | undefined): string | undefined {
  return type && typeFingerprints(type.ir.nodes)[type.ir.root];
}

function textOf(id: TypeId, ir: TypeIr, open: readonly TypeId[]): string {
  const node = ir.nodes[id];
  if (node === undefined) throw new Error(`There is no node ${id}.`);
  if (open.includes(id)) return `^${node.kind === "object" ? node.name : node.kind}`;
  const inner = (part: TypeId): string => textOf(part, ir, [...open, id]);
  switch (node.kind) {
    case "literal":
      return JSON.stringify(node.value);
    case "bigint-literal":
      return `${node.digits}n`;
    case "template":
      return `\`${node.texts.map((text, index) => (index === 0 ? text : `\${${inner(node.types[index - 1] as TypeId)}}${text}`)).join("")}\``;
    case "array":
      return `${inner(node.items)}[]`;
    case "tuple": {
      const elements = node.elements.map(({ type, presence }) =>
        presence === "rest" ? `...${inner(type)}[]` : `${inner(type)}${presence === "optional" ? "?" : ""}`,
      );
      return `[${elements.join(", ")}]`;
    }
    case "object":
      return `${node.isClass ? "class " : ""}${objectText(node, inner)}`;
    case "union":
      return `${node.tag === undefined ? "" : `by ${node.tag} `}(${node.members.map(inner).join(" | ")})`;
    case "map":
      return `Map<${inner(node.keys)}, ${inner(node.values)}>`;
    case "set":
      return `Set<${inner(node.items)}>`;
    case "builtin":
      return node.name;
    case "instance":
      return `instance ${node.name}(${node.methods.join(", ")})`;
    default:
      return node.kind;
  }
}

function objectText({ properties, indexes }: ObjectNode, inner: (part: TypeId) => string): string {
  const parts = [
    ...properties.map(({ name, type, isOptional }) => `${name}${isOptional ? "?" : ""}: ${inner(type)}`),
    ...indexes.map(({ key, type }) => `[${inner(key)}]: ${inner(type)}`),
  ];
  return parts.length === 0 ? "{}" : `{ ${parts.join("; ")} }`;
}
