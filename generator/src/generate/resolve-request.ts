import path from "node:path";
import { cacheModule } from "../emit/cache-module.ts";
import type { Declarations, NamedValue } from "../model/declaration.ts";
import type { ReadDeclarations } from "../read/read-declarations.ts";
import type { GeneratedModules, RequestedType, ResolveRequest } from "../resolve/resolution.ts";

/** What to ask about the types of a YAML file, which every command asks alike: so the last run has it already. */
export function resolveRequest(
  file: string,
  { readable, values, memoized, mutations }: ReadDeclarations,
): ResolveRequest {
  const types = requestedTypes(values);
  const ttlFunctions = values.flatMap((cache) =>
    cache.ttlFunction === undefined ? [] : [{ ...cache.ttlFunction, cache }],
  );
  const functionCount = memoized.length + mutations.length + ttlFunctions.length;
  const isOfUserCode = functionCount > 0 || types.some(({ module }) => module !== undefined);
  const generated = readable !== undefined && isOfUserCode ? modulesOfSchemas(readable) : undefined;
  const output = readable?.output;
  return { folder: path.dirname(file), output, types, memoized, mutations, ttlFunctions, generated };
}

/** The types of these values; `bytes` has none to resolve. */
function requestedTypes(values: readonly NamedValue[]): readonly RequestedType[] {
  return values.flatMap(({ name, value, span }) =>
    value.kind === "type" ? [{ id: name, expression: value.expression, module: value.module, span }] : [],
  );
}

/** What code of the user may import types from, though that is resolved before anything is emitted. */
function modulesOfSchemas(declarations: Declarations): GeneratedModules | undefined {
  const caches = declarations.caches.filter(({ value }) => value.kind === "schema");
  if (caches.length === 0) return undefined;
  const none = new Map<string, never>();
  // What imports end in is not known yet, and the compiler takes this for every ending.
  const model = {
    declarations,
    types: none,
    memoized: none,
    mutated: none,
    ttlFunctions: none,
    importExtension: "js",
  } as const;
  return { output: declarations.output, files: caches.map((cache) => cacheModule(cache, model)) };
}
