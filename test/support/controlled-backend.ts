import {
  type Backend,
  BackendUnavailableError,
  type ClearOptions,
  type Envelopes,
  type KeyRange,
  type Kind,
  MemoryBackend,
  type StoreOptions,
  type SyncBackend,
} from "@cachetory/runtime";

type Operation = Exclude<keyof Backend, "name" | "holds" | "isShared" | "envelopes" | "sync" | symbol>;

/** A memory backend that fails or waits where a test says so, and tells what it was asked. */
export class ControlledBackend implements Backend {
  readonly name = "controlled";
  readonly holds: readonly Kind[] = ["value", "text", "bytes"];
  readonly isShared: boolean;
  readonly memory: MemoryBackend;
  readonly calls: string[] = [];
  readonly #failing = new Set<Operation>();
  readonly #gates = new Map<Operation, Promise<void>>();
  #sync: SyncBackend | undefined;

  constructor(options: { readonly now?: () => number; readonly isShared?: boolean } = {}) {
    this.memory = new MemoryBackend({ now: options.now });
    this.isShared = options.isShared ?? false;
  }

  /** From now on these reject as a dead server would. */
  fail(...operations: Operation[]): void {
    for (const operation of operations) this.#failing.add(operation);
  }

  heal(): void {
    this.#failing.clear();
  }

  /** Holds the next calls of an operation until the answer is called. */
  hold(operation: Operation): () => void {
    let open = (): void => {};
    const promise = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.#gates.set(operation, promise);
    return () => {
      this.#gates.delete(operation);
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
  /** The same entries, told of and failing as they do with promises; nothing is held. */
  sync(): SyncBackend {
    this.#sync ??= new Proxy(this.memory.sync(), {
      get: (target, property) => {
        if (property === "isShared" || property === "holds") return this[property];
        // Whoever read entries where they are would be neither told of nor made to fail.
        if (property === "local") return undefined;
        const member: unknown = Reflect.get(target, property, target);
        if (typeof member !== "function") return member;
        return (...args: unknown[]): unknown => {
          this.#note(property as Operation);
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

  async #run<T>(operation: Operation, answer: () => Promise<T>): Promise<T> {
    this.calls.push(operation);
    await this.#gates.get(operation);
    this.#refuseFailing(operation);
    return answer();
  }

  #note(operation: Operation): void {
    this.calls.push(operation);
    this.#refuseFailing(operation);
  }

  #refuseFailing(operation: Operation): void {
    if (this.#failing.has(operation)) throw new BackendUnavailableError("The server is dead.", { outcome: "none" });
  }
}
