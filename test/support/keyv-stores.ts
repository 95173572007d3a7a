import { Keyv } from "keyv";

/** A Keyv over a Map that keeps what it is given, itself. */
export function keyvOfLiveValues(): Keyv {
  const keyv = new Keyv();
  keyv.serialize = undefined;
  keyv.deserialize = undefined;
  return keyv;
}

/** A store for Keyv that, as a database does, answers later, keeps text alone, and lists its rows page by page. */
export class TextStore {
  /** Keyv asks for one of the two, and has no iterator of its own for a store that it does not know. */
  readonly opts = { dialect: "text", url: "text://" };
  /** The calls that came, in their order. */
  readonly calls: string[] = [];
  readonly rows = new Map<string, string>();
  namespace: string | undefined;
  readonly #listeners: ((error: unknown) => void)[] = [];
  #failure: { readonly error: Error; readonly isSwallowed: boolean } | undefined;
  #gate: Promise<void> | undefined;

  /** From now on every call fails: it rejects, or as most stores of Keyv do, emits "error" and answers nothing. */
  fail(error: Error, how: "reject" | "swallow"): void {
    this.#failure = { error, isSwallowed: how === "swallow" };
  }

  heal(): void {
    this.#failure = undefined;
  }

  /** Holds all calls until the answer is called. */
  hold(): () => void {
    let open = (): void => {};
    this.#gate = new Promise((resolve) => {
      open = resolve;
    });
    return () => {
      this.#gate = undefined;
      open();
    };
  }

  /** Tells of an error that no call had. */
  emitError(error: Error): void {
    for (const listener of this.#listeners) listener(error);
  }

  get(key: string): Promise<string | undefined> {
    return this.#run("get", () => this.rows.get(key));
  }

  getMany(keys: string[]): Promise<(string | undefined)[]> {
    return this.#run("getMany", () => keys.map((key) => this.rows.get(key)));
  }

  set(key: string, value: unknown): Promise<void> {
    return this.#run("set", () => this.#write(key, value));
  }

  setMany(entries: { key: string; value: unknown }[]): Promise<void> {
    return this.#run("setMany", () => {
      if (new Set(entries.map(({ key }) => key)).size < entries.length) throw new Error("A row cannot change twice.");
      for (const { key, value } of entries) this.#write(key, value);
    });
  }

  delete(key: string): Promise<boolean> {
    return this.#run("delete", () => this.rows.delete(key));
  }

  deleteMany(keys: string[]): Promise<boolean> {
    return this.#run("deleteMany", () => keys.filter((key) => this.rows.delete(key)).length > 0);
  }

  clear(): Promise<void> {
    return this.#run("clear", () => this.rows.clear());
  }

  /** By LIMIT and OFFSET: whoever deletes while it goes on, misses rows. */
  async *iterator(namespace?: string): AsyncGenerator<[string, string], void> {
    for (let offset = 0; ; offset += 1000) {
      const page = await this.#run("iterator", () =>
        [...this.rows].filter(([key]) => key.startsWith(namespace ?? "")).slice(offset, offset + 1000),
      );
      // A swallowed failure has no page.
      if (page === undefined || page.length === 0) return;
      yield* page;
    }
  }

  on(event: string, listener: (error: unknown) => void): this {
    if (event === "error") this.#listeners.push(listener);
    return this;
  }

  #write(key: string, value: unknown): void {
    if (typeof value !== "string") throw new TypeError("This store keeps text.");
    this.rows.set(key, value);
  }

  async #run<T>(call: string, answer: () => T): Promise<T> {
    this.calls.push(call);
    await new Promise((resolve) => setImmediate(resolve));
    await this.#gate;
    if (this.#failure === undefined) return answer();
    if (!this.#failure.isSwallowed) throw this.#failure.error;
    this.emitError(this.#failure.error);
    // What a store that swallows its failures answers, against its own types.
    return undefined as T;
  }
}
