export const topologies = ["alone", "cluster", "sentinel"] as const;

export type Topology = (typeof topologies)[number];

/** What a contender is told about where its Redis is. Ports of the loopback. */
export interface Place {
  readonly topology: Topology;
  /** Of the server, of some nodes of the Cluster, or of the sentinels. */
  readonly ports: readonly number[];
  /** Under which the sentinels know the master. */
  readonly masterName: string;
}

/** As clients take it. */
export function addressesOf({ ports }: Place): readonly { readonly host: string; readonly port: number }[] {
  return ports.map((port) => ({ host: "127.0.0.1", port }));
}

/** The one address of a server, or the first one. */
export function addressOf(place: Place): { readonly host: string; readonly port: number } {
  const [first] = addressesOf(place);
  if (first === undefined) throw new Error("There is no server.");
  return first;
}
