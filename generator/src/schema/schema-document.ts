import type { CacheDeclaration } from "../model/declaration.ts";
import type { TypeIr } from "../model/type-ir.ts";
import { dialect } from "./dialect.ts";
import { type JsonSchema, jsonSchemaOf } from "./json-schema.ts";

/** The values of a cache as one JSON Schema, with what the cache says of itself. */
export function schemaDocument(
  { name, description, value }: Pick<CacheDeclaration, "name" | "description" | "value">,
  ir: TypeIr,
): JsonSchema {
  const notes = value.kind === "schema" ? value.type.notes : undefined;
  const about = description?.trim() ?? notes?.description;
  const schema = jsonSchemaOf(ir);
  const whole = typeof schema === "boolean" ? (schema ? {} : { not: {} }) : schema;
  return { $schema: dialect, title: name, ...notes, ...(about && { description: about }), ...whole };
}
