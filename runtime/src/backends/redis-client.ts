type Command = (...args: never[]) => unknown;

/**
 * What is needed of a Redis client: one of ioredis 5 or 6, or of iovalkey, fits. Named by structure, because their
 * classes are not assignable to each other, and without their types, which differ.
 */
export interface RedisClient {
  /** `"ready"`, `"reconnecting"`, `"end"`, ... */
  readonly status?: string;
  readonly isCluster?: boolean;
  readonly options?: { readonly keyPrefix?: string | undefined };
  readonly get: Command;
  readonly getBuffer: Command;
  readonly getdel: Command;
  readonly getdelBuffer: Command;
  readonly mget: Command;
  readonly mgetBuffer: Command;
  readonly set: Command;
  readonly mset: Command;
  readonly pexpire: Command;
  readonly pexpireat: Command;
  readonly pttl: Command;
  readonly type: Command;
  readonly unlink: Command;
  readonly scan: Command;
  readonly multi: Command;
  readonly ping: Command;
  readonly quit: Command;
  readonly disconnect: Command;
}
