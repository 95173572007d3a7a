import { positionOf } from "../../../generator/src/cli/report/source-texts.ts";
import { validateFile } from "../../../generator/src/generate/validate-file.ts";
import { readOnlyFiles } from "../read/memory-files.ts";
import { yamlPath } from "../read/read-text.ts";

/** What `validate` finds, each as `line:column severity code` and what stands there. */
export function brokenRules(yaml: string, included: Readonly<Record<string, string>> = {}): readonly string[] {
  const texts: Readonly<Record<string, string>> = { [yamlPath]: yaml, ...included };
  return validateFile(yamlPath, readOnlyFiles(texts)).diagnostics.map(({ code, severity, span }) => {
    const text = texts[span?.file ?? ""] ?? "";
    const { line, column } = positionOf(text, span?.start ?? 0);
    const file = span?.file === yamlPath ? "" : `${span?.file.split("/").at(-1)}:`;
    return `${file}${line}:${column} ${severity} ${code} ${text.slice(span?.start, span?.end)}`;
  });
}

/** A file in which cache `page` cannot be cleared, in line 7 (C1402), and backend `shared` falls back, in line 4 (C1401). */
export const breaking: string = `version: 1
output: src/caches
backends:
  shared: \${REDIS_URL:-memory://}
defaults: { backend: shared, ttl: 1h }
caches:
  page: { key: "{path}", value: string }
`;

export const fallsBack = "4:11 warning C1401 ${REDIS_URL:-memory://}";
export const isUnclearable = '7:16 warning C1402 "{path}"';
