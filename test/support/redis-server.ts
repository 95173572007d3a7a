import { join } from "node:path";
import { Redis } from "ioredis";
import type { Certificates } from "./certificates.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "./clean-up.ts";
import { freePorts } from "./free-ports.ts";
import { AddressInUseError, RedisProcess } from "./redis-process.ts";

/** How a server of the tests differs from a plain one. */
export interface RedisServerOptions {
  /** Further lines of redis.conf: `["maxmemory 1mb", "user reader on >secret ~app:* +@read"]`. */
  readonly config?: readonly string[];
  /** Of the user `default`. Default: none is asked for. */
  readonly password?: string;
  /** Speaks TLS, and nothing else, on its port. Whether clients have to show a certificate: by default they need not. */
  readonly tls?: { readonly certificates: Certificates; readonly clients?: "required" | "optional" | "unasked" };
  /** Is a node of a Cluster, with the port of its bus. Default `false`. */
  readonly cluster?: boolean;
  /** By how much it comes after others that want the processor, up to 19. Default 0. */
  readonly niceness?: number;
}

/** What ioredis needs to connect, with everything that the server asks for. */
export interface RedisServerConnection {
  readonly host: string;
  readonly port: number;
  readonly password?: string;
  readonly tls?: { readonly ca: string; readonly cert: string; readonly key: string };
}

/** What a server knows of those that copy it, or that it copies. */
export interface Replication {
  readonly isMaster: boolean;
  /** Whether a replica gets what its master gets. */
  readonly isFollowing: boolean;
  /** How many replicas get what this master gets. */
  readonly followers: number;
}

/** A real redis-server on a free loopback port, without persistence. */
export interface RedisServer extends AsyncDisposable {
  readonly port: number;
  /** Of the bus between the nodes of a Cluster; 0 where it is none. */
  readonly clusterPort: number;
  /** `redis://` or `rediss://`, without the password and the names of certificates. */
  readonly url: string;
  /** Path of its unix socket. */
  readonly socketPath: string;
  /** For `new Redis(server.connection)`. */
  readonly connection: RedisServerConnection;
  /** Whether it answers: it has neither been paused nor killed. */
  readonly isServing: boolean;
  /** What INFO says of replication. */
  replication(): Promise<Replication>;
  /** One command on a connection of its own. */
  ask(...command: readonly [name: string, ...args: (string | number)[]]): Promise<unknown>;
  /** Freezes it: connections stay, answers stop. */
  pause(): void;
  resume(): void;
  /** SIGKILL, as a crash; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a server; `REDIS_SERVER` may name another binary than the one on the path.
 *
 * @example
 * ```ts
 * const server = await startRedisServer({ password: "secret", config: ["maxmemory 1mb"] });
 * const client = new Redis(server.connection);
 * ```
 */
export async function startRedisServer(options: RedisServerOptions = {}): Promise<RedisServer> {
  for (let attempt = 1; ; attempt += 1) {
    const folder = makeTemporaryFolder("redis");
    try {
      return await startIn(folder, options);
    } catch (error) {
      removeTemporaryFolder(folder);
      if (!(error instanceof AddressInUseError) || attempt === 5) throw error;
    }
  }
}

async function startIn(folder: string, options: RedisServerOptions): Promise<RedisServer> {
  const [port = 0, clusterPort = 0] = await freePorts(options.cluster === true ? 2 : 1);
  const socketPath = join(folder, "redis.sock");
  const connection = connectionOf(port, options);
  const server = new RedisProcess({
    folder,
    ...(options.niceness !== undefined && { niceness: options.niceness }),
    config: [
      "bind 127.0.0.1",
      ...(options.tls === undefined ? [`port ${port}`] : tlsConfig(port, options.tls)),
      `unixsocket ${JSON.stringify(socketPath)}`,
      'save ""',
      "appendonly no",
      `dir ${JSON.stringify(folder)}`,
      // By way of the disk: else a new replica gets nothing until it says, in the next second, how far it is.
      "repl-diskless-sync no",
      ...(options.password === undefined
        ? []
        : [`requirepass ${JSON.stringify(options.password)}`, `masterauth ${JSON.stringify(options.password)}`]),
      ...(options.cluster === true ? ["cluster-enabled yes", `cluster-port ${clusterPort}`] : []),
      ...(options.config ?? []),
    ],
  });
  const stop = async (): Promise<void> => {
    await server.kill();
    removeTemporaryFolder(folder);
  };
  await server.start();
  return {
    port,
    clusterPort,
    url: `${options.tls === undefined ? "redis" : "rediss"}://127.0.0.1:${port}`,
    socketPath,
    connection,
    get isServing() {
      return server.isServing;
    },
    async replication() {
      const info = String(await askOnce(connection, ["INFO", "replication"]));
      return {
        isMaster: info.includes("role:master"),
        isFollowing: info.includes("master_link_status:up"),
        followers: info.split("state=online").length - 1,
      };
    },
    ask: (...command) => askOnce(connection, command),
    pause: () => server.pause(),
    resume: () => server.resume(),
    kill: () => server.kill(),
    restart: () => server.start(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Lines of redis.conf for a server, or a sentinel, that speaks TLS alone. */
export function tlsConfig(
  port: number,
  { certificates, clients = "unasked" }: NonNullable<RedisServerOptions["tls"]>,
): string[] {
  const { authority, server } = certificates;
  const authClients = { required: "yes", optional: "optional", unasked: "no" }[clients];
  return [
    "port 0",
    `tls-port ${port}`,
    `tls-cert-file ${JSON.stringify(server.certFile)}`,
    `tls-key-file ${JSON.stringify(server.keyFile)}`,
    `tls-ca-cert-file ${JSON.stringify(authority.certFile)}`,
    `tls-auth-clients ${authClients}`,
    "tls-replication yes",
    "tls-cluster yes",
  ];
}

/** What ioredis needs to connect to a server on this port. */
export function connectionOf(
  port: number,
  { password, tls }: Pick<RedisServerOptions, "password" | "tls">,
): RedisServerConnection {
  const { authority, client } = tls?.certificates ?? {};
  return {
    host: "127.0.0.1",
    port,
    ...(password !== undefined && { password }),
    ...(authority !== undefined &&
      client !== undefined && { tls: { ca: authority.cert, cert: client.cert, key: client.key } }),
  };
}

/** One command on a connection of its own, which is closed afterwards. */
export async function askOnce(
  connection: RedisServerConnection,
  [name, ...args]: readonly [name: string, ...args: (string | number)[]],
): Promise<unknown> {
  const client = new Redis({ ...connection, lazyConnect: true, retryStrategy: () => null, enableReadyCheck: false });
  // Told by the rejection of connect, too.
  client.on("error", () => {});
  try {
    await client.connect();
    return await client.call(name, ...args);
  } finally {
    client.disconnect();
  }
}
