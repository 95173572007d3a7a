import { dirname, isAbsolute, join, relative } from "node:path";
import type { RequestedType } from "./resolution.ts";

/** A module, as a YAML file names it. */
export interface NamedModule {
  readonly written: string;
  /** Absolute folder of the YAML file, where paths start. */
  readonly folder: string;
  /** The same module as seen from the folder of the request, in which it is imported. */
  readonly specifier: string;
}

/** The modules that types come from, by type: one object for one name in one folder. */
export function namedModules(types: readonly RequestedType[], from: string): ReadonlyMap<RequestedType, NamedModule> {
  const distinct = new Map<string, NamedModule>();
  const found: [RequestedType, NamedModule][] = [];
  for (const type of types) {
    if (type.module === undefined) continue;
    const folder = dirname(type.span.file);
    const key = JSON.stringify([type.module, folder]);
    const named = distinct.get(key) ?? { written: type.module, folder, specifier: seenFrom(from, folder, type.module) };
    distinct.set(key, named);
    found.push([type, named]);
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
