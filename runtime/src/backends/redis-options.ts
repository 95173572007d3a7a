import { CachetoryError } from "../errors.ts";
import { findBackendScheme } from "../schemes/backend-schemes.ts";
import { optionProperty } from "../schemes/option-property.ts";

/** What counts where nothing is said: the same as where a URL says nothing. */
export const redisDefaults = {
  readTimeoutMs: 50,
  commandTimeoutMs: 1000,
  connectTimeoutMs: 1000,
  breakerFailures: 3,
  breakerPauseMs: 100,
  maxWaiting: 1000,
  heartbeatMs: 1000,
  heartbeatTimeoutMs: 1000,
};

/** Options in which nothing is missing that has a default. */
export type Complete<Options> = Omit<Options, keyof typeof redisDefaults> & Readonly<typeof redisDefaults>;

export function complete<Options extends object>(options: Options): Complete<Options> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...redisDefaults, ...(Object.fromEntries(given) as Options) };
}

/** How long commands are waited for, and when a server is left alone. Times are milliseconds. */
export interface RedisTimes {
  /**
   * Of one read, from when there is a connection; as much again for every 500 keys and every megabyte that are on their way, at
   * most 20 times as much. What is loaded is not longer waited for until it is stored. Default 50.
   */
  readonly readTimeoutMs?: number | undefined;
  /** Of one command that is no read. Default 1,000. */
  readonly commandTimeoutMs?: number | undefined;
  /** After so many failures in a row a server is left alone for a moment: reads of it are misses at once. 0: never. Default 3. */
  readonly breakerFailures?: number | undefined;
  /** How long that moment is, at most, before one read tries. Default 100. */
  readonly breakerPauseMs?: number | undefined;
}

/** Where and how to connect: to one server, to a Cluster, or to what sentinels name. Times are milliseconds. */
export interface RedisConnectionOptions extends RedisTimes {
  /** Default `"localhost"`. */
  readonly host?: string | undefined;
  /** Default 6379. */
  readonly port?: number | undefined;
  /** Path of a unix socket, instead of host and port. */
  readonly path?: string | undefined;
  /** Some nodes of a Redis Cluster, instead of host and port. The others are learnt from them. */
  readonly cluster?: readonly RedisAddress[] | undefined;
  /** Who knows the server, instead of host and port. */
  readonly sentinel?: RedisSentinelOptions | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Number of the database. Default 0, the only one of a Cluster. */
  readonly db?: number | undefined;
  /** Default `false`. */
  readonly tls?: boolean | RedisTlsOptions | undefined;
  /** As CLIENT LIST shows it. */
  readonly clientName?: string | undefined;
  /** Of the host's address: 4, 6, or either with 0. */
  readonly family?: 0 | 4 | 6 | undefined;
  readonly keepAliveMs?: number | undefined;
  readonly noDelay?: boolean | undefined;
  /** Version of RESP. Default: the client's. */
  readonly protocol?: 2 | 3 | undefined;
  /** Default 1,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** How many commands may wait for a connection; more fail at once. Default 1,000. */
  readonly maxWaiting?: number | undefined;
  /** Whether single reads of one turn of the event loop leave together, as MGET, at its end at the latest. Default `true`. */
  readonly coalesceReads?: boolean | undefined;
  /**
   * How often the connection that tells near layers of changes is asked whether it lives. Default 1,000.
   */
  readonly heartbeatMs?: number | undefined;
  /** How long its answer may take; after that near layers are empty until there is another. Default 1,000. */
  readonly heartbeatTimeoutMs?: number | undefined;
}

/** Where a server listens. */
export interface RedisAddress {
  /** A name, or an address of IPv4 or IPv6, without brackets. */
  readonly host: string;
  /** Default 6379, of a sentinel 26379. */
  readonly port?: number | undefined;
}

/** Sentinels, which tell who is the master. */
export interface RedisSentinelOptions {
  /** One that answers is enough. */
  readonly addresses: readonly RedisAddress[];
  /** Name of the group of servers, as the sentinels know it. */
  readonly master: string;
  /** For the sentinels themselves. Default none. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** Certificates and keys as PEM text. */
export interface RedisTlsOptions {
  /** What the server's certificate is signed with. Default: what Node trusts. */
  readonly ca?: string | undefined;
  /** The client's own certificate; goes with `key`. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Name that the server's certificate must have. Default the host. */
  readonly serverName?: string | undefined;
}

/** @throws CachetoryError `INVALID_OPTION` where options exclude each other, or are out of range */
export function refuseUnfitOptions(options: RedisConnectionOptions): void {
  refuseUnfitNumbers(options);
  if (options.clientName !== undefined && !/^[!-~]+$/.test(options.clientName)) {
    throw unfit("clientName (client-name in a URL) is of letters, digits and punctuation of ASCII, without spaces");
  }
  const { host, port, path, cluster, sentinel, db = 0, tls } = options;
  const places = [host ?? port, path, cluster, sentinel].filter((place) => place !== undefined);
  if (places.length > 1) throw unfit("give one of host and port, path, cluster, sentinel");
  if (cluster?.length === 0 || sentinel?.addresses.length === 0) throw unfit("give at least one address");
  if (cluster !== undefined && db !== 0) throw unfit("a Redis Cluster has the database 0 alone");
  if (typeof tls === "object" && (tls.cert === undefined) !== (tls.key === undefined)) {
    throw unfit("a client's certificate and its key go together");
  }
}

function unfit(problem: string): CachetoryError {
  return new CachetoryError("INVALID_OPTION", `Redis: ${problem}.`);
}

/**
 * The numbers among options held against the ranges that those of URLs are held against.
 *
 * @throws CachetoryError `INVALID_OPTION`
 */
export function refuseUnfitNumbers(options: object): void {
  const given = options as Readonly<Record<string, unknown>>;
  for (const [name, spec] of Object.entries(findBackendScheme("redis")?.options ?? {})) {
    if (spec.kind !== "integer" && spec.kind !== "duration") continue;
    const property = spec.kind === "duration" ? `${optionProperty(name)}Ms` : optionProperty(name);
    const value = given[property];
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = spec;
    if (value === undefined || (typeof value === "number" && value >= min && value <= max)) continue;
    throw unfit(`${property} must be a number from ${min} to ${max}, not ${String(value)}`);
  }
}
