import { clip } from "@cachetory/runtime/schemes";
import type { YAMLParseError, YAMLWarning } from "yaml";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";

/** A finding for what the YAML parser refuses, with what mends the mistakes that this language invites. */
export function explainSyntaxError(file: string, text: string, problem: YAMLParseError | YAMLWarning): Diagnostic {
  const [start, end] = problem.pos;
  const span = { file, start, end: Math.max(end, Math.min(start + 1, text.length)) };
  if (problem.code === "MULTIPLE_DOCS") {
    const hint = "Keep one document, without a --- between parts";
    const firstLine = text.slice(start).search(/[\r\n]|$/);
    return errorAt("C1004", { ...span, end: start + firstLine }, "the file holds several YAML documents", hint);
  }
  return errorAt(
    "C1002",
    span,
    clip(lowerFirst(problem.message.split("\n")[0] ?? ""), 200),
    hintFor(lineAt(text, start), problem),
  );
}

function hintFor(line: string, { code }: YAMLParseError | YAMLWarning): string {
  if (code === "TAB_AS_INDENT" || /^ *\t/.test(line)) return "Indent with spaces: YAML allows no tabs there";
  const entry = /^\s*([\w-]+):\s+([^"'\s].*?)\s*$/.exec(line);
  const [, name = "", value = ""] = entry ?? [];
  if (value.startsWith("{") && name === "key")
    return `Put a pattern that begins with { in quotes: key: "${clip(value)}"`;
  if (value.endsWith(":")) return `Put text that ends in a colon in quotes: ${clip(name)}: "${clip(value)}"`;
  if (/[{,]\s*[\w-]+:\s*[^"'{},]*\$?\{/.test(line)) return "Inside of { } put text that holds braces in quotes";
  if (/^[@`%]/.test(value)) return `Put text that begins with ${value[0]} in quotes: ${clip(name)}: "${clip(value)}"`;
  if (code === "TAG_RESOLVE_FAILED") return "Tags such as !name are not known here; leave it out";
  return "Check the indentation, and the quotes and brackets before this place";
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return text.slice(start, end === -1 ? text.length : end);
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
