import type { Backend, KeyRange, StoreOptions } from "../backends/backend.ts";
import type { ClearOptions } from "../backends/clear-run.ts";
import type { Envelopes } from "../backends/envelopes.ts";
import { MemoryBackend } from "../backends/memory.ts";
import type { SyncBackend } from "../backends/sync-backend.ts";
import { BackendUnavailableError } from "../errors.ts";
import type { Kind } from "../serializers/serializer.ts";

/** The methods of a backend that a {@link ControlledBackend} can let fail or wait. */
export type BackendOperation =
  | "ready"
  | "get"
  | "getMany"
  | "set"
  | "setMany"
  | "setManyIfAbsent"
  | "expireIn"
  | "expireAt"
  | "ttl"
  | "has"
  | "take"
  | "delete"
  | "deleteMany"
  | "scan"
  | "clear";

/** Options of {@link ControlledBackend}. */
export interface ControlledBackendOptions {
  /** The clock: milliseconds since 1970. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Whether it passes for one that others keep keys in, as Redis is. Default `false`. */
  readonly isShared?: boolean | undefined;
}

/**
 * A backend for tests: it keeps entries in memory, tells what it was asked, and fails, waits or is slow where a test says
 * so. Caches ask it as they ask a server: nothing in it is at hand without a promise.
 *
 * @example
 * ```ts
 * const backend = new ControlledBackend();
 * const cache = new Cache<string, number>({ backend, serializer: json() });
 * backend.fail("get");
 * await cache.getOrSet("a", () => 1); // 1, though nothing can be read
 * backend.calls; // ["get", "set"]
 * ```
 */
export class ControlledBackend implements Backend {
  readonly name = "controlled";
  readonly holds: readonly Kind[] = ["value", "text", "bytes"];
  readonly isShared: boolean;
  /** What it keeps, to look at and to prepare without being told of. */
  readonly memory: MemoryBackend;
  /** The operations that it was asked for, in the order of the calls. */
  readonly calls: BackendOperation[] = [];
  readonly #failing = new Set<BackendOperation>();
  readonly #slowMs = new Map<BackendOperation, number>();
  readonly #gates = new Map<BackendOperation, Promise<void>>();
  #sync: SyncBackend | undefined;

  constructor(options: ControlledBackendOptions = {}) {
    this.memory = new MemoryBackend({ now: options.now });
    this.isShared = options.isShared ?? false;
  }

  /** From now on these reject as a dead server would. */
  fail(...operations: BackendOperation[]): void {
    for (const operation of operations) this.#failing.add(operation);
  }

  /** Nothing fails any more, and nothing is slow. */
  heal(): void {
    this.#failing.clear();
    this.#slowMs.clear();
  }

  /** From now on these take so many milliseconds, by `setTimeout`. */
  slow(ms: number, ...operations: BackendOperation[]): void {
    for (const operation of operations) this.#slowMs.set(operation, ms);
  }

  /** Holds the calls of an operation that come from now on, until what it answers is called. */
  hold(operation: BackendOperation): () => void {
    let open = (): void => {};
    const promise = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.#gates.set(operation, promise);
    return () => {
      // Another one may hold them by now.
      if (this.#gates.get(operation) === promise) this.#gates.delete(operation);
      open();
    };
  }

  get envelopes(): Envelopes {
    const { envelopes } = this.memory;
    return {
      clock: envelopes.clock,
      head: (key) => this.#run("get", () => envelopes.head(key)),
      setUnlessFresh: (...entry) => this.#run("set", () => envelopes.setUnlessFresh(...entry)),
      setManyUnlessFresh: (entries) => this.#run("setManyIfAbsent", () => envelopes.setManyUnlessFresh(entries)),
      expireIn: (key, freshMs, extraMs) => this.#run("expireIn", () => envelopes.expireIn(key, freshMs, extraMs)),
      expireAt: (key, untilMs, extraMs) => this.#run("expireAt", () => envelopes.expireAt(key, untilMs, extraMs)),
      deleteMany: (keys) => this.#run("deleteMany", () => envelopes.deleteMany(keys)),
    };
  }
  ready(): Promise<void> {
    return this.#run("ready", () => this.memory.ready());
  }
  get(key: string, as: Kind): Promise<unknown> {
    return this.#run("get", () => this.memory.get(key, as));
  }
  getMany(keys: readonly string[], as: Kind): Promise<unknown[]> {
    return this.#run("getMany", () => this.memory.getMany(keys, as));
  }
  set(key: string, stored: unknown, options: StoreOptions): Promise<boolean> {
    return this.#run("set", () => this.memory.set(key, stored, options));
  }
  setMany(entries: readonly (readonly [string, unknown])[], ttlMs: number | undefined): Promise<void> {
    return this.#run("setMany", () => this.memory.setMany(entries, ttlMs));
  }
  setManyIfAbsent(entries: readonly (readonly [string, unknown])[], ttlMs: number | undefined): Promise<void> {
    return this.#run("setManyIfAbsent", () => this.memory.setManyIfAbsent(entries, ttlMs));
  }
  expireIn(key: string, ttlMs: number | undefined): Promise<boolean> {
    return this.#run("expireIn", () => this.memory.expireIn(key, ttlMs));
  }
  expireAt(key: string, atMs: number): Promise<boolean> {
    return this.#run("expireAt", () => this.memory.expireAt(key, atMs));
  }
  ttl(key: string): Promise<number | "forever" | undefined> {
    return this.#run("ttl", () => this.memory.ttl(key));
  }
  has(key: string): Promise<boolean> {
    return this.#run("has", () => this.memory.has(key));
  }
  take(key: string, as: Kind): Promise<unknown> {
    return this.#run("take", () => this.memory.take(key, as));
  }
  delete(key: string): Promise<boolean> {
    return this.#run("delete", () => this.memory.delete(key));
  }
  deleteMany(keys: readonly string[]): Promise<number> {
    return this.#run("deleteMany", () => this.memory.deleteMany(keys));
  }
  async *scan(range: KeyRange): AsyncGenerator<readonly string[], void> {
    yield* await this.#run("scan", async () => this.memory.scan(range));
  }
  clear(range: KeyRange, options: ClearOptions): Promise<number> {
    return this.#run("clear", () => this.memory.clear(range, options));
  }
  /** The same entries, told of and failing as they do with promises; nothing is held or slow. */
  sync(): SyncBackend {
    this.#sync ??= new Proxy(this.memory.sync(), {
      get: (target, property) => {
        if (property === "isShared" || property === "holds") return this[property];
        // Whoever read entries where they are would be neither told of nor made to fail.
        if (property === "local") return undefined;
        const member: unknown = Reflect.get(target, property, target);
        if (typeof member !== "function") return member;
        return (...args: unknown[]): unknown => {
          this.#note(property as BackendOperation);
          return Reflect.apply(member, target, args);
        };
      },
    });
    return this.#sync;
  }
  close(): Promise<void> {
    return this.memory.close();
  }
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #run<T>(operation: BackendOperation, answer: () => Promise<T>): Promise<T> {
    this.calls.push(operation);
    await this.#gates.get(operation);
    const slowMs = this.#slowMs.get(operation);
    if (slowMs !== undefined) await new Promise<void>((resolve) => void setTimeout(resolve, slowMs));
    this.#refuseFailing(operation);
    return answer();
  }

  #note(operation: BackendOperation): void {
    this.calls.push(operation);
    this.#refuseFailing(operation);
  }

  #refuseFailing(operation: BackendOperation): void {
    if (this.#failing.has(operation)) throw new BackendUnavailableError("The server is dead.", { outcome: "none" });
  }
}
