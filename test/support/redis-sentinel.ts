import { makeTemporaryFolder, removeTemporaryFolder } from "./clean-up.ts";
import { freePorts } from "./free-ports.ts";
import { AddressInUseError, RedisProcess } from "./redis-process.ts";
import {
  askOnce,
  connectionOf,
  type RedisServer,
  type RedisServerOptions,
  startRedisServer,
  tlsConfig,
} from "./redis-server.ts";
import { until } from "./until.ts";

const masterName = "cachetory-master";

/** How a group of the tests differs from a plain one. */
export interface RedisSentinelOptions {
  /** How many sentinels watch. Default 1, which decides alone and at once; of three, two must agree. */
  readonly sentinels?: 1 | 2 | 3;
  /** Of master and replica. Default: none is asked for. */
  readonly password?: string;
  /** Of the sentinels. Default: none is asked for. */
  readonly sentinelPassword?: string;
  /** Servers and sentinels speak TLS, and nothing else. */
  readonly tls?: RedisServerOptions["tls"];
  /** Further lines of redis.conf, of master and replica. */
  readonly config?: readonly string[];
  /** After so long without an answer a server is taken for dead. Milliseconds, default 500. */
  readonly downAfterMs?: number;
  /** By how much master and replica come after others that want the processor, up to 19. Default 0. */
  readonly niceness?: number;
}

/** A sentinel, which watches servers and holds no data. */
export interface Sentinel {
  readonly host: string;
  readonly port: number;
  pause(): void;
  resume(): void;
  kill(): Promise<void>;
}

