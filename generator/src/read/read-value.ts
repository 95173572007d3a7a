import { clip, quote } from "@cachetory/runtime/schemes";
import type { FileSystem } from "../host.ts";
import type { AllowedAny, ValueDeclaration } from "../model/declaration.ts";
import { readSchemaFile } from "./read-schema-file.ts";
import { readValueSchema } from "./read-value-schema.ts";
import type { Report } from "./report.ts";
import { isText, partOf, textOf, type YamlEntry, type YamlMap, type YamlNode, type YamlText } from "./yaml-tree.ts";

/** The type of a cache's values, in any of its forms. Whether the type exists is found later. */
export function readValue(node: YamlNode, files: FileSystem, report: Report): ValueDeclaration | undefined {
  if (isText(node)) return readText(node, report);
  if (node.kind !== "map") return undefined;
  const schema = node.entries.get("schema");
  if (schema !== undefined) return readSchemaValue(schema, node, files, report);
  const type = textOf(node, "type");
  const from = textOf(node, "from");
  if (type === undefined || (node.entries.has("from") && from === undefined)) return undefined;
  if (type.value.trim() === "") {
    report("C2005", type.span, '"type" names no type', "For example: type: UserProfile");
    return undefined;
  }
  if (from !== undefined && !checkModule(from, from.value, report)) return undefined;
  const value = from === undefined ? globalType(type.value.trim()) : importedType(type.value.trim(), from.value);
  const allowAny = readAllowedAny(node.entries.get("allow-any")?.value);
  return value.kind === "type" && allowAny.length > 0 ? { ...value, allowAny } : value;
}

function readSchemaValue(
  { value: schema }: YamlEntry,
  { entries }: YamlMap,
  files: FileSystem,
  report: Report,
): ValueDeclaration | undefined {
  for (const { key, keySpan } of entries.values()) {
    if (!["type", "from", "allow-any"].includes(key)) continue;
    report("C1802", keySpan, `"${key}" and "schema" are two types of one value`, "Leave one of them out");
  }
  const written = isText(schema) ? readSchemaFile(schema, files, report) : { document: schema, schema };
  const type = written && readValueSchema(written, report);
  return type && { kind: "schema", type };
}

function readAllowedAny(node: YamlNode | undefined): readonly AllowedAny[] {
  const items = node?.kind === "list" ? node.items : [];
  return items.filter(isText).map(({ value, span }) => ({ text: value.trim(), span }));
}

function importedType(expression: string, module: string): ValueDeclaration {
  return { kind: "type", expression, module };
}

function readText(node: YamlText, report: Report): ValueDeclaration | undefined {
  const text = node.value.trim();
  if (text === "") {
    report("C2005", node.span, '"value" names no type', "For example: value: ./src/models.ts#UserProfile");
    return undefined;
  }
  if (text === "bytes") return { kind: "bytes" };
  // In an expression a # stands only inside of quotes, or after a bracket or space; in a module's name none of these do, but in a path.
  const reference = /^(\.{1,2}\/[^#]*|[^#\s"'`<>()[\]{}|&,]*)#(.*)$/s.exec(text);
  if (reference === null) return readExpression(node, text, report);
  const [, module = "", expression = ""] = reference;
  if (expression.trim() === "") {
    const hint = `Write the name of an exported type after the #: ${clip(module)}#UserProfile`;
    report("C2005", node.span, `${quote(text)} names a module but no type`, hint);
    return undefined;
  }
  return checkModule(node, module, report) ? importedType(expression.trim(), module) : undefined;
}

function readExpression(node: YamlText, text: string, report: Report): ValueDeclaration | undefined {
  if (/^\.{0,2}[\\/]/.test(text)) {
    const hint = `Write the name of an exported type behind it: ${clip(text)}#UserProfile`;
    report("C2005", node.span, `${quote(text)} names a module but no type`, hint);
    return undefined;
  }
  return globalType(text);
}

/** `Uint8Array` is what `bytes` is: as any other object, its default would be JSON, from which it comes back as none. */
function globalType(expression: string): ValueDeclaration {
  return expression === "Uint8Array" ? { kind: "bytes" } : { kind: "type", expression, module: undefined };
}

/** Whether `module`, written in `node`, can be the name of one; reports what is against it. */
export function checkModule(node: YamlText, module: string, report: Report): boolean {
  const start = node.value.indexOf(module);
  const span = partOf(node, start, start + module.length);
  if (module.trim() === "") {
    report("C2005", span, "no module is named", "Write a path such as ./src/models.ts, or a package");
    return false;
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\u0000-\u001f\u007f]/.test(module)) {
    const hint = "Write a path such as ./src/models.ts, or a package";
    report("C2005", span, `the module ${quote(module)} holds a control character`, hint);
    return false;
  }
  if (module.includes("\\")) {
    report(
      "C2005",
      span,
      `the module ${quote(module)} is written with \\`,
      `Write it with /: ${clip(module.replaceAll("\\", "/"))}`,
    );
    return false;
  }
  if (module.startsWith("/") || /^(?:[A-Za-z]:|file:)/.test(module)) {
    const hint = "Write a path relative to the YAML file, such as ./src/models.ts, or a package";
    report("C2005", span, `the module ${quote(module)} is an absolute path`, hint);
    return false;
  }
  if (
    /\.[cm]?[jt]sx?$/.test(module) &&
    !module.startsWith(".") &&
    !module.startsWith("@") &&
    module.includes("/") === false
  ) {
    report(
      "C2005",
      span,
      `${quote(module)} would be the name of a package`,
      `For a file beside the YAML file write ./${clip(module)}`,
    );
    return false;
  }
  return true;
}
