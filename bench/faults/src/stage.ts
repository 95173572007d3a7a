import type { Cluster, Redis } from "ioredis";
import type { TcpProxy } from "../../../test/support/proxy.ts";
import type { RedisServer } from "../../../test/support/redis-server.ts";
import type { Place, Topology } from "./topology.ts";

/** The real servers that a scenario is played on. */
export interface Stage {
  readonly place: Place;
  /** Those that hold entries, whatever their part is at the moment. */
  readonly servers: readonly RedisServer[];
  /** One before each server, where clients are to pass by proxies; else none. */
  readonly proxies: readonly TcpProxy[];
  /** Talks to the servers themselves. */
  readonly client: Redis | Cluster;
  masters(): Promise<readonly RedisServer[]>;
  masterOf(key: string): Promise<RedisServer>;
  /** A replica takes the place of the master of this key, which becomes its replica; nothing is lost. */
  failOver(key: string): Promise<void>;
  /** Moves the slots of these keys to other masters, step by step. `undefined` where there are no slots. */
  readonly reshard?: (keys: readonly string[]) => Promise<void>;
  /** Resolves when all servers serve, agree with each other, and are empty. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly topology: Topology;
  readonly isProxied: boolean;
}

export async function openStage({ topology, isProxied }: StageOptions): Promise<Stage> {
  switch (topology) {
    case "alone":
      return (await import("./stages/alone.ts")).openAlone(isProxied);
    case "cluster":
      return (await import("./stages/cluster.ts")).openCluster(isProxied);
    case "sentinel":
      return (await import("./stages/sentinel.ts")).openSentinel(isProxied);
  }
}

/**
 * Whether some server takes writes of this key now; one that may not answer is not asked. Where clients learn of servers from
 * sentinels, these must name another: until then, up to a second longer, a replica that was made master is known to nobody.
 */
export async function isWritable(stage: Stage, key: string, except?: RedisServer): Promise<boolean> {
  const { servers, place } = stage;
  if (place.topology === "sentinel" && (await stage.masterOf(key).catch(() => except)) === except) return false;
  const answers = await Promise.all(
    servers
      // A frozen one would never answer.
      .filter((server) => server.isServing && server !== except)
      .map((server) => server.ask("SET", `faults:{${key}}`, "x", "PX", 50).catch(() => undefined)),
  );
  return answers.includes("OK");
}
