import type { Cache } from "@cachetory/runtime";
import type { CacheSet } from "@cachetory/runtime/codegen/v1/core";
import type { Contender } from "../contender.ts";
import type { Probe } from "../probe.ts";
import { addressesOf, type Place } from "../topology.ts";

// The modules are generated right before these here are compiled, and are there only then: so they are imported by URL, and
// their shape is written down once more.
const folder = new URL("../../caches/index.js", import.meta.url);

interface ById {
  readonly id: number;
}

interface Caches extends CacheSet {
  readonly fresh: Cache<ById, Probe>;
  readonly hot: Cache<ById, Probe>;
  readonly bulk: Cache<ById, string>;
}

/** The caches that `cachetory generate` makes, with the backend's URL in a variable, and all options what they are by default. */
export async function openCachetory(place: Place): Promise<Contender> {
  process.env["FAULTS_URL"] = urlOf(place);
  const { createCaches } = (await import(folder.href)) as { readonly createCaches: () => Caches };
  const caches = createCaches();
  await caches.ready();
  return {
    getOrSet: (cache, id, load) => caches[cache].getOrSet({ id }, load),
    setBulk: (id, text) => caches.bulk.set({ id }, text),
    clearBulk: () => caches.bulk.clear(),
    close: () => caches.close(),
  };
}

function urlOf(place: Place): string {
  const addresses = addressesOf(place)
    .map(({ host, port }) => `${host}:${port}`)
    .join(",");
  switch (place.topology) {
    case "alone":
      return `redis://${addresses}`;
    case "cluster":
      return `redis+cluster://${addresses}`;
    case "sentinel":
      return `redis+sentinel://${addresses}?master=${place.masterName}`;
  }
}
