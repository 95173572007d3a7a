import { isUint8Array } from "node:util/types";
import { chunksOf } from "../chunks-of.ts";
import { BackendUnavailableError, CachetoryError } from "../errors.ts";
import { flattened } from "../flattened.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { Backend, KeyRange, StoreOptions } from "./backend.ts";
import { BackendClosedError } from "./backend-closed-error.ts";
import { type ClearOptions, ClearRun } from "./clear-run.ts";
import { Deadline } from "./deadline.ts";
import { KeyTurns } from "./key-turns.ts";
import { KeyvAccess, type KeyvEntry } from "./keyv-access.ts";
import type { KeyvLike } from "./keyv-like.ts";
import { storedAs } from "./memory-entry.ts";
import { nextTurn } from "./next-turn.ts";

/** Options of {@link KeyvBackend}. */
export interface KeyvBackendOptions {
  /** How long one call may take, in milliseconds: more than zero, at most 2,147,483,647. Default 1,000. */
  readonly commandTimeoutMs?: number | undefined;
}

/** So many entries go in one call of the store, which may allow no more parameters of a query. */
const chunkSize = 500;

const serializedKinds: readonly Kind[] = ["text", "bytes"];
const allKinds: readonly Kind[] = ["value", "text", "bytes"];

/** A timer for longer would end at once. */
const longestTimerMs = 2 ** 31 - 1;

/** So many keys are looked at in one turn of the event loop. */
const scannedPerTurn = 1000;

/**
 * Entries in a Keyv, and so in each store that it has an adapter for: PostgreSQL, SQLite, MongoDB, memcached, … They are
 * entries of Keyv, with its envelope, serializer and namespace. The Keyv stays its giver's to close.
 *
 * Calls of this process for one key take effect in the order in which they are made. Between processes Keyv has nothing
 * atomic: `ifNotExists`, `take`, `delete`, and changes of an expiry read and then write, and `setMany` is all or nothing
 * where the store's own is. `clear` needs a store that can list its keys.
 *
 * @example
 * ```ts
 * const backend = new KeyvBackend(new Keyv({ store: new KeyvPostgres(url), namespace: "shop" }));
 * ```
 */
export class KeyvBackend implements Backend {
  readonly name = "keyv";
  /** Live values where the Keyv keeps them in a Map and has no serializer. */
  readonly holds: readonly Kind[];
  readonly isShared = true;
  readonly #keyv: KeyvAccess;
  readonly #turns = new KeyTurns();
  readonly #limitMs: number;
  readonly #deadline: Deadline;
  #isClosed = false;

  /**
   * @param keyv - an instance of Keyv 5.6 or 6
   * @throws CachetoryError `INVALID_OPTION` for a time limit that is none, and for a Keyv that hides errors
   */
  constructor(keyv: KeyvLike, { commandTimeoutMs = 1000 }: KeyvBackendOptions = {}) {
    if (!(commandTimeoutMs > 0 && commandTimeoutMs <= longestTimerMs)) {
      throw new CachetoryError(
        "INVALID_OPTION",
        `keyv: commandTimeoutMs is more than zero and at most ${longestTimerMs}, not ${commandTimeoutMs}.`,
      );
    }
    this.holds = kindsOf(keyv);
    this.#keyv = new KeyvAccess(keyv);
    this.#limitMs = commandTimeoutMs;
    this.#deadline = new Deadline(commandTimeoutMs, () => this.#late("unknown"));
  }

  /** Reads a key that nobody has. */
  async ready(): Promise<void> {
    await this.has("cachetory:ready");
  }

  get(key: string, as: Kind): Promise<unknown> {
    return this.#take("read", [key], async () => storedOf(await this.#keyv.read(key), as));
  }

  getMany(keys: readonly string[], as: Kind): Promise<unknown[]> {
    return this.#take("read", keys, async () => (await this.#readChunks(keys)).map((entry) => storedOf(entry, as)));
  }

