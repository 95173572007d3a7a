import type { BackendScheme } from "@cachetory/runtime/schemes";
import type { BackendDeclaration, Span } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { readBackendUrl } from "./backend-url.ts";
import { findNameProblem } from "./names.ts";
import type { Report } from "./report.ts";
import { isMap, isText, textOf, type YamlEntry, type YamlMap } from "./yaml-tree.ts";

/** A backend as caches see it, also where it has mistakes of its own. */
export interface ReadBackend {
  readonly name: string;
  readonly nameSpan: Span;
  /** What may serve at run time; empty where that could not be read. */
  readonly schemes: readonly BackendScheme[];
  readonly declaration: BackendDeclaration | undefined;
  readonly warnings: readonly Diagnostic[];
}

export function readBackends(section: YamlMap | undefined, report: Report): readonly ReadBackend[] {
  return [...(section?.entries.values() ?? [])].map((entry) => readBackend(entry, report));
}

function readBackend({ key: name, keySpan: nameSpan, value }: YamlEntry, report: Report): ReadBackend {
  const problem = findNameProblem("backend", name);
  if (problem !== undefined) report("C1301", nameSpan, problem.message, problem.hint);

  const map = isMap(value) ? value : undefined;
  const urlNode = isText(value) ? value : textOf(map, "url");
  const developmentNode = textOf(map, "development");
  const url = urlNode && readBackendUrl(urlNode, report);
  const development = developmentNode && readBackendUrl(developmentNode, report);
  const isPrefixFine = checkPrefix(map, report);
  const isWhole = url !== undefined && (developmentNode === undefined || development !== undefined);
  const declaration: BackendDeclaration | undefined =
    problem === undefined && isWhole && isPrefixFine
      ? {
          name,
          nameSpan,
          description: textOf(map, "description")?.value,
          url: url.template,
          development: development?.template,
          prefix: textOf(map, "prefix")?.value ?? "",
        }
      : undefined;
  return {
    name,
    nameSpan,
    schemes: [...(url?.schemes ?? []), ...(development?.schemes ?? [])],
    declaration,
    warnings: url?.localDefault === undefined ? [] : [url.localDefault],
  };
}

function checkPrefix(map: YamlMap | undefined, report: Report): boolean {
  const prefix = textOf(map, "prefix");
  if (prefix === undefined || !/[\s\p{Cc}\p{Cs}~]/u.test(prefix.value)) return true;
  report(
    "C1203",
    prefix.span,
    "a prefix has no white space, no control characters and no ~",
    'For example: prefix: "shop:"',
  );
  return false;
}
