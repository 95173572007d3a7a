import type { DeclaredAt, TypeId, TypeNode } from "./type-ir.ts";

/** A type inside of another. */
export interface TypePart {
  readonly type: TypeId;
  /** The way there, as in code: `.lines`, `[]`, `.values()`; empty for a member of a union. */
  readonly step: string;
  readonly at?: DeclaredAt;
}

/** What a type is made of, in its order. What a template and the key of an index allow is no value of its own. */
export function partsOf(node: TypeNode, nodes: readonly TypeNode[]): readonly TypePart[] {
  switch (node.kind) {
    case "array":
      return [{ type: node.items, step: "[]" }];
    case "tuple":
      return node.elements.map(({ type, presence }, index) => ({
        type,
        step: presence === "rest" ? "[]" : `[${index}]`,
      }));
    case "object":
      return [
        ...node.properties.map(({ name, type, at }) => ({ type, step: propertyStep(name), ...(at && { at }) })),
        ...node.indexes.map(({ key, type }) => ({ type, step: `[${nodes[key]?.kind}]` })),
      ];
    case "union":
      return node.members.map((type) => ({ type, step: "" }));
    case "map":
      return [
        { type: node.keys, step: ".keys()" },
        { type: node.values, step: ".values()" },
      ];
    case "set":
      return [{ type: node.items, step: ".values()" }];
    default:
      return [];
  }
}

/** A property as code has it: `.name`, `["odd name"]`. */
export function propertyStep(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
