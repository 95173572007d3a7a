import { dirname, resolve } from "node:path";
import { quote } from "@cachetory/runtime/schemes";
import type { FileSystem } from "../host.ts";
import type { ErrorCode } from "../model/diagnostic.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { WrittenSchema } from "./read-value-schema.ts";
import type { Report } from "./report.ts";
import { pathHint, readSourceText, unreadableHint } from "./source-text.ts";
import { findDefinition } from "./value-schema-keywords.ts";
import type { YamlText } from "./yaml-tree.ts";

const emptyHint = 'Write the JSON Schema into it, such as { "type": "object" }';

/** The JSON Schema in a file, `./profile.schema.json`, or one of its `$defs`, `./schemas.json#/$defs/profile`. */
export function readSchemaFile(node: YamlText, files: FileSystem, report: Report): WrittenSchema | undefined {
  const [, path = "", pointer] = /^([^#]*)(?:#(.*))?$/s.exec(node.value.trim()) ?? [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (!/^\.{1,2}\/[^\\\u0000-\u001f\u007f]+$/.test(path)) {
    const hint = "Write a path relative to this file, with /, such as ./profile.schema.json";
    report("C1805", node.span, `${quote(path)} is no path of a JSON Schema`, hint);
    return undefined;
  }
  const file = resolve(dirname(node.span.file), path);
  const source = files.kind(file) === undefined ? undefined : readSourceText(file, files);
  if (source === undefined || "code" in source) {
    const message =
      source === undefined ? `there is no file ${quote(path)}` : `${quote(path)} is no JSON Schema: ${source.message}`;
    const hint = source === undefined ? pathHint : unreadableHint(source, file, files);
    report("C1805", node.span, message, hint);
    return undefined;
  }
  // JSON is YAML too, and as such has places.
  const { root: document, diagnostics } = parseYaml(file, source.text, emptyHint);
  for (const { code, span, message, hint, related } of diagnostics) {
    // What is no YAML breaks no rule, but is an error.
    report(code as ErrorCode, span ?? node.span, message, hint, related);
  }
  if (document === undefined || diagnostics.length > 0) return undefined;
  const schema = pointer === undefined || pointer === "" ? document : findDefinition(`#${pointer}`, document);
  if (schema !== undefined) return { document, schema };
  report("C1805", node.span, `${quote(path)} has no ${quote(`#${pointer}`)}`, "Name one of its $defs: #/$defs/name");
  return undefined;
}