/** A master, its replica, and sentinels that watch them, on free loopback ports. */
export interface RedisSentinel {
  /** The name under which the sentinels know the master. */
  readonly masterName: string;
  readonly sentinels: readonly Sentinel[];
  /** The first began as the master, the second as its replica. */
  readonly servers: readonly RedisServer[];
  /** Who is the master now, as the sentinels say. */
  master(): Promise<RedisServer>;
  /** Kills the master; answers with the one that takes its place. The killed one may be restarted as its replica. */
  killMaster(): Promise<RedisServer>;
  /**
   * Lets the replica take the master's place, and resolves when all sentinels and both servers know it. What the replica
   * has not got by then is lost: `WAIT` before.
   */
  failover(): Promise<RedisServer>;
  /** After how many milliseconds without an answer a server is taken for dead from now on. */
  setDownAfter(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts master, replica and sentinels.
 *
 * @example
 * ```ts
 * const group = await startRedisSentinel({ password: "secret" });
 * const client = new Redis({ sentinels: [...group.sentinels], name: group.masterName, password: "secret" });
 * await group.killMaster();
 * ```
 */
export async function startRedisSentinel(options: RedisSentinelOptions = {}): Promise<RedisSentinel> {
  const { config = [], password, tls, niceness } = options;
  const credentials = {
    ...(password !== undefined && { password }),
    ...(tls !== undefined && { tls }),
    ...(niceness !== undefined && { niceness }),
  };
  const master = await startRedisServer({ config, ...credentials });
  const replica = await startRedisServer({ ...credentials, config: [`replicaof 127.0.0.1 ${master.port}`, ...config] });
  const watching: RunningSentinel[] = [];
  const group = groupOf([master, replica], watching);
  try {
    await until("the replica is in sync", () => follows(replica, master));
    for (let count = 0; count < (options.sentinels ?? 1); count += 1) {
      watching.push(await startSentinel(master, options));
    }
    await until("the sentinels know each other and the replica", () => areAcquainted(watching));
  } catch (error) {
    await group.stop();
    throw error;
  }
  return group;
}

interface RunningSentinel extends Sentinel {
  readonly isServing: boolean;
  /** The last of what it said. */
  readonly log: string;
  ask(...command: readonly [name: string, ...args: (string | number)[]]): Promise<unknown>;
  stop(): Promise<void>;
}

function groupOf(servers: readonly RedisServer[], watching: readonly RunningSentinel[]): RedisSentinel {
  const serving = (): readonly RunningSentinel[] => watching.filter(({ isServing }) => isServing);
  const masters = async (): Promise<RedisServer[]> => {
    const ports = await Promise.all(serving().map(masterPort));
    return servers.filter(({ port }) => ports.includes(port));
  };
  const group: RedisSentinel = {
    masterName,
    sentinels: watching,
    servers,
    async master() {
      const [master] = await masters();
      if (master === undefined) throw new Error("The sentinels know no master.");
      return master;
    },
    async killMaster() {
      const killed = await group.master();
      await killed.kill();
      return becomes(otherOf(servers, killed));
    },
    async failover() {
      const before = await group.master();
      const after = otherOf(servers, before);
      await until("a sentinel begins the failover", async () => {
        return (await serving()[0]?.ask("SENTINEL", "FAILOVER", masterName)) === "OK";
      });
      await becomes(after);
      await until("the old master is a replica", () => follows(before, after));
      return after;
    },
    async setDownAfter(ms) {
      const asked = serving().map((one) => one.ask("SENTINEL", "SET", masterName, "down-after-milliseconds", ms));
      await Promise.all(asked);
    },
    async stop() {
      await Promise.all([...servers, ...watching].map((server) => server.stop()));
    },
  };
  return group;

  async function becomes(server: RedisServer): Promise<RedisServer> {
    try {
      await until("the replica is the master, as all sentinels say", async () => {
        const [master, ...others] = await masters();
        const { isMaster } = await server.replication();
        return master === server && others.length === 0 && isMaster;
      });
    } catch (cause) {
      throw new Error(`The sentinels came to no end:\n${watching.map(({ log }) => log).join("\n")}`, { cause });
    }
    return server;
  }
}

async function startSentinel(master: RedisServer, options: RedisSentinelOptions): Promise<RunningSentinel> {
  for (let attempt = 1; ; attempt += 1) {
    const folder = makeTemporaryFolder("sentinel");
    try {
      return await startSentinelIn(folder, master, options);
    } catch (error) {
      removeTemporaryFolder(folder);
      if (!(error instanceof AddressInUseError) || attempt === 5) throw error;
    }
  }
}

async function startSentinelIn(
  folder: string,
  master: RedisServer,
  { sentinels = 1, password, sentinelPassword, tls, downAfterMs = 500 }: RedisSentinelOptions,
): Promise<RunningSentinel> {
  const [port = 0] = await freePorts(1);
  const process = new RedisProcess({
    folder,
    isSentinel: true,
    config: [
      "bind 127.0.0.1",
      ...(tls === undefined ? [`port ${port}`] : tlsConfig(port, tls)),
      `dir ${JSON.stringify(folder)}`,
      `sentinel monitor ${masterName} 127.0.0.1 ${master.port} ${sentinels === 1 ? 1 : 2}`,
      `sentinel down-after-milliseconds ${masterName} ${downAfterMs}`,
      `sentinel failover-timeout ${masterName} 2000`,
      ...(password === undefined ? [] : [`sentinel auth-pass ${masterName} ${JSON.stringify(password)}`]),
      ...(sentinelPassword === undefined ? [] : [`requirepass ${JSON.stringify(sentinelPassword)}`]),
    ],
  });

  await process.start();
  const connection = connectionOf(port, {
    ...(sentinelPassword !== undefined && { password: sentinelPassword }),
    ...(tls !== undefined && { tls }),
  });
  // By default they look at the servers every ten seconds, and greet each other every two. Four greetings long they let a
  // replica be a master that they have not heard of, then they make it a replica again: long enough for the sentinel that
  // made it one, which has to connect anew, to say so. A sentinel that has stood still for two seconds, or whose clock was
  // set back, mistrusts itself and only watches for thirty seconds more ("TILT"): a busy machine does that to it.
  // And they ping at most once in the time after which a server is taken for dead, or in a second: one that has just been made
  // the master would be taken for dead, too, before its first ping, and what it holds be lost in another failover. While a master
  // is down, they look at its replica once in a second, whatever is set here, and take none that they have not looked at for
  // five times as long as from one ping to the next: that has to be more than a second, or none is good at each attempt.
  const periodsMs = { info: 100, ping: 250, publish: 500, ask: 100, tilt: 500 };
  const periods = Object.entries(periodsMs).flatMap(([of, ms]) => [`${of}-period`, ms]);
  await askOnce(connection, ["SENTINEL", "DEBUG", ...periods]);
  return {
    host: connection.host,
    port,
    get isServing() {
      return process.isServing;
    },
    get log() {
      return process.log;
    },
    ask: (...command) => askOnce(connection, command),
    pause: () => process.pause(),
    resume: () => process.resume(),
    kill: () => process.kill(),
    async stop() {
      await process.kill();
      removeTemporaryFolder(folder);
    },
  };
}

/** Whether every sentinel knows the replica, and all the others. */
async function areAcquainted(watching: readonly RunningSentinel[]): Promise<boolean> {
  const known = await Promise.all(
    watching.map(async (sentinel) => [
      await sentinel.ask("SENTINEL", "REPLICAS", masterName),
      await sentinel.ask("SENTINEL", "SENTINELS", masterName),
    ]),
  );
  return known.every(([replicas, others]) => count(replicas) === 1 && count(others) === watching.length - 1);
}

async function masterPort(sentinel: RunningSentinel): Promise<number> {
  const address = await sentinel.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", masterName);
  return Array.isArray(address) ? Number(address[1]) : 0;
}

async function follows(replica: RedisServer, master: RedisServer): Promise<boolean> {
  const [copy, original] = await Promise.all([replica.replication(), master.replication()]);
  return copy.isFollowing && original.isMaster && original.followers === 1;
}

function otherOf(servers: readonly RedisServer[], one: RedisServer): RedisServer {
  const other = servers.find((server) => server !== one);
  if (other === undefined) throw new Error("There is no other server.");
  return other;
}

function count(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}
