import { backendsModule } from "./backends-module.ts";
import { cacheModule } from "./cache-module.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { indexModule } from "./index-module.ts";
import { memoizeModule } from "./memoize-module.ts";
import { mutateModule } from "./mutate-module.ts";
import type { OutputModel } from "./output-model.ts";
import { hasTags, tagsModule } from "./tags-module.ts";

/** What takes longest to emit; others may stand for these functions that give the same. */
export interface Emitters {
  readonly cacheModule: typeof cacheModule;
  readonly indexModule: typeof indexModule;
}

/** The whole output folder, sorted by name. The same model gives the same bytes, whenever and wherever. */
export function emitOutput(
  model: OutputModel,
  emit: Emitters = { cacheModule, indexModule },
): readonly GeneratedFile[] {
  const caches = model.declarations.caches.map((cache) => emit.cacheModule(cache, model));
  const memoized = model.declarations.memoized.length === 0 ? [] : [memoizeModule(model)];
  const mutations = model.declarations.mutations.length === 0 ? [] : [mutateModule(model)];
  const tags = hasTags(model) ? [tagsModule(model)] : [];
  const files = [...caches, ...memoized, ...mutations, ...tags, backendsModule(model), emit.indexModule(model)];
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}
