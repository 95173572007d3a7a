import {
  type BackendScheme,
  backendSchemes,
  clip,
  findBackendScheme,
  missingOptions,
  nearest,
  type Problem,
  quote,
  readBackendAddress,
  readOptions,
} from "@cachetory/runtime/schemes";
import type { UrlTemplate } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";
import type { NamedPlace } from "../model/usage.ts";
import type { Report } from "./report.ts";
import { type ReadTemplate, readUrlTemplate, variableMark } from "./url-template.ts";
import { partOf, type YamlText } from "./yaml-tree.ts";

export interface BackendUrl {
  readonly template: UrlTemplate;
  readonly variables: readonly NamedPlace[];
  /** What may serve at run time: every check runs for each. */
  readonly schemes: readonly BackendScheme[];
  /** The default of a variable that makes each process its own cache, where it is one. */
  readonly localDefault: Diagnostic | undefined;
}

/**
 * Reads the URL of a backend and checks all of it that does not come from the environment. `named` are the schemes that
 * may come from there, where the file says so.
 */
export function readBackendUrl(
  node: YamlText,
  named: readonly BackendScheme[] | undefined,
  report: Report,
): BackendUrl | undefined {
  const read = readUrlTemplate(node, report);
  if (read === undefined) return undefined;
  const { template, masked, variables } = read;
  const [first] = template.parts;
  if (first?.kind !== "variable") {
    const scheme = checkUrl(masked, (start, end) => partOf(node, start, end), report);
    if (scheme === undefined) return undefined;
    if (scheme === "unknown") return { template, variables, schemes: named ?? redisFamily(), localDefault: undefined };
    checkNamed(scheme, named, node, report);
    return { template, variables, schemes: [scheme], localDefault: undefined };
  }
  if (first.fallback === undefined || first.fallback === "") {
    return { template, variables, schemes: named ?? redisFamily(), localDefault: undefined };
  }
  const fallback = checkUrl(first.fallback + restOf(read), () => node.span, report);
  if (fallback === undefined) return undefined;
  const schemes = fallback === "unknown" ? [] : [fallback];
  for (const scheme of schemes) checkNamed(scheme, named, node, report);
  return {
    template,
    variables,
    schemes: [...(named ?? redisFamily()), ...schemes],
    localDefault: schemes.some(({ isShared }) => !isShared) ? warning(first.name, node) : undefined,
  };
}

/** What the URL names itself must be among the schemes that the file names. */
function checkNamed(
  { scheme }: BackendScheme,
  named: readonly BackendScheme[] | undefined,
  node: YamlText,
  report: Report,
): void {
  if (named === undefined || named.some((other) => other.scheme === scheme)) return;
  const hint = `Add ${scheme} to schemes, or leave schemes out: it is for what comes from the environment`;
  report("C1404", node.span, `url names ${scheme}://, which is not among its schemes`, hint);
}

// What the environment will name is not known: most likely a Redis, and if it fits there, it fits in memory too.
function redisFamily(): readonly BackendScheme[] {
  return backendSchemes.filter(({ isShared }) => isShared);
}

function warning(variable: string, node: YamlText): Diagnostic {
  const message = `where ${clip(variable)} is not set, each process has a cache of its own, in production too`;
  const hint = `Write url: \${${clip(variable)}} with development: memory://, which serves outside of production only`;
  return breachAt("C1401", node.span, message, hint);
}

/** What follows the variable that the text begins with. */
function restOf({ template, masked }: ReadTemplate): string {
  return masked.slice(template.text.indexOf("}") + 1);
}

type Place = (start: number, end: number) => ReturnType<typeof partOf>;

