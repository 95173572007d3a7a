import { type ClusterNode, type ClusterView, holderOf, isReady, viewOf } from "./cluster-view.ts";
import { moveKeys } from "./move-keys.ts";
import { type RedisServerOptions, startRedisServer } from "./redis-server.ts";
import { until } from "./until.ts";

const slots = 16_384;
const masters = 3;

/** How a Cluster of the tests differs from a plain one. */
export interface RedisClusterOptions extends Pick<RedisServerOptions, "config" | "password" | "tls" | "niceness"> {
  /** After so long without an answer a node is taken for dead. Milliseconds, default 1,000. */
  readonly nodeTimeoutMs?: number;
}

/** A slot on its way to another master: it is with both, and clients are sent from one to the other by ASK. */
export interface SlotMigration {
  /** Moves so many of the keys that are left, by default all; answers how many were moved. */
  moveKeys(count?: number): Promise<number>;
  /** Gives the slot to its new master. All keys must have been moved. */
  finish(): Promise<void>;
}

/** A real Redis Cluster of three masters, each with one replica, on free loopback ports. */
export interface RedisCluster {
  /** The first three began as masters, each with a third of the slots; the others as their replicas, in this order. */
  readonly nodes: readonly ClusterNode[];
  /** Who holds the slot, or the slot of the key, now. */
  masterOf(slotOrKey: number | string): Promise<ClusterNode>;
  /**
   * Whom all nodes take for its master, and for well, that serve; `undefined` while they differ.
   *
   * @param except - who is not asked, since he would not answer
   */
  agreedMasterOf(key: string, except?: { readonly port: number }): Promise<ClusterNode | undefined>;
  /** Who stands ready for it now. */
  replicaOf(master: ClusterNode): Promise<ClusterNode>;
  slotOf(key: string): Promise<number>;
  /** Resolves when the replica is a master, and every node knows it. Nothing is lost. */
  failover(replica: ClusterNode): Promise<void>;
  /** Begins to move a slot, and leaves it half-way. */
  startMigration(slot: number, to: ClusterNode): Promise<SlotMigration>;
  /** Moves a slot with its keys, under load if there is any. */
  migrateSlot(slot: number, to: ClusterNode): Promise<void>;
  /** Resolves when all nodes that serve agree on who holds what, say that all is well, and replicas are in sync. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a Cluster. It takes about two seconds: so long a master that has just come up refuses to serve.
 *
 * @example
 * ```ts
 * const cluster = await startRedisCluster();
 * const client = new Cluster(cluster.nodes.map(({ port }) => ({ host: "127.0.0.1", port })));
 * const master = await cluster.masterOf("some key");
 * await master.kill();
 * ```
 */
export async function startRedisCluster(options: RedisClusterOptions = {}): Promise<RedisCluster> {
  const servers = await Promise.all(Array.from({ length: 2 * masters }, () => startRedisServer(nodeOptions(options))));
  try {
    const nodes = await Promise.all(
      servers.map(async (server) => Object.assign(server, { id: String(await server.ask("CLUSTER", "MYID")) })),
    );
    await form(nodes);
    const cluster = clusterOf(nodes, options.password);
    await cluster.ready();
    return cluster;
  } catch (error) {
    await Promise.all(servers.map((server) => server.stop()));
    throw error;
  }
}

function nodeOptions({ nodeTimeoutMs = 1000, config = [], ...options }: RedisClusterOptions): RedisServerOptions {
  return {
    ...options,
    cluster: true,
    config: [
      `cluster-node-timeout ${nodeTimeoutMs}`,
      // A replica is where the tests expect it.
      "cluster-allow-replica-migration no",
      // A replica that lost its master in the middle of a test may still take over.
      "cluster-replica-validity-factor 0",
      ...config,
    ],
  };
}

async function form(nodes: readonly ClusterNode[]): Promise<void> {
  await Promise.all(
    nodes.map(async (node, index) => {
      // Else all begin with epoch 0, and settle that one by one.
      await node.ask("CLUSTER", "SET-CONFIG-EPOCH", index + 1);
      if (index < masters) await node.ask("CLUSTER", "ADDSLOTSRANGE", firstSlot(index), firstSlot(index + 1) - 1);
    }),
  );
  // Everybody meets everybody: gossip would take longer.
  await Promise.all(
    nodes.flatMap((node, index) =>
      nodes.slice(0, index).map((other) => node.ask("CLUSTER", "MEET", "127.0.0.1", other.port, other.clusterPort)),
    ),
  );
  await Promise.all(
    nodes.slice(masters).map((replica, index) =>
      until("a replica knows its master", async () => {
        return (await replica.ask("CLUSTER", "REPLICATE", nodes[index]?.id ?? "")) === "OK";
      }),
    ),
  );
}

function firstSlot(index: number): number {
  return Math.floor((index * slots) / masters);
}

function clusterOf(nodes: readonly ClusterNode[], password: string | undefined): RedisCluster {
  const nodeOf = (id: string | undefined): ClusterNode => {
    const node = nodes.find((candidate) => candidate.id === id);
    if (node === undefined) throw new Error("The cluster has no such node.");
    return node;
  };
  const anyView = (): Promise<ClusterView> => viewOf(nodeOf(nodes.find(({ isServing }) => isServing)?.id));
  const cluster: RedisCluster = {
    nodes,
    slotOf: async (key) => Number(await nodes.find(({ isServing }) => isServing)?.ask("CLUSTER", "KEYSLOT", key)),
    async masterOf(slotOrKey) {
      const slot = typeof slotOrKey === "number" ? slotOrKey : await cluster.slotOf(slotOrKey);
      return nodeOf(holderOf(await anyView(), slot));
    },
    async agreedMasterOf(key, except) {
      const asked = nodes.filter(({ isServing, port }) => isServing && port !== except?.port);
      const slot = Number(await asked[0]?.ask("CLUSTER", "KEYSLOT", key));
      const holders = (await Promise.all(asked.map(viewOf))).map((view) => {
        const id = holderOf(view, slot);
        return view.some((one) => one.id === id && one.isFailing) ? undefined : id;
      });
      const [holder] = holders;
      return holder !== undefined && holders.every((id) => id === holder) ? nodeOf(holder) : undefined;
    },
    async replicaOf(master) {
      const view = await anyView();
      return nodeOf(view.find(({ masterId, isFailing }) => masterId === master.id && !isFailing)?.id);
    },
    async failover(replica) {
      await replica.ask("CLUSTER", "FAILOVER");
      await until("the replica is a master", async () => {
        const view = await viewOf(replica);
        return view.some(({ id, masterId }) => id === replica.id && masterId === undefined);
      });
      await cluster.ready();
    },
    async startMigration(slot, to) {
      const from = await cluster.masterOf(slot);
      await to.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", from.id);
      await from.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", to.id);
      return {
        moveKeys: (count) => moveKeys({ slot, from, to, password, count }),
        async finish() {
          // The new master first: a slot that the old one gave away would be nobody's.
          await to.ask("CLUSTER", "SETSLOT", slot, "NODE", to.id);
          await from.ask("CLUSTER", "SETSLOT", slot, "NODE", to.id);
          await cluster.ready();
        },
      };
    },
    async migrateSlot(slot, to) {
      const migration = await cluster.startMigration(slot, to);
      await migration.moveKeys();
      await migration.finish();
    },
    ready: () => until("the cluster is ready", () => isReady(nodes)),
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
  return cluster;
}
