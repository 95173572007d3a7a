import type { Backend, Cache, Serializer } from "@cachetory/runtime";
import {
  bindCaches,
  type CacheDefinition,
  type DeclaredBackend,
  declareBackend,
} from "@cachetory/runtime/codegen/v1/core";

/** The key of every cache in `cachetory.yaml`. */
export interface ById {
  readonly id: number;
}

// The modules are generated right before these here are compiled, and are there only then: so they are imported by URL, and
// their shape is written down once more.
const folder = new URL("../generated/", import.meta.url);

/** A generated cache on a backend: what `createCaches` makes, without the other caches of the file. */
export async function generatedCache<Value>(name: string, backend: Backend): Promise<Cache<ById, Value>> {
  const [definition, { store }] = await Promise.all([
    definitionOf<Value>(name),
    import(new URL("backends.gen.js", folder).href) as Promise<{ readonly store: DeclaredBackend }>,
  ]);
  return bindCaches({ cache: [definition, store] }, { store: backend }).cache;
}

/** The backend of a URL, made as generated code makes it, which loads no more of the runtime than it uses. */
export function backendOf(url: string): Backend {
  return declareBackend({ name: "store", url: [url] }).make();
}

/** The serializer of a generated cache. */
export async function generatedSerializer(name: string): Promise<Serializer> {
  // What a definition takes depends on the declaration; with `typed` it is nothing.
  const { serializer } = (await definitionOf(name)) as { readonly serializer: () => Serializer };
  return serializer();
}

/** How a generated cache is made. */
export async function definitionOf<Value>(name: string): Promise<CacheDefinition<ById, Value>> {
  // The names of caches and the types of their values stand side by side in `cachetory.yaml`.
  const module: Readonly<Record<string, CacheDefinition<ById, Value>>> = await import(
    new URL(`${name}.gen.js`, folder).href
  );
  const definition = module[`${name}Definition`];
  if (definition === undefined) throw new Error(`cachetory.yaml declares no cache ${name}.`);
  return definition;
}
