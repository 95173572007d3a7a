import { createKeyv } from "@keyv/redis";
import type { Keyv } from "keyv";
import { addressesOf, addressOf, type Place } from "../topology.ts";

/** What cacheable and cache-manager keep entries in: Keyv on node-redis, all options what they are by default. */
export function keyvStore(place: Place, options?: { readonly namespace: string }): Keyv {
  // Whatever its types say, it takes what it needs for a Cluster and for sentinels as well.
  const connection = connectionOf(place) as Parameters<typeof createKeyv>[0];
  const keyv = createKeyv(connection, options);
  keyv.on("error", () => {});
  return keyv;
}

function connectionOf(place: Place): unknown {
  switch (place.topology) {
    case "alone": {
      const { host, port } = addressOf(place);
      return `redis://${host}:${port}`;
    }
    case "cluster":
      return { rootNodes: addressesOf(place).map(({ host, port }) => ({ url: `redis://${host}:${port}` })) };
    case "sentinel":
      return { name: place.masterName, sentinelRootNodes: addressesOf(place) };
  }
}
