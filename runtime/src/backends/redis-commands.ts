/** A `Buffer`, and no other `Uint8Array`; spelt out so that the declarations need no Node types. */
export interface BufferLike extends Uint8Array {
  equals(other: Uint8Array): boolean;
}

/** The commands of a {@link RedisClient} as they are called here. Values are strings or Buffers: any other is printed. */
export interface RedisCommands {
  get(key: string): Promise<string | null>;
  getBuffer(key: string): Promise<Uint8Array | null>;
  getdel(key: string): Promise<string | null>;
  getdelBuffer(key: string): Promise<Uint8Array | null>;
  mget(keys: readonly string[]): Promise<(string | null)[]>;
  mgetBuffer(keys: readonly string[]): Promise<(Uint8Array | null)[]>;
  set(key: string, value: string | BufferLike, ...options: readonly (string | number)[]): Promise<string | null>;
  mset(...keysAndValues: readonly (string | BufferLike)[]): Promise<string>;
  pexpire(key: string, ttlMs: number): Promise<number>;
  pexpireat(key: string, atMs: number): Promise<number>;
  pttl(key: string): Promise<number>;
  type(key: string): Promise<string>;
  unlink(...keys: readonly string[]): Promise<number>;
  scan(cursor: string, ...options: readonly (string | number)[]): Promise<[next: string, keys: string[]]>;
  multi(): RedisTransaction;
  ping(): Promise<string>;
  quit(): Promise<string>;
  disconnect(reconnect?: boolean): void;
}

/** Commands that take effect together. */
export interface RedisTransaction {
  set(key: string, value: string | BufferLike, ...options: readonly (string | number)[]): unknown;
  exists(key: string): unknown;
  persist(key: string): unknown;
  exec(): Promise<[error: Error | null, result: unknown][] | null>;
}
