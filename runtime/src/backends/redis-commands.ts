import type { FeedClient } from "../layers/feed-client.ts";
import type { TimeLeft } from "./time-left.ts";

/** A `Buffer`, and no other `Uint8Array`; spelt out so that the declarations need no Node types. */
export interface BufferLike extends Uint8Array {
  equals(other: Uint8Array): boolean;
}

/** What holds back writes until it is let go. */
export interface CorkableStream {
  cork(): void;
  uncork(): void;
  /** The server's end, of what is a socket; it stays when the connection is lost. */
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

/** The commands of a {@link RedisClient} as they are called here. Values are strings or Buffers: any other is printed. */
export interface RedisCommands {
  /** The socket that it writes to at the moment. */
  readonly stream?: CorkableStream | undefined;
  /** `ready` where there is a connection. */
  readonly status?: string | undefined;
  /** The servers of a Cluster that hold keys. */
  readonly nodes?: ((role: "master" | "all") => readonly RedisCommands[]) | undefined;
  /** The addresses that a Cluster has learnt for each slot, the master's first. */
  readonly slots?: readonly (readonly string[] | undefined)[] | undefined;
  /** Of a Cluster: asks again which server has which slots. */
  readonly refreshSlotsCache?: (() => void) | undefined;
  readonly options?:
    | {
        readonly host?: string;
        readonly port?: number;
        readonly scaleReads?: unknown;
        readonly enableAutoPipelining?: unknown;
      }
    | undefined;
  readonly cluster?:
    | ((subcommand: "SLOTS") => Promise<readonly [first: number, last: number, ...servers: readonly unknown[]][]>)
    | undefined;
  /** A client of the same options with a connection of its own. Not every client can make one. */
  readonly duplicate?: ((override: object) => FeedClient) | undefined;
  get(key: string): Promise<string | null>;
  getBuffer(key: string): Promise<Uint8Array | null>;
  /** Text as from `get`, and large text as its UTF-8. Absent where that is not for nothing. */
  getLargeAsBytes?(key: string): Promise<string | Uint8Array | null>;
  getdel(key: string): Promise<string | null>;
  getdelBuffer(key: string): Promise<Uint8Array | null>;
  mget(keys: readonly string[]): Promise<(string | null)[]>;
  mgetBuffer(keys: readonly string[]): Promise<(Uint8Array | null)[]>;
  set(
    key: string,
    value: string | BufferLike,
    ...options: readonly (string | number | TimeLeft)[]
  ): Promise<string | null>;
  getrange(key: string, start: number, end: number): Promise<string>;
  /** Seconds since 1970, and microseconds. */
  time(): Promise<[seconds: string, microseconds: string]>;
  mset(...keysAndValues: readonly (string | BufferLike)[]): Promise<string>;
  /** Clients of before Redis 8.4 do not have it. */
  msetex?(count: number, ...keysValuesAndExpiry: readonly (string | BufferLike | number | TimeLeft)[]): Promise<number>;
  eval(
    script: string,
    keyCount: number,
    ...keysAndArguments: readonly (string | BufferLike | number | TimeLeft)[]
  ): Promise<unknown>;
  /** As `eval`; strings of the reply are bytes. */
  evalBuffer(
    script: string,
    keyCount: number,
    ...keysAndArguments: readonly (string | BufferLike | number | TimeLeft)[]
  ): Promise<unknown>;
  pexpire(key: string, ttlMs: number): Promise<number>;
  pexpireat(key: string, atMs: number): Promise<number>;
  pttl(key: string): Promise<number>;
  type(key: string): Promise<string>;
  unlink(...keys: readonly string[]): Promise<number>;
  scan(cursor: string, ...options: readonly (string | number)[]): Promise<[next: string, keys: string[]]>;
  multi(): RedisTransaction;
  /** Whether this user can have commands take effect together. There where commands are put together here, as the next. */
  hasTransactions?(): Promise<boolean>;
  /**
   * Stores pairs that live equally long in a transaction, which takes less of the server than a script. Rejects with the reason of
   * the first command that was refused; nothing is stored then.
   */
  msetAndExpire?(
    pairs: readonly (readonly [key: string, value: string | BufferLike])[],
    life: TimeLeft,
  ): Promise<unknown>;
  /** How many replicas have what was written on this connection. Not called of node-redis. */
  wait?(replicas: number, timeoutMs: number): Promise<number>;
  publish(channel: string, message: string): Promise<number>;
  ping(): Promise<string>;
  quit(): Promise<string>;
  disconnect(reconnect?: boolean): void;
}

/** Commands that take effect together. */
export interface RedisTransaction {
  exists(key: string): unknown;
  persist(key: string): unknown;
  exec(): Promise<[error: Error | null, result: unknown][] | null>;
}
