import { backendsModule } from "./backends-module.ts";
import { cacheModule } from "./cache-module.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { indexModule } from "./index-module.ts";
import { memoizeModule } from "./memoize-module.ts";
import { mutateModule } from "./mutate-module.ts";
import type { OutputModel } from "./output-model.ts";

/**
 * The whole output folder, sorted by name. The same model gives the same bytes, whenever and wherever.
 *
 * @param emitCache - gives what `cacheModule` gives
 */
export function emitOutput(model: OutputModel, emitCache: typeof cacheModule = cacheModule): readonly GeneratedFile[] {
  const caches = model.declarations.caches.map((cache) => emitCache(cache, model));
  const memoized = model.declarations.memoized.length === 0 ? [] : [memoizeModule(model)];
  const mutations = model.declarations.mutations.length === 0 ? [] : [mutateModule(model)];
  const files = [...caches, ...memoized, ...mutations, backendsModule(model), indexModule(model)];
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}
