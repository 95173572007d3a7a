import type { SchemaType } from "../../generator/src/model/schema-type.ts";
import { declarationsOf, type Found, findingsIn } from "../generator/read/read-text.ts";

/** The type of a cache whose value is this JSON Schema, as YAML or as data. */
export function schemaTypeOf(schema: unknown): SchemaType {
  const [cache] = declarationsOf(fileWith(schema)).caches;
  if (cache?.value.kind !== "schema") throw new Error("There is no cache with a JSON Schema.");
  return cache.value.type;
}

/** What is found in such a file, in which the schema begins in line 9 at column 21 unless it begins with a line end. */
export function schemaFindings(schema: unknown): readonly Found[] {
  return findingsIn(fileWith(schema));
}

function fileWith(schema: unknown): string {
  return `version: 1
output: src/caches
backends: { local: memory:// }
defaults: { backend: local, ttl: 1h }

caches:
  c:
    key: c
    value: { schema: ${typeof schema === "string" ? schema : JSON.stringify(schema)} }
`;
}
