import type { Contender, Place } from "./contender.ts";
import { clusterEntrants, redisEntrants } from "./entrants.ts";

/** The contender of a name, opened on a server or on a Cluster. */
export async function openEntrant(name: string, place: Place): Promise<Contender> {
  const entrants = place.nodes.length > 1 ? clusterEntrants : redisEntrants;
  const entrant = entrants.find((each) => each.name === name);
  if (entrant === undefined) throw new Error(`There is no contender ${name}.`);
  return entrant.open(place);
}
