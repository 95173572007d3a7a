import type { SchemaType } from "../model/schema-type.ts";
import type { TypeId, TypeNode } from "../model/type-ir.ts";
import { partsOf } from "../model/type-parts.ts";
import { hasValues } from "../schema/has-values.ts";
import { schemaType } from "../schema/schema-type.ts";
import { maxTypes, TooManyTypes, type TypeBuilder, TypeOfItself } from "../schema/type-builder.ts";
import type { Report } from "./report.ts";
import { notesOf } from "./value-schema-keywords.ts";
import { type ReadSchema, ValueSchemaReader } from "./value-schema-reader.ts";
import { isMap, type YamlNode } from "./yaml-tree.ts";

/** A JSON Schema, and the one that it stands in, to which `#` in it refers. */
export interface WrittenSchema {
  readonly document: YamlNode;
  readonly schema: YamlNode;
}

/** Types within types, with nothing between that has a name: code for them would nest as deep. */
const maxDepth = 100;

/** The type that a JSON Schema (2020-12) declares; `undefined` where anything of it is wrong, which is reported. */
export function readValueSchema(written: WrittenSchema, report: Report): SchemaType | undefined {
  const node = written.schema;
  let isSound = true;
  const refuse: Report = (...finding) => {
    isSound = false;
    report(...finding);
  };
  try {
    const reader = new ValueSchemaReader(written, refuse);
    const read = reader.read();
    // Of a part, nothing can be said of the whole.
    const type = isSound ? finishedType(read, reader.builder, written, refuse) : undefined;
    return isSound ? type : undefined;
  } catch (error) {
    if (error instanceof TooManyTypes) {
      const message = `the JSON Schema comes to more than ${maxTypes.toLocaleString("en")} types`;
      refuse("C1803", node.span, message, "Cache a type that has fewer parts");
    } else if (error instanceof TypeOfItself) refuseEmptiness(node, refuse);
    else if (error instanceof RangeError) refuseDepth(node, refuse);
    else throw error;
    return undefined;
  }
}

function finishedType(
  { root, definitions }: ReadSchema,
  builder: TypeBuilder,
  { schema: node }: WrittenSchema,
  report: Report,
): SchemaType {
  const { nodes, idOf } = builder.finish(root);
  if (!hasValues({ root: 0, nodes, files: [] })) refuseEmptiness(node, report);
  const named = definitions.flatMap(({ id, name, notes }) => {
    const place = idOf(id);
    return place === undefined || !hasParts(nodes[place]) ? [] : [{ id: place, name, notes }];
  });
  if (isTooDeep(nodes, new Set(named.map(({ id }) => id)))) refuseDepth(node, report);
  return schemaType({ root: 0, nodes }, named, {
    file: node.span.file,
    notes: isMap(node) ? notesOf(node) : undefined,
  });
}

function refuseEmptiness(node: YamlNode, report: Report): void {
  const hint =
    "Look for parts that exclude each other; what holds itself must come to an end, by a property that is not required, or by null";
  report("C1804", node.span, "no JSON fits this JSON Schema", hint);
}

function refuseDepth(node: YamlNode, report: Report): void {
  report("C1803", node.span, "the JSON Schema nests too deep", "Move parts of it into $defs");
}

/** Whether a name says more than the type itself. */
function hasParts(node: TypeNode | undefined): boolean {
  return node !== undefined && ["array", "object", "tuple", "union"].includes(node.kind);
}

function isTooDeep(nodes: readonly TypeNode[], named: ReadonlySet<TypeId>): boolean {
  const depths = new Map<TypeId, number>([[0, 0]]);
  for (const [id, depth] of depths) {
    if (depth > maxDepth) return true;
    const node = nodes[id];
    for (const { type } of node === undefined ? [] : partsOf(node, nodes)) {
      const isApart = named.has(type) && nodes[type]?.kind === "object";
      if (!depths.has(type)) depths.set(type, isApart ? 0 : depth + 1);
    }
  }
  return false;
}
