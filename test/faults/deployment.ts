import type { RedisServer } from "../support/redis-server.ts";

/** Redis as an application has it, alone or in company, and what may become of it. */
export interface Deployment {
  readonly name: "Redis alone" | "a Cluster" | "Sentinel";
  /** For `backendFromUrl`; has no options but those that the deployment needs. */
  readonly url: string;
  readonly servers: readonly RedisServer[];
  /** Those that take writes now. */
  masters(): Promise<readonly RedisServer[]>;
  /** The one of them that has the key, prefix included. */
  masterOf(key: string): Promise<RedisServer>;
  /**
   * Lets the master of a key serve on as a replica, which takes no writes. Where there is another one for its place, that is
   * the master from then on; resolves when everybody knows. `end` gives a lone server its part back.
   */
  demote(key: string): Promise<{ end(): Promise<void> }>;
  /**
   * From now on nothing but `demote` replaces a master: on a busy machine one that is alive may be silent for long enough to
   * be taken for dead, and its replica does not have what was written last.
   */
  keepMasters(): Promise<void>;
  /** Resolves when all servers serve, each knows its part, and replicas have what their masters have. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

/** One command, sent to each of these servers. */
export async function askEach(
  servers: readonly RedisServer[],
  ...command: readonly [name: string, ...args: (string | number)[]]
): Promise<readonly unknown[]> {
  return Promise.all(servers.map((server) => server.ask(...command)));
}

/** The URL with further options of the backend. */
export function urlWith(url: string, options: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(options).toString();
  return `${url}${url.includes("?") ? "&" : "?"}${query}`;
}
