import type { SchemaType } from "../model/schema-type.ts";
import type { Notes, TypeId, TypeIr, TypeNode } from "../model/type-ir.ts";
import { typeNames } from "./type-names.ts";
import { typeText } from "./type-text.ts";
import { typesToName } from "./types-to-name.ts";

/** A type that a JSON Schema names in `$defs`. */
export interface Definition {
  readonly id: TypeId;
  readonly name: string;
  readonly notes: Notes | undefined;
}

/** Names of the module of a cache that no further type may have. */
const taken = ["Key", "Value"];

/** The type of a JSON Schema, with a text of its own for each type that has a name. */
export function schemaType(
  { root, nodes }: Pick<TypeIr, "root" | "nodes">,
  definitions: readonly Definition[],
  written: { readonly file: string; readonly notes: Notes | undefined },
): SchemaType {
  const bare: TypeIr = { root, nodes, files: [] };
  const given = definitions.map(({ id, name }) => [id, name] as const);
  const names = typeNames(bare, { given, unnamed: typesToName(nodes), taken });
  const ir: TypeIr = { ...bare, nodes: nodes.map((node, id) => named(node, names.get(id))) };
  const all = new Map([...names, [root, "Value"]]);
  const types = [...names].map(([id, name]) => {
    const notes = definitions.find((definition) => definition.id === id)?.notes;
    return { id, name, notes, text: typeText(id, ir, all) };
  });
  return { ...written, ir, text: typeText(root, ir, all), types };
}

function named(node: TypeNode, name: string | undefined): TypeNode {
  return node.kind === "object" && name !== undefined ? { ...node, name } : node;
}