  set(key: string, stored: unknown, { ttlMs, ifNotExists = false }: StoreOptions): Promise<boolean> {
    return this.#take("write", [key], async () => {
      if (ifNotExists && isLive(await this.#keyv.read(key))) return false;
      await this.#keyv.write(key, storable(stored), ttlMs);
      return true;
    });
  }

  setMany(entries: readonly (readonly [key: string, stored: unknown])[], ttlMs: number | undefined): Promise<void> {
    // A database may refuse to change a row twice in one query.
    const last = new Map(entries);
    return this.#take("write", last.keys(), () => this.#writeChunks([...last], ttlMs));
  }

  setManyIfAbsent(
    entries: readonly (readonly [key: string, stored: unknown])[],
    ttlMs: number | undefined,
  ): Promise<void> {
    const keys = entries.map(([key]) => key);
    return this.#take("write", keys, async () => {
      const found = await this.#readChunks(keys);
      const absent = entries.filter((_, index) => !isLive(found[index]));
      await this.#writeChunks(absent, ttlMs);
    });
  }

  expireIn(key: string, ttlMs: number | undefined): Promise<boolean> {
    return this.#change(key, async ({ value }) => {
      if (ttlMs !== undefined && ttlMs <= 0) await this.#keyv.remove(key);
      else await this.#keyv.write(key, value, ttlMs);
    });
  }

  expireAt(key: string, atMs: number): Promise<boolean> {
    return this.#change(key, async ({ value }) => {
      const leftMs = atMs - Date.now();
      if (leftMs <= 0) await this.#keyv.remove(key);
      else await this.#keyv.write(key, value, leftMs);
    });
  }

  ttl(key: string): Promise<number | "forever" | undefined> {
    return this.#take("read", [key], async () => {
      const entry = await this.#keyv.read(key);
      if (!isLive(entry)) return undefined;
      return entry.expiresAtMs === Number.POSITIVE_INFINITY ? "forever" : entry.expiresAtMs - Date.now();
    });
  }

  /** Reads the entry: what a store says it has may have expired. */
  has(key: string): Promise<boolean> {
    return this.#take("read", [key], async () => isLive(await this.#keyv.read(key)));
  }

  take(key: string, as: Kind): Promise<unknown> {
    return this.#take("write", [key], async () => {
      const entry = await this.#keyv.read(key);
      await this.#keyv.remove(key);
      return storedOf(entry, as);
    });
  }

  /** What is there and cannot be read is deleted as well, and not counted as an entry. */
  delete(key: string): Promise<boolean> {
    return this.#take("write", [key], async () => {
      const entry = await this.#keyv.read(key);
      await this.#keyv.remove(key);
      return isLive(entry);
    });
  }

  deleteMany(keys: readonly string[]): Promise<number> {
    const unique = [...new Set(keys)];
    return this.#take("write", unique, async () => {
      const entries = await this.#readChunks(unique);
      await Promise.all(chunksOf(unique, chunkSize).map((chunk) => this.#keyv.removeMany(chunk)));
      return entries.filter(isLive).length;
    });
  }

  /** Lists the keys before it answers the first: stores that count their rows would leave out some, if others went. */
  async *scan(range: KeyRange): AsyncGenerator<readonly string[], void> {
    const keys = await this.#keysOf(range);
    for (const chunk of chunksOf(keys, chunkSize)) {
      const entries = await this.#take("read", chunk, () => this.#keyv.readMany(chunk));
      yield chunk.filter((_, index) => isLive(entries[index]));
      await nextTurn();
    }
  }

  /** @throws CachetoryError `NOT_CLEARABLE` where the store cannot list its keys */
  async clear(range: KeyRange, options: ClearOptions): Promise<number> {
    const run = new ClearRun(options);
    // Where there are no keys at all there is no batch, and whoever watches is told of one.
    await run.delete([], async () => 0);
    for await (const keys of this.scan(range)) await run.delete(keys, (batch) => this.deleteMany(batch));
    return run.count;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#keyv.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * Runs when it is the turn of these keys, and gives up when the time limit of the call is reached. What changes them has its turn
   * until it is over all the same: what it does late would undo what came after it.
   */
  async #take<T>(kind: "read" | "write", keys: Iterable<string>, run: () => Promise<T>): Promise<T> {
    this.#refuseClosed();
    const { turn, leave } = this.#turns.enter(kind, keys);
    let state: "waiting" | "running" | "over" = "waiting";
    let running: Promise<T> | undefined;
    const start = async (): Promise<T> => {
      if (state === "over") throw this.#late("none");
      state = "running";
      running = run();
      return running;
    };
    try {
      return await this.#deadline.watch(turn === undefined ? start() : turn.then(start));
    } catch (cause) {
      throw state === "waiting" ? this.#late("none") : cause;
    } finally {
      state = "over";
      if (kind === "read" || running === undefined) leave();
      else running.then(leave, leave);
    }
  }

  /** Whether there was an entry to change. */
  #change(key: string, change: (entry: KeyvEntry) => Promise<void>): Promise<boolean> {
    return this.#take("write", [key], async () => {
      const entry = await this.#keyv.read(key);
      if (!isLive(entry)) return false;
      await change(entry);
      return true;
    });
  }

  async #readChunks(keys: readonly string[]): Promise<(KeyvEntry | undefined)[]> {
    const chunks = await Promise.all(chunksOf(keys, chunkSize).map((chunk) => this.#keyv.readMany(chunk)));
    return flattened(chunks);
  }

  async #writeChunks(
    entries: readonly (readonly [key: string, stored: unknown])[],
    ttlMs: number | undefined,
  ): Promise<void> {
    const storables = entries.map(([key, stored]) => [key, storable(stored)] as const);
    const chunks = chunksOf(storables, chunkSize);
    await Promise.all(chunks.map((chunk) => this.#keyv.writeMany(chunk, ttlMs)));
  }

  async #keysOf(range: KeyRange): Promise<readonly string[]> {
    this.#refuseClosed();
    const owned: string[] = [];
    const keys = this.#keyv.keys();
    for (let seen = 1; ; seen += 1) {
      const { done, value: key } = await this.#deadline.watch(keys.next());
      if (done === true) return owned;
      if (key.startsWith(range.head) && range.owns(key)) owned.push(key);
      if (seen % scannedPerTurn === 0) await nextTurn();
    }
  }

  #late(outcome: "none" | "unknown"): BackendUnavailableError {
    return new BackendUnavailableError(`The Keyv did not answer within ${this.#limitMs} ms.`, {
      outcome,
      isLate: true,
    });
  }

  #refuseClosed(): void {
    if (!this.#isClosed) return;
    throw new BackendClosedError();
  }
}

