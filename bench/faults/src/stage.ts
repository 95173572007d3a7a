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
  /**
   * Whom clients find as the one that takes writes of this key: in a Cluster whom all agree on that serve, with sentinels whom
   * these name. One may be left out that cannot be asked.
   */
  foundFor(key: string, except?: RedisServer): Promise<RedisServer | undefined>;
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
 * Whether a server takes writes of this key now that clients find; one that may not answer is not asked. A replica that was made
 * master is known to nobody for up to a second, and a master that wakes up takes writes that are lost once it learns of another.
 */
export async function isWritable(stage: Stage, key: string, except?: RedisServer): Promise<boolean> {
  try {
    const server = await stage.foundFor(key, except);
    // A frozen one would never answer.
    if (server === undefined || server === except || !server.isServing) return false;
    return (await server.ask("SET", `faults:{${key}}`, "x", "PX", 50)) === "OK";
  } catch {
    return false;
  }
}
