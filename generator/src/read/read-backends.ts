import { type BackendScheme, backendSchemes, findBackendScheme, nearest, quote } from "@cachetory/runtime/schemes";
import type { BackendDeclaration, Span, UrlTemplate } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";
import type { NamedPlace } from "../model/usage.ts";
import { readBackendUrl } from "./backend-url.ts";
import { findNameProblem } from "./names.ts";
import type { Report } from "./report.ts";
import { isMap, isText, textOf, type YamlEntry, type YamlMap, type YamlNode, type YamlText } from "./yaml-tree.ts";

/** A backend as caches see it, also where it has mistakes of its own. */
export interface ReadBackend {
  readonly name: string;
  readonly nameSpan: Span;
  /** What may serve at run time; empty where that could not be read. */
  readonly schemes: readonly BackendScheme[];
  /** Whether one of those that `url` may name keeps entries in the process. */
  readonly isLocal: boolean;
  /** Whether all of those that `url` may name have replicas that can be read. */
  readonly hasReplicas: boolean;
  /** In its URLs, as far as these could be read. */
  readonly variables: readonly NamedPlace[];
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
  const schemes = readSchemes(map?.entries.get("schemes")?.value, report);
  const url = urlNode && readBackendUrl(urlNode, schemes, report);
  const development = developmentNode && readBackendUrl(developmentNode, undefined, report);
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
          schemes: schemes?.map(({ scheme }) => scheme),
          isDistinct: isTrue(map, "distinct"),
          isEvicting: isTrue(map, "evicts"),
          prefix: textOf(map, "prefix")?.value ?? "",
        }
      : undefined;
  return {
    name,
    nameSpan,
    schemes: [...(url?.schemes ?? []), ...(development?.schemes ?? [])],
    isLocal: url?.schemes.some((scheme) => scheme.isLocal) === true,
    hasReplicas: url !== undefined && url.schemes.length > 0 && url.schemes.every((scheme) => scheme.hasReplicas),
    variables: [...(url?.variables ?? []), ...(development?.variables ?? [])],
    declaration,
    warnings: [
      ...(url?.localDefault === undefined ? [] : [url.localDefault]),
      ...(developmentNode !== undefined && development !== undefined && url !== undefined
        ? idleDevelopment(url.template, developmentNode)
        : []),
    ],
  };
}

function isTrue(map: YamlMap | undefined, name: string): boolean {
  const node = map?.entries.get(name)?.value;
  return node?.kind === "scalar" && node.value === true;
}

/** What `url` may name at run time, without what is mistaken; `undefined` where nothing is left. */
function readSchemes(node: YamlNode | undefined, report: Report): readonly BackendScheme[] | undefined {
  if (node?.kind !== "list") return undefined;
  const schemes = node.items.filter(isText).flatMap((item) => readScheme(item, report) ?? []);
  return schemes.length === 0 ? undefined : schemes;
}

function readScheme(item: YamlText, report: Report): BackendScheme | undefined {
  const found = findBackendScheme(item.value);
  if (found !== undefined) return found;
  const names = backendSchemes.map(({ scheme }) => scheme);
  const near = nearest(item.value.replace(/:\/\/.*$/s, ""), names);
  const known = `Known: ${names.join(", ")}`;
  const hint = near === undefined ? known : `Did you mean ${near}? ${known}`;
  report("C1103", item.span, `unknown backend ${quote(item.value)}`, hint);
  return undefined;
}

/** The development URL serves where a variable of the other is unset: there must be one that can be. */
function idleDevelopment(url: UrlTemplate, node: YamlText): readonly Diagnostic[] {
  if (url.parts.some((part) => part.kind === "variable" && part.fallback === undefined)) return [];
  const hint = "Name a variable in url that has no default, as in url: ${REDIS_URL}, or leave development out";
  const message = "development never serves, for no variable that url needs can be unset";
  return [breachAt("C1403", node.span, message, hint)];
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