/** Keyv 5 hands values to a compressor, which makes text of bytes; Keyv 6 hands it what is serialized already. */
function kindsOf(keyv: KeyvLike): readonly Kind[] {
  if ("serialize" in keyv) {
    if (keyv.compression) return ["text"];
    return keyv.store instanceof Map && typeof keyv.serialize !== "function" ? allKinds : serializedKinds;
  }
  // The store of Keyv 6 wraps what it was given.
  const { store } = keyv.store as { readonly store?: unknown };
  return store instanceof Map && keyv.serialization === undefined ? allKinds : serializedKinds;
}

function isLive(entry: KeyvEntry | undefined): entry is KeyvEntry {
  return entry !== undefined && entry.value !== undefined && entry.expiresAtMs > Date.now();
}

/** Keyv's serializer knows bytes as a Buffer alone, and makes an object of numbers of any other Uint8Array. */
function storable(stored: unknown): unknown {
  if (!isUint8Array(stored) || Buffer.isBuffer(stored)) return stored;
  return Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
}

function storedOf(entry: KeyvEntry | undefined, as: Kind): unknown {
  if (!isLive(entry)) return undefined;
  return as === "value" ? entry.value : storedAs(bytesOfJson(entry.value), as);
}

/** What JSON makes of a Buffer, made bytes again: other serializers than Keyv's own leave it so. */
function bytesOfJson(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("type" in value) || value.type !== "Buffer") return value;
  return "data" in value && Array.isArray(value.data) ? Buffer.from(value.data) : value;
}
