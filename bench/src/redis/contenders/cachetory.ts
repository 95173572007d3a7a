import { RedisBackend } from "@cachetory/runtime";
import { generatedCache } from "../../generated-caches.ts";
import { type Contender, type Place, type Stored, serverOf, typedName } from "../contender.ts";

/** The caches that `cachetory generate` makes, with JSON or with `typed`. */
export async function openCachetory(place: Place, serializer: "json" | "typed"): Promise<Contender> {
  const backend = new RedisBackend(place.nodes.length > 1 ? { cluster: place.nodes } : serverOf(place));
  await backend.ready();
  const { subject } = place;
  const cache = await generatedCache<Stored>(serializer === "json" ? subject : typedName(subject), backend);
  return {
    get: (id) => cache.get({ id }),
    set: (id, value) => cache.set({ id }, value),
    getMany: async (ids) => (await cache.getMany(ids.map((id) => ({ id })))).values(),
    setMany: (items) => cache.setMany(items.map(([id, value]) => [{ id }, value])),
    getOrSet: (id, load) => cache.getOrSet({ id }, load),
    close: () => backend.close(),
  };
}
