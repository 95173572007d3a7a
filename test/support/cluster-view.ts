import type { RedisServer } from "./redis-server.ts";

/** A node of a Cluster. What it is at the moment, master or replica, the Cluster tells. */
export interface ClusterNode extends RedisServer {
  readonly id: string;
}

/** What one node believes of all nodes. */
export type ClusterView = readonly NodeView[];

interface NodeView {
  readonly id: string;
  /** `undefined` for a master. */
  readonly masterId: string | undefined;
  readonly isFailing: boolean;
  /** Slots, both ends included. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

export async function viewOf(node: ClusterNode): Promise<ClusterView> {
  const lines = String(await node.ask("CLUSTER", "NODES"))
    .trim()
    .split("\n");
  return lines.map((line) => {
    const [id = "", , flags = "", master, , , , , ...slots] = line.split(" ");
    return {
      id,
      masterId: master === "-" ? undefined : master,
      isFailing: /fail|handshake|noaddr/.test(flags),
      // A slot on its way stands in brackets, after the ranges.
      ranges: slots.filter((slot) => !slot.startsWith("[")).map(rangeOf),
    };
  });
}

/** Id of the node that holds a slot. */
export function holderOf(view: ClusterView, slot: number): string | undefined {
  return view.find(({ ranges }) => ranges.some(([from, to]) => from <= slot && slot <= to))?.id;
}

/** Whether all nodes that serve agree on who holds what, say that all is well, and replicas are in sync. */
export async function isReady(nodes: readonly ClusterNode[]): Promise<boolean> {
  const serving = nodes.filter(({ isServing }) => isServing);
  const states = await Promise.all(serving.map(stateOf));
  const views = new Set(states.map(({ view }) => agreedPartOf(view)));
  const isComplete = states.every(({ view }) => view.length === nodes.length);
  return views.size === 1 && isComplete && states.every(({ isOk, isInSync }) => isOk && isInSync);
}

interface NodeState {
  readonly view: ClusterView;
  readonly isOk: boolean;
  readonly isInSync: boolean;
}

async function stateOf(node: ClusterNode): Promise<NodeState> {
  const [view, cluster, { isMaster, isFollowing, followers }] = await Promise.all([
    viewOf(node),
    node.ask("CLUSTER", "INFO"),
    node.replication(),
  ]);
  const expected = view.filter(({ masterId, isFailing }) => masterId === node.id && !isFailing).length;
  return {
    view,
    isOk: String(cluster).includes("cluster_state:ok"),
    isInSync: isMaster ? followers >= expected : isFollowing,
  };
}

function agreedPartOf(view: ClusterView): string {
  const parts = view.map(({ id, masterId, ranges }) => `${id} ${masterId} ${ranges.join(" ")}`);
  return parts.sort().join("\n");
}

function rangeOf(text: string): readonly [number, number] {
  const [from = "", to = from] = text.split("-");
  return [Number(from), Number(to)];
}
