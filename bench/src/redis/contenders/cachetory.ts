import { backendOf, generatedCache } from "../../generated-caches.ts";
import { type Contender, type Place, type Stored, typedName } from "../contender.ts";

/** The caches that `cachetory generate` makes, with JSON or with `typed`. */
export async function openCachetory(place: Place, serializer: "json" | "typed"): Promise<Contender> {
  const backend = backendOf(urlOf(place));
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

function urlOf({ nodes, database }: Place): string {
  const hosts = nodes.map(({ host, port }) => `${host}:${port}`).join(",");
  return nodes.length > 1 ? `redis+cluster://${hosts}` : `redis://${hosts}/${database}`;
}
