import { asIs } from "../as-is.ts";
import type { BackendClock } from "./envelopes.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { CommandKind, RedisConnection } from "./redis-connection.ts";
import { unavailable } from "./redis-errors.ts";

// Taken when the module is loaded: the clock of a server does not stop with that of a test.
const monotonicMs = globalThis.performance.now.bind(globalThis.performance);

/** What to add to this process's monotonic clock for the server's: surely not less than one, nor more than the other. */
interface Offset {
  readonly leastMs: number;
  readonly mostMs: number;
  /** Whether each master has told its time. */
  readonly isWhole: boolean;
  /** When it was measured, by the monotonic clock. */
  readonly measuredAtMs: number;
}

/** So fast one clock may run from another, per millisecond: as much as NTP lets one be slewed. */
const drift = 0.0005;

/** So often the offset is measured while it is asked for. The servers of a Cluster have a clock each, and change. */
const intervalMs = 30_000;
const clusterIntervalMs = 5_000;

/** An offset that is known no better than this is measured again soon: the event loop was held up. */
const poorMs = 20;
/** So long the other masters have once one has told its time: less than a read has. */
const othersMs = 20;
const poorIntervalMs = 1_000;

/**
 * The clock of a server, by its offset to the monotonic clock of this process: `TIME` is sent with the first command that
 * needs it, again after a connection is made anew, and now and then. What is uncertain is the time that the answer took. The date of
 * this machine has no part in it. Of a Cluster it is all clocks of its masters at once, which is as uncertain as they differ.
 */
export class RedisClock implements BackendClock {
  readonly #connection: RedisConnection;
  #offset: Offset | undefined;
  /** The socket on which it was measured. */
  #measuredOn: unknown;
  /** Of each kind of command, which have different times. */
  readonly #measuring = new Map<CommandKind, Promise<void>>();

  constructor(connection: RedisConnection) {
    this.#connection = connection;
  }

  whenKnown(kind: CommandKind): Promise<void> | undefined {
    const offset = this.#offset;
    if (offset === undefined || this.#isAnotherConnection()) return this.#measure(kind);
    if (monotonicMs() - offset.measuredAtMs < this.#intervalMs(offset)) return undefined;
    // It is still known, if not as well as it will be.
    this.#measure("read").catch(() => {});
    return undefined;
  }

  earliestMs(): number {
    const { leastMs, measuredAtMs } = this.#known();
    const nowMs = monotonicMs();
    return Math.floor(nowMs + leastMs - (nowMs - measuredAtMs) * drift);
  }

  latestMs(): number {
    const { mostMs, measuredAtMs } = this.#known();
    const nowMs = monotonicMs();
    return nowMs + mostMs + (nowMs - measuredAtMs) * drift;
  }

  /** The same as a whole number, rounded up; zero where it is not known yet. */
  latestKnownMs(): number {
    return this.#offset === undefined ? 0 : Math.ceil(this.latestMs());
  }

  isAhead(atMs: number): boolean {
    return atMs > this.latestMs();
  }

  #known(): Offset {
    if (this.#offset === undefined) throw new Error("The clock of a server is asked before it is known.");
    return this.#offset;
  }

  #isAnotherConnection(): boolean {
    const client = this.#connection.readyClient;
    return client !== undefined && client.stream !== this.#measuredOn;
  }

  #intervalMs({ leastMs, mostMs, isWhole }: Offset): number {
    if (!isWhole || (mostMs - leastMs > poorMs && !this.#connection.isCluster)) return poorIntervalMs;
    return this.#connection.isCluster ? clusterIntervalMs : intervalMs;
  }

  #measure(kind: CommandKind): Promise<void> {
    let measuring = this.#measuring.get(kind);
    if (measuring === undefined) {
      measuring = this.#ask(kind).finally(() => this.#measuring.delete(kind));
      // Whoever waits for it may first wait for something else.
      measuring.catch(() => {});
      this.#measuring.set(kind, measuring);
    }
    return measuring;
  }

  async #ask(kind: CommandKind): Promise<void> {
    let measuredOn: unknown;
    const offset = await this.#connection.run(
      kind,
      [],
      (client) => {
        measuredOn = client.stream;
        return offsetOf(client.nodes?.("master") ?? [client]);
      },
      asIs,
      unavailable,
    );
    const isSame = this.#measuredOn === measuredOn && !this.#connection.isCluster;
    this.#offset = isSame && this.#offset !== undefined ? narrowed(this.#offset, offset) : offset;
    this.#measuredOn = measuredOn;
  }
}

/** Of the servers that answer: one that does not costs its own keys alone. */
async function offsetOf(servers: readonly RedisCommands[]): Promise<Offset> {
  const offsets: Pick<Offset, "leastMs" | "mostMs">[] = [];
  const asked = servers.map(async (server) => {
    const sentMs = monotonicMs();
    const [seconds, microseconds] = await server.time();
    const receivedMs = monotonicMs();
    const serverMs = Number(seconds) * 1000 + Number(microseconds) / 1000;
    // It was read at some moment in between.
    offsets.push({ leastMs: serverMs - receivedMs, mostMs: serverMs - sentMs });
  });
  await Promise.any(asked).catch(() => Promise.all(asked));
  if (offsets.length < servers.length) await settledWithin(asked, othersMs);
  return {
    leastMs: Math.min(...offsets.map(({ leastMs }) => leastMs)),
    mostMs: Math.max(...offsets.map(({ mostMs }) => mostMs)),
    isWhole: offsets.length === servers.length,
    measuredAtMs: monotonicMs(),
  };
}

async function settledWithin(promises: readonly Promise<unknown>[], limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([Promise.allSettled(promises), late]);
  clearTimeout(timer);
}

/** What two measurements say together; the later one where they contradict each other, for then somebody has set the clock. */
function narrowed(before: Offset, now: Offset): Offset {
  const driftedMs = (now.measuredAtMs - before.measuredAtMs) * drift;
  const leastMs = Math.max(before.leastMs - driftedMs, now.leastMs);
  const mostMs = Math.min(before.mostMs + driftedMs, now.mostMs);
  return leastMs <= mostMs ? { ...now, leastMs, mostMs } : now;
}
