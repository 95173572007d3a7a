import { quote } from "@cachetory/runtime/schemes";
import { reservedWords } from "../model/reserved-words.ts";

/** Why a name cannot be that of a cache or backend, and a better one where there is one. */
export interface NameProblem {
  readonly message: string;
  readonly hint: string;
}

/** What has a name of its own in the YAML. */
export type NamedSubject = "cache" | "backend" | "memoized function" | "mutation";

/** Names become identifiers, properties and files, so they must be good as each. */
export function findNameProblem(subject: NamedSubject, name: string): NameProblem | undefined {
  const called = `${quote(name)} cannot be the name of a ${subject}`;
  const better = (stem: string): string => `${stem}${suffixes[subject]}`;
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) {
    const similar = camelCase(name);
    const rule = "Names are camelCase, of ASCII letters and digits";
    return { message: called, hint: similar === undefined ? rule : `Did you mean ${quote(similar)}? ${rule}` };
  }
  if (reservedWords.has(name)) {
    return { message: `${called}: it is a reserved word`, hint: `Write ${better(name)}, for one` };
  }
  if (ownNames.has(name) || Object.hasOwn(Object.prototype, name)) {
    const message = `${called}: generated code has a use of its own for it`;
    return { message, hint: `Write ${better(name === "caches" ? "main" : name)}, for one` };
  }
  if (/^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(name)) {
    return { message: `${called}: Windows allows no file of that name`, hint: `Write ${better(name)}, for one` };
  }
  return undefined;
}

const suffixes: Readonly<Record<NamedSubject, string>> = {
  cache: "Cache",
  backend: "Cache",
  "memoized function": "Cached",
  mutation: "One",
};

function camelCase(name: string): string | undefined {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const joined = words
    .map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
    .join("");
  return /^[a-z][A-Za-z0-9]*$/.test(joined) && joined !== name ? joined : undefined;
}

const ownNames: ReadonlySet<string> = new Set([
  "backends",
  "caches",
  "close",
  "createCaches",
  "drain",
  "health",
  "index",
  "memoize",
  "mutate",
  "prototype",
  "ready",
  "then",
]);
