import { nearest, quote } from "@cachetory/runtime/schemes";
import { resolveTypesCached } from "../cache/resolve-types-cached.ts";
import { resolveRequest } from "../generate/resolve-request.ts";
import { validateFile } from "../generate/validate-file.ts";
import type { Host } from "../host.ts";
import type {
  BackendDeclaration,
  CacheDeclaration,
  Declarations,
  NamedValue,
  UnkeyedCache,
} from "../model/declaration.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";
import { listNames } from "../model/list-names.ts";
import { madeCaches } from "../model/made-caches.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import type { ReadDeclarations } from "../read/read-declarations.ts";
import type { Resolution } from "../resolve/resolution.ts";
import { type EnterPhase, ignorePhases } from "../timing/phase.ts";

/** A cache that a command line names. */
export interface AskedCache {
  readonly cache: CacheDeclaration;
  readonly backend: BackendDeclaration;
  readonly declarations: Declarations;
  /** Where its value is written. */
  readonly named: NamedValue | undefined;
  /** By cache; those of `bytes` and of JSON Schemas have none. */
  readonly types: ReadonlyMap<string, ResolvedType>;
  /** What was found of the functions of the YAML, by their kinds. */
  readonly functions: Pick<Resolution, "memoized" | "mutated">;
}

/** The cache of a name, with its type; or what is against it. */
export async function askedCache(
  name: string,
  files: readonly string[],
  host: Host,
  enter: EnterPhase = ignorePhases,
): Promise<AskedCache | readonly Diagnostic[]> {
  enter("read");
  const read = files.map((file) => validateFile(file, host.files));
  const diagnostics = read.flatMap((each) => each.diagnostics);
  if (read.some(({ declarations }) => declarations === undefined)) return diagnostics;
  const found = findCache(name, read);
  if ("code" in found) return [found];
  const { declarations } = found;
  const { values } = found.read;
  const backend = declarations.backends.find((each) => each.name === found.cache.backend);
  if (backend === undefined) throw new Error(`The backend ${found.cache.backend} is not declared.`);

  enter("resolve");
  // All types, not only this one: so the last run of generate has them already.
  const request = resolveRequest(declarations.file, found.read);
  const { types, diagnostics: unresolved, ...functions } = await resolveTypesCached(request, host.files);
  const cache = keyed(found.cache, madeCaches(declarations, functions.memoized));
  if (cache === undefined || (cache.value.kind === "type" && !types.has(cache.name))) return unresolved;
  return { cache, backend, declarations, named: values.find((value) => value.name === name), types, functions };
}

interface FoundCache {
  readonly cache: CacheDeclaration | UnkeyedCache;
  readonly declarations: Declarations;
  readonly read: ReadDeclarations;
}

function findCache(name: string, read: readonly ReadDeclarations[]): FoundCache | Diagnostic {
  for (const each of read) {
    const { declarations } = each;
    const cache = cachesOf(declarations).find((one) => one.name === name);
    if (declarations !== undefined && cache !== undefined) return { cache, declarations, read: each };
  }
  const names = read.flatMap(({ declarations }) => cachesOf(declarations).map((cache) => cache.name));
  const filling = read.flatMap(({ memoized }) => memoized).find((each) => each.name === name);
  const near = filling?.cache.name ?? nearest(name, names);
  const declared = `Declared: ${listNames(names)}`;
  const meant =
    near === undefined
      ? ""
      : `Did you mean ${quote(near)}${filling === undefined ? "" : ", which the function fills"}? `;
  const hint = `${meant}${declared}`;
  return errorAt("C1016", undefined, `no cache is called ${quote(name)}`, hint);
}

/** Those that are declared, and those that are made for memoized functions, by name. */
function cachesOf(declarations: Declarations | undefined): readonly (CacheDeclaration | UnkeyedCache)[] {
  const made = declarations?.memoized.map(({ cache }) => cache).filter(({ key }) => key === undefined);
  return [...(declarations?.caches ?? []), ...(made ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `undefined` where its key could not be made. */
function keyed(
  cache: CacheDeclaration | UnkeyedCache,
  made: readonly CacheDeclaration[],
): CacheDeclaration | undefined {
  return cache.key === undefined ? made.find(({ name }) => name === cache.name) : cache;
}