/** The scheme of a URL whose variables are masked; `"unknown"` where the scheme itself is one; `undefined` for a mistake. */
function checkUrl(masked: string, place: Place, report: Report): BackendScheme | "unknown" | undefined {
  const known = backendSchemes.map(({ scheme }) => `${scheme}://`).join(", ");
  const [, name, address = "", query] = /^([^:/?#]*):\/\/([^?#]*)(?:\?([^#]*))?/s.exec(masked) ?? [];
  if (name?.includes(variableMark)) return "unknown";
  if (name === undefined || name === "") {
    report("C1102", place(0, masked.length), "this is no URL of a backend", `A URL begins with one of ${known}`);
    return undefined;
  }
  const scheme = findBackendScheme(name.toLowerCase());
  if (scheme === undefined) {
    const near = nearest(
      name,
      backendSchemes.map((candidate) => candidate.scheme),
    );
    const hint = near === undefined ? `Known: ${known}` : `Did you mean ${near}://? Known: ${known}`;
    report("C1103", place(0, name.length), `unknown backend ${quote(`${name}://`)}`, hint);
    return undefined;
  }
  const addressStart = name.length + 3;
  if (isPieceOfPassword(query ?? "", scheme)) {
    const at = addressStart + address.length;
    report("C1102", place(at, at + 1), 'a "?" stands before an "@"', "Write %3F where it is part of a password");
    return undefined;
  }
  const fragment = masked.indexOf("#");
  const problem = fragment === -1 ? addressProblem(scheme, address) : fragmentProblem;
  if (problem !== undefined) {
    const [start, end] = fragment === -1 ? [addressStart, addressStart + address.length] : [fragment, fragment + 1];
    report("C1102", place(start, end), problem.message, problem.hint);
  }
  const areOptionsFine = checkOptions(scheme, query ?? "", addressStart + address.length + 1, place, report);
  return problem === undefined && areOptionsFine ? scheme : undefined;
}

/** What looks like options that there are not, and an "@" behind: to show any of it would show the rest of a password. */
function isPieceOfPassword(query: string, { options }: BackendScheme): boolean {
  const isNoOption = (piece: string): boolean => {
    const name = piece.replace(/=.*$/s, "");
    return !name.includes(variableMark) && !Object.hasOwn(options, name);
  };
  return query.includes("@") && query.split("&").some(isNoOption);
}

const fragmentProblem: Problem = {
  message: 'a "#" cannot stand in the URL',
  hint: "Write %23 where it is part of a password",
};

function addressProblem(scheme: BackendScheme, address: string): Problem | undefined {
  // A digit can stand for a name, a port and a path alike.
  const filled = address.replace(new RegExp(`${variableMark}+`, "g"), "1");
  const read = readBackendAddress(scheme, filled);
  return "message" in read ? read : undefined;
}

function checkOptions(scheme: BackendScheme, query: string, start: number, place: Place, report: Report): boolean {
  const seen = new Set<string>();
  let isFine = true;
  let mayBeNamed = false;
  let at = start;
  for (const piece of query.split("&")) {
    const [entry] = new URLSearchParams(piece);
    const span = place(at, at + piece.length);
    at += piece.length + 1;
    // An option named by a variable is checked when the backend is first used.
    if (entry?.[0].includes(variableMark)) mayBeNamed = true;
    if (entry === undefined || entry[0].includes(variableMark)) continue;
    const [option, value] = entry;
    if (seen.has(option)) {
      isFine = false;
      report("C1104", span, `option ${quote(option)} is given more than once`, "Keep one of them");
      continue;
    }
    seen.add(option);
    const isVariable = value.includes(variableMark) && Object.hasOwn(scheme.options, option);
    for (const problem of isVariable ? [] : readOptions(scheme.options, [entry]).problems) {
      isFine = false;
      report("C1104", span, `${scheme.scheme}: ${problem.message}`, problem.hint);
    }
  }
  for (const problem of mayBeNamed ? [] : missingOptions(scheme.options, seen)) {
    isFine = false;
    report("C1104", place(0, start - 1), `${scheme.scheme}: ${problem.message}`, problem.hint);
  }
  return isFine;
}
