import { positionOf } from "../../../generator/src/cli/report/source-texts.ts";
import type { Declarations } from "../../../generator/src/model/declaration.ts";
import { readDeclarations } from "../../../generator/src/read/read-declarations.ts";
import { readOnlyFiles } from "./memory-files.ts";

export const yamlPath = "/project/cachetory.yaml";

/** A finding as tests write it: place, the text there, code, message and hint. */
export interface Found {
  readonly at: string;
  readonly text: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
}

export function findingsIn(yaml: string): readonly Found[] {
  const { diagnostics } = readDeclarations(yamlPath, readOnlyFiles({ [yamlPath]: yaml }));
  const text = yaml.replace(/^\ufeff/, "");
  return diagnostics.map(({ code, span, message, hint }) => {
    const { line, column } = positionOf(text, span?.start ?? 0);
    return { at: `${line}:${column}`, text: text.slice(span?.start, span?.end), code, message, hint };
  });
}

/** The declarations of a text in which nothing may be found. */
export function declarationsOf(yaml: string): Declarations {
  const { declarations, diagnostics } = readDeclarations(yamlPath, readOnlyFiles({ [yamlPath]: yaml }));
  if (declarations === undefined || diagnostics.length > 0) {
    throw new Error(`unexpected findings: ${JSON.stringify(diagnostics, null, 2)}`);
  }
  return declarations;
}

/** A file of three backends and one cache `c`, of which `lines` are the properties; they begin at line 8. */
export function cacheWith(...lines: readonly string[]): string {
  return [
    "version: 1",
    "output: src/caches",
    "backends: { local: memory://, redis: redis://localhost, none: dummy:// }",
    "defaults: { backend: local, ttl: 1h }",
    "",
    "caches:",
    "  c:",
    ...lines.map((line) => `    ${line}`),
    "",
  ].join("\n");
}

/** A file with one cache, whose backends are `lines`; they begin at line 5. */
export function backendsWith(...lines: readonly string[]): string {
  return [
    "version: 1",
    "output: src/caches",
    "caches: { c: { key: c, value: string, ttl: 1h, backend: local } }",
    "backends:",
    ...lines.map((line) => `  ${line}`),
    "  local: memory://",
    "",
  ].join("\n");
}
