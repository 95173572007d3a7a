import { joinWrites } from "./joined-writes.ts";
import { loadIoredis } from "./load-ioredis.ts";
import { paceReading } from "./paced-reading.ts";
import type { RedisCommands } from "./redis-commands.ts";
import { connectorOn } from "./redis-connector.ts";
import type { Complete, RedisConnectionOptions, RedisTlsOptions } from "./redis-options.ts";
import { readReplies } from "./redis-replies.ts";

/** A client that is made here, with the events that tell how its connection fares. */
export interface OwnClient extends RedisCommands {
  connect(): Promise<void>;
  refreshSlotsCache?: (done?: (error?: Error) => void) => void;
  on(event: "connecting" | "ready" | "close" | "end" | "refresh", listener: () => void): unknown;
  on(event: "error" | "sentinelError", listener: (error: unknown) => void): unknown;
}

/** What a connection is for. */
export interface OwnClientOptions extends RedisConnectionOptions {
  /** Whether replicas answer, of a Cluster or of what sentinels name. Default `false`. */
  readonly isOfReplicas?: boolean;
  /** Whether it is the second of a backend, for what takes long: it shows in its name, and takes in piece by piece. Default `false`. */
  readonly isSecondLane?: boolean;
}

/** The same, in which nothing is missing that has a default. */
export type CompleteOptions = Complete<OwnClientOptions>;

/** A client that leaves a server, since it is no master any more, does so once within this. Milliseconds. */
const leavingMs = 50;

/** So long the end of a connection may take, in milliseconds: a server that stands still does not answer it. */
const endingMs = 10;

/**
 * To learn 16,384 slots anew takes some milliseconds of the event loop: of a Cluster, the second connection comes back so much
 * later than the first, for which calls wait. No more than half of the time of a command is waited so.
 */
const secondPauseMs = 400;

/** A Cluster that has been reached answers in a multiple of the time that this took, or in this, in milliseconds. */
const leastRefreshMs = 100;

/**
 * Lets a client of a Cluster wait for no node longer than that when it asks who has which slots, for it asks one after the other:
 * one that stands still would keep it from the others for as long as connecting may take.
 *
 * @param tookMs - how long it took to connect
 */
export function limitRefresh(client: OwnClient, tookMs: number, connectTimeoutMs: number): void {
  if (client.refreshSlotsCache === undefined || client.options === undefined) return;
  const slotsRefreshTimeout = Math.min(connectTimeoutMs, Math.max(leastRefreshMs, 2 * tookMs));
  Object.assign(client.options, { slotsRefreshTimeout });
}

/**
 * Loads ioredis and makes a client that connects when it is told to.
 *
 * @throws CachetoryError `MISSING_PACKAGE`
 */
export function makeOwnClient(options: CompleteOptions): OwnClient {
  const ioredis = loadIoredis();
  const { Redis, Cluster } = ioredis;
  const { cluster, sentinel, tls } = options;
  // What is read by TLS has another memory before, sentinels are asked by the client's own connector, and what stands in for the
  // client in a test may have none.
  const isOurs = !tls && sentinel === undefined && "AbstractConnector" in ioredis;
  const { connect } = process.getBuiltinModule("node:net");
  const connector = isOurs && { Connector: connectorOn(ioredis.AbstractConnector, connect) };
  const client =
    cluster === undefined
      ? new Redis({ ...serverOptions(options), ...connector })
      : new Cluster(
          cluster.map(({ host, port = 6379 }) => ({ host, port })),
          { ...clusterOptions(options), redisOptions: { ...commonOptions(options), ...connector } },
        );
  readReplies(client);
  joinWrites(client);
  if (options.isSecondLane === true) paceReading(client);
  // ioredis types every form of a command as an overload, of which the one used here is assignable to none.
  return client as unknown as OwnClient;
}

