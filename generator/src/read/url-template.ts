import { clip } from "@cachetory/runtime/schemes";
import type { UrlPart, UrlTemplate } from "../model/declaration.ts";
import type { NamedPlace } from "../model/usage.ts";
import type { Report } from "./report.ts";
import { partOf, type YamlText } from "./yaml-tree.ts";

/** Stands for each character of a variable where a URL is checked with its places kept. A private-use character. */
export const variableMark = "\ue000";

export interface ReadTemplate {
  readonly template: UrlTemplate;
  /** The text with every character of `${…}` replaced by {@link variableMark}. */
  readonly masked: string;
  readonly variables: readonly NamedPlace[];
}

/** Finds `${NAME}`, `${NAME:-fallback}` and `${NAME:?message}` in a URL. A `$` without `{` is itself. */
export function readUrlTemplate(node: YamlText, report: Report): ReadTemplate | undefined {
  const text = node.value;
  const parts: UrlPart[] = [];
  const variables: NamedPlace[] = [];
  let masked = "";
  let at = 0;
  let isWellFormed = true;
  while (at < text.length) {
    const start = text.indexOf("${", at);
    const literal = text.slice(at, start === -1 ? text.length : start);
    if (literal !== "") parts.push({ kind: "literal", text: literal });
    masked += literal;
    if (start === -1) break;
    const close = text.indexOf("}", start);
    const end = close === -1 ? text.length : close + 1;
    const variable = close === -1 ? unclosed : readVariable(text.slice(start + 2, close));
    if ("hint" in variable) {
      isWellFormed = false;
      report("C1102", partOf(node, start, end), variable.message, variable.hint);
    } else {
      parts.push(variable);
      const nameStart = start + 2;
      variables.push({ name: variable.name, span: partOf(node, nameStart, nameStart + variable.name.length) });
    }
    masked += variableMark.repeat(end - start);
    at = end;
  }
  return isWellFormed ? { template: { text, parts, span: node.span }, masked, variables } : undefined;
}

interface Malformed {
  readonly message: string;
  readonly hint: string;
}

const unclosed: Malformed = { message: 'a variable is not closed by "}"', hint: "Write ${NAME}" };

function readVariable(inner: string): Extract<UrlPart, { kind: "variable" }> | Malformed {
  const [, name, operator, argument = ""] = /^([A-Za-z_][A-Za-z0-9_]*)(?:(:-|:\?)(.*))?$/s.exec(inner) ?? [];
  if (name === undefined) {
    // Nothing of a default is shown: it may hold a password.
    const message = `"\${${clip(/^[^-?=+:]*/.exec(inner)?.[0] ?? "")}…" names no environment variable`;
    const [, plain] = /^([A-Za-z_][A-Za-z0-9_]*)[-?=+]/.exec(inner) ?? [];
    const general = "Write ${NAME}, ${NAME:-default} or ${NAME:?message}; names are letters, digits and _";
    return { message, hint: plain === undefined ? general : `Did you mean \${${clip(plain)}:-…}? ${general}` };
  }
  if (argument.includes("${")) {
    return {
      message: `\${${clip(name)}} has a variable inside of its default`,
      hint: "Write the default as plain text",
    };
  }
  return {
    kind: "variable",
    name,
    fallback: operator === ":-" ? argument : undefined,
    message: operator === ":?" && argument !== "" ? argument : undefined,
  };
}
