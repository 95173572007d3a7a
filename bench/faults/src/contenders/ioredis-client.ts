import { Cluster, Redis } from "ioredis";
import { addressesOf, addressOf, type Place } from "../topology.ts";

/** ioredis with its own defaults; somebody listens to its errors, as every application should. */
export function ioredisClient(place: Place): Redis | Cluster {
  const client = clientOf(place);
  client.on("error", () => {});
  return client;
}

function clientOf(place: Place): Redis | Cluster {
  switch (place.topology) {
    case "alone":
      return new Redis(addressOf(place));
    case "cluster":
      return new Cluster([...addressesOf(place)]);
    case "sentinel":
      return new Redis({ sentinels: [...addressesOf(place)], name: place.masterName });
  }
}
