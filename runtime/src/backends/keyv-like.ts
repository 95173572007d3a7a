type Listener = (error: unknown) => void;

/** One of the entries of `setMany`. */
export interface KeyvSetEntry {
  key: string;
  value: unknown;
  /** Milliseconds. */
  ttl?: number;
}

/**
 * What is needed of a Keyv: an instance of Keyv 5.6 or 6 fits. Named by structure, so that neither of them has to be
 * installed for the other.
 */
export interface KeyvLike {
  readonly namespace?: string | undefined;
  readonly store: unknown;
  /** In Keyv 5: whether Keyv puts the namespace before each key. From 6 on that is the store's task. */
  readonly useKeyPrefix?: boolean;
  readonly opts?: unknown;
  /** In Keyv 5. */
  readonly serialize?: unknown;
  /** From Keyv 6 on. */
  readonly serialization?: unknown;
  readonly compression?: unknown;
  readonly iterator?: unknown;
  getRaw(key: string): Promise<unknown>;
  getMany(keys: string[], options: { raw: true }): Promise<unknown[]>;
  getManyRaw(keys: string[]): Promise<unknown[]>;
  set(key: string, value: unknown, ttl?: number): Promise<boolean>;
  setMany(entries: KeyvSetEntry[]): Promise<unknown>;
  delete(key: string): Promise<boolean>;
  deleteMany(keys: string[]): Promise<unknown>;
  on(event: string, listener: Listener): unknown;
  off(event: string, listener: Listener): unknown;
}