function serverOptions(options: CompleteOptions): object {
  const { sentinel, path } = options;
  return {
    ...(path !== undefined && { path }),
    ...(sentinel === undefined
      ? { host: options.host ?? "localhost", port: options.port ?? 6379, retryStrategy }
      : sentinels(options)),
    db: options.db ?? 0,
    ...commonOptions(options),
    // Limited by who waits for it: the client takes a loop that was held up for a slow server. Sentinels it asks one by one.
    ...(sentinel === undefined && { connectTimeout: 0 }),
    lazyConnect: true,
    // Whether, and how long, a command may wait is decided here, not in the client's queues. What was sent is not sent
    // again: nobody waits for it any more, and it may be old by then.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  };
}

function sentinels({ sentinel, tls, connectTimeoutMs, isOfReplicas = false }: CompleteOptions): object {
  if (sentinel === undefined) return {};
  return {
    sentinels: sentinel.addresses.map(({ host, port = 26_379 }) => ({ host, port })),
    name: sentinel.master,
    role: isOfReplicas ? "slave" : "master",
    ...(sentinel.username !== undefined && { sentinelUsername: sentinel.username }),
    ...(sentinel.password !== undefined && { sentinelPassword: sentinel.password }),
    ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: socketTls(tls) }),
    // Each attempt asks them first, and they know when there is another master: the pause is most of what is lost then.
    retryStrategy: (attempt: number) => retryStrategy(attempt, 50),
    sentinelCommandTimeout: connectTimeoutMs,
    // The client first finds that it has asked all of them, where it knows one: that is no reason for a pause.
    sentinelRetryStrategy: (attempt: number) => retryStrategy(attempt - 1),
    // One that stands still never says that another is master by now: the sentinels do.
    failoverDetector: true,
    reconnectOnError: leavesReplica(),
  };
}

/**
 * A server that was master until a moment ago refuses writes: the sentinels know the new one. The client would leave once for each
 * write that is refused, with a timer and a listener each time.
 */
function leavesReplica(): (error: Error) => boolean {
  let leftAtMs = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (!error.message.startsWith("READONLY") || performance.now() - leftAtMs < leavingMs) return false;
    leftAtMs = performance.now();
    return true;
  };
}

function clusterOptions(options: CompleteOptions): object {
  return {
    // Who becomes a replica shows nowhere else: nothing is redirected to it.
    ...(options.isOfReplicas === true && { scaleReads: "slave", slotsRefreshInterval: 5000 }),
    lazyConnect: true,
    slotsRefreshTimeout: options.connectTimeoutMs,
    clusterRetryStrategy: (attempt: number) => retryStrategy(attempt) + secondPauseOf(options),
    // A command whose connection was lost may have taken effect: it is not sent again. Redirections are, for a server
    // that redirects has done nothing.
    retryDelayOnFailover: 0,
    ...resendDelays(options.commandTimeoutMs),
    // Sockets look hosts up: certificates name them. And where that took the client longer than connecting may, it would have
    // nobody to connect to, and never try again.
    dnsLookup: (host: string, found: (error: null, address: string) => void) => found(null, host),
  };
}

function secondPauseOf({ isSecondLane = false, commandTimeoutMs }: CompleteOptions): number {
  return isSecondLane ? Math.min(secondPauseMs, commandTimeoutMs / 2) : 0;
}

/**
 * What a Cluster cannot serve at the moment is sent again, fifteen times within half of its time, and never past it: it would
 * overwrite what has been written since.
 */
function resendDelays(commandTimeoutMs: number): object {
  const delayMs = Math.max(1, Math.min(100, Math.floor(commandTimeoutMs / 30)));
  return { retryDelayOnClusterDown: delayMs, retryDelayOnTryAgain: delayMs };
}

function commonOptions(options: CompleteOptions): object {
  const { username, password, tls, keepAliveMs, noDelay, protocol, family, clientName, isSecondLane } = options;
  return {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: socketTls(tls) }),
    ...(clientName !== undefined && { connectionName: isSecondLane === true ? `${clientName}-bulk` : clientName }),
    ...(family !== undefined && { family }),
    ...(keepAliveMs !== undefined && { keepAlive: keepAliveMs }),
    ...(noDelay !== undefined && { noDelay }),
    ...(protocol !== undefined && { protocol }),
    connectTimeout: options.connectTimeoutMs,
    // Whatever was wanted of the server has been said by then; the client's timer would keep a process alive meanwhile.
    disconnectTimeout: endingMs,
  };
}

function socketTls(tls: true | RedisTlsOptions): object {
  if (tls === true) return {};
  const { ca, cert, key, serverName } = tls;
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(serverName !== undefined && { servername: serverName }),
  };
}

/** At first at once, but for some milliseconds by chance, so that not all processes come together. */
function retryStrategy(attempt: number, longestMs = 100): number {
  if (attempt <= 1) return 5 * Math.random();
  return Math.min(20 * attempt, longestMs) * (0.75 + 0.25 * Math.random());
}
