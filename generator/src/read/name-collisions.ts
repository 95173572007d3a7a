import { quote } from "@cachetory/runtime/schemes";
import type { Span } from "../model/declaration.ts";
import type { Report } from "./report.ts";

export interface DeclaredName {
  readonly subject: "cache" | "backend";
  readonly name: string;
  readonly span: Span;
}

/**
 * Reports names that would make one file where case does not count, or one export twice. Backends come first in `names`,
 * then caches, each in the order of the files.
 */
export function reportCollisions(names: readonly DeclaredName[], report: Report): void {
  const taken = new Map<string, DeclaredName>();
  for (const declared of names) {
    const other = [declared.name, ...derivedExports(declared)]
      .map((name) => taken.get(name.toLowerCase()))
      .find(Boolean);
    if (other === undefined) {
      for (const name of [declared.name, ...derivedExports(declared)]) taken.set(name.toLowerCase(), declared);
      continue;
    }
    if (declared.subject === other.subject && declared.name === other.name) {
      report(
        "C1302",
        declared.span,
        `${declared.subject} ${quote(declared.name)} is declared twice`,
        "Rename one of them",
        [{ span: other.span, message: "it is first declared here" }],
      );
      continue;
    }
    const both = `${declared.subject} ${quote(declared.name)} and ${other.subject} ${quote(other.name)}`;
    const isSame = declared.name.toLowerCase() === other.name.toLowerCase();
    const why = isSame ? "have names that are equal but for case" : "would make exports of one name";
    const message = declared.name === other.name ? `${both} would make exports of one name` : `${both} ${why}`;
    report("C1302", declared.span, message, "Rename one of them", [
      { span: other.span, message: `${other.subject} ${quote(other.name)} is declared here` },
    ]);
  }
}

/** What is generated for a cache besides its name; its types differ from all of these in their first letter. */
function derivedExports({ subject, name }: DeclaredName): readonly string[] {
  if (subject === "backend") return [];
  return [`${name}Definition`, `memoize${name.charAt(0).toUpperCase()}${name.slice(1)}`];
}
