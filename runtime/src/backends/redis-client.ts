type Command = (...args: never[]) => unknown;

/**
 * A Redis client of one's own: of ioredis 5 or 6 or of iovalkey, for one server or a Cluster, or of node-redis for one
 * server. Named by structure, because their classes are not assignable to each other, and without their types, which
 * differ.
 */
export type RedisClient = IoredisClient | NodeRedisClient;

/** What is needed of a client of node-redis. */
export interface NodeRedisClient {
  readonly isOpen?: boolean;
  readonly isReady: boolean;
  readonly options?: object | undefined;
  readonly sendCommand: Command;
  readonly multi: Command;
  once?(event: "ready" | "reconnecting", listener: () => void): unknown;
}

/** What is needed of a client of ioredis' shape. */
export interface IoredisClient {
  /** `"ready"`, `"reconnecting"`, `"end"`, ... */
  readonly status?: string;
  readonly isCluster?: boolean;
  once?(event: "ready", listener: () => void): unknown;
  readonly options?: { readonly keyPrefix?: string | undefined };
  readonly get: Command;
  readonly getBuffer: Command;
  readonly getdel: Command;
  readonly getdelBuffer: Command;
  readonly mget: Command;
  readonly mgetBuffer: Command;
  readonly getrange: Command;
  readonly time: Command;
  readonly set: Command;
  readonly mset: Command;
  readonly pexpire: Command;
  readonly pexpireat: Command;
  readonly pttl: Command;
  readonly type: Command;
  readonly eval: Command;
  readonly unlink: Command;
  readonly scan: Command;
  readonly multi: Command;
  readonly ping: Command;
  readonly quit: Command;
  readonly disconnect: Command;
}
