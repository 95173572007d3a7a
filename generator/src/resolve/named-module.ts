import { dirname, isAbsolute, join, relative } from "node:path";
import type { NamedFunction } from "../model/declaration.ts";
import type { RequestedType } from "./resolution.ts";

/** A module, as a YAML file names it. */
export interface NamedModule {
  readonly written: string;
  /** Absolute folder of the YAML file, where paths start. */
  readonly folder: string;
  /** The same module as seen from the folder of the request, in which it is imported. */
  readonly specifier: string;
}

/** What comes from a module. */
type Named = RequestedType | NamedFunction;

/** The modules that types and functions come from, by these: one object for one name in one folder. */
export function namedModules(all: readonly Named[], from: string): ReadonlyMap<Named, NamedModule> {
  const distinct = new Map<string, NamedModule>();
  const found: [Named, NamedModule][] = [];
  for (const each of all) {
    const { module } = each;
    if (module === undefined) continue;
    const folder = dirname(("functionSpan" in each ? each.functionSpan : each.span).file);
    const key = JSON.stringify([module, folder]);
    const named = distinct.get(key) ?? { written: module, folder, specifier: seenFrom(from, folder, module) };
    distinct.set(key, named);
    found.push([each, named]);
  }
  return new Map(found);
}

export function isPath(specifier: string): boolean {
  return /^\.\.?(\/|$)/.test(specifier) || isAbsolute(specifier);
}

function seenFrom(from: string, folder: string, specifier: string): string {
  if (folder === from || !isPath(specifier)) return specifier;
  const path = relative(from, join(folder, specifier)).replaceAll("\\", "/");
  return path.startsWith("../") || path === ".." ? path : `./${path}`;
}
