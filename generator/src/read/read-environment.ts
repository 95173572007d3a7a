import { quote } from "@cachetory/runtime/schemes";
import type { NamedPlace } from "../model/usage.ts";
import type { Report } from "./report.ts";
import { isText, type YamlMap, type YamlNode } from "./yaml-tree.ts";

/** The names that files list under `environment`; `undefined` where none of them has it. */
export function readEnvironment(roots: readonly YamlMap[], report: Report): readonly NamedPlace[] | undefined {
  const nodes = roots.flatMap((root) => root.entries.get("environment")?.value ?? []);
  return nodes.length === 0 ? undefined : nodes.flatMap((node) => readNames(node, report));
}

function readNames(node: YamlNode, report: Report): readonly NamedPlace[] {
  const items = node.kind === "list" ? node.items.filter(isText) : [];
  return items.flatMap(({ value, span }) => {
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(value)) return [{ name: value, span }];
    const [, inner] = /^\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?$/.exec(value) ?? [];
    const rule = "Names are letters, digits and _";
    const hint = inner === undefined ? rule : `Did you mean ${inner}? ${rule}`;
    report("C1008", span, `${quote(value)} is no name of an environment variable`, hint);
    return [];
  });
}
