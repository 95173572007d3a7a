import type { Channel } from "node:diagnostics_channel";
import { isPromise } from "node:util/types";
import { cacheLabel } from "../cache/cache-label.ts";
import { Aged, Miss } from "../cache/miss.ts";
import { BackendUnavailableError, errorOfCache } from "../errors.ts";
import type { KeyPattern } from "../keys/key-pattern.ts";
import { patternText } from "../keys/pattern-text.ts";
import { hasWrappers, runWrapped } from "./around-loads.ts";
import { nameBackend } from "./backend-names.ts";
import { channels } from "./channels.ts";
import type { CacheEventMap, EventSource, HitEvent, Operation, TimedEvent } from "./event-types.ts";

/** What the events of a cache say of it, of its options. */
interface EventOptions {
  readonly pattern?: KeyPattern | undefined;
  readonly backendName?: string | undefined;
  readonly eventKeys?: boolean | undefined;
}

/** What is particular about a hit. */
type HitDetails = Partial<Pick<HitEvent, "isStale" | "layer">>;

/** An operation that changes entries. */
export type Change = Exclude<Operation, "get" | "getMany" | "getOrThrow" | "peek">;

/** Where a change of entries is told. */
const changeChannels: Readonly<Record<Change, Channel>> = {
  clear: channels.invalidation,
  delete: channels.invalidation,
  deleteMany: channels.invalidation,
  invalidateTags: channels.invalidation,
  take: channels.invalidation,
  expireAt: channels.lifetime,
  expireIn: channels.lifetime,
  touch: channels.lifetime,
  getOrSet: channels.store,
  getOrSetMany: channels.store,
  refresh: channels.store,
  set: channels.store,
  setMany: channels.store,
};

/** How what took its time has ended. */
type Outcome = Pick<TimedEvent, "outcome" | "durationMs" | "error">;

/**
 * Tells of one cache what happens in it. Where nobody listens, a call is a look at a flag, and makes nothing.
 *
 * Where a method takes `run`, it runs it either way, and answers what it answers: a value, or a promise of it.
 */
export class CacheEvents<K> {
  readonly #cacheName: string;
  readonly #options: EventOptions;
  readonly #textOf: (key: K) => string;
  readonly #backend: () => { readonly name: string };
  #source: EventSource | undefined;

  /** @param backend - opens it, where its name is asked for and not declared */
  constructor(
    cacheName: string,
    options: EventOptions,
    textOf: (key: K) => string,
    backend: () => { readonly name: string },
  ) {
    this.#cacheName = cacheName;
    this.#options = options;
    this.#textOf = textOf;
    this.#backend = backend;
  }

  /** Lets the backend have the name that is declared, in what is told of it by itself. */
  opened(backend: { readonly local?: object | undefined; readonly behind?: object | undefined }): void {
    const { backendName } = this.#options;
    if (backendName !== undefined) nameBackend(backend, backendName);
  }

  /**
   * A read of a key: what was found, or why nothing was.
   *
   * @param servesAged - whether an entry that is not fresh counts as a hit. Default `false`
   */
  found(operation: Operation, text: string, found: unknown, layer?: HitEvent["layer"], servesAged = false): void {
    if (servesAged && found instanceof Aged) this.hit(operation, text, { isStale: !found.isDue, layer });
    else if (found instanceof Miss) this.miss(operation, text, found);
    else this.hit(operation, text, { layer });
  }

  /** As `found` for each; `found` is aligned with `texts`. */
  foundMany(
    operation: Operation,
    texts: readonly string[],
    found: readonly unknown[],
    foundIn?: ReadonlyMap<string, HitEvent["layer"]>,
    servesAged?: boolean,
  ): void {
    if (!channels.hit.hasSubscribers && !channels.miss.hasSubscribers) return;
    for (const [index, text] of texts.entries()) {
      this.found(operation, text, found[index], foundIn?.get(text), servesAged);
    }
  }

  /** Whether somebody listens to hits. */
  get areHitsHeard(): boolean {
    return channels.hit.hasSubscribers;
  }

  /** A read of a key that has a value. */
  hit(operation: Operation, text: string, details?: HitDetails): void {
    if (channels.hit.hasSubscribers) this.#tellHit(operation, text, details);
  }

  /** As `hit`, where nobody has needed the text of the key. */
  hitBy(operation: Operation, key: K, layer?: HitEvent["layer"]): void {
    if (channels.hit.hasSubscribers) this.#tellHit(operation, this.#textToShow(key), { layer });
  }

  /** A read of a key that has none. */
  miss(operation: Operation, text: string, miss: Miss): void {
    if (channels.miss.hasSubscribers) this.#tellMiss(operation, text, miss);
  }

  /** As `miss`, where nobody has needed the text of the key. */
  missBy(operation: Operation, key: K, miss: Miss): void {
    if (channels.miss.hasSubscribers) this.#tellMiss(operation, this.#textToShow(key), miss);
  }

  /** Why the backend has not done something for a caller, saying for which cache. */
  failure(cause: unknown): unknown {
    return cause instanceof BackendUnavailableError
      ? errorOfCache(cacheLabel(this.#cacheName, this.#options.pattern), cause)
      : cause;
  }

  /** Whether somebody listens to what such a change tells. */
  isHeard(operation: Change): boolean {
    return changeChannels[operation].hasSubscribers;
  }

  /** A call of a loader. */
  load<T>(operation: Operation, texts: readonly string[], run: () => T): T {
    const keyCount = texts.length;
    const load = hasWrappers() ? () => runWrapped({ ...this.#about, operation, keyCount }, run) : run;
    if (!channels.load.hasSubscribers) return load();
    return timed(load, (outcome) =>
      channels.load.publish({ ...this.#about, operation, ...outcome, keyCount, keys: this.#allShown(texts) }),
    );
  }

  /**
   * A change of entries: of those of these keys, or of all that a `clear` is for, or tags.
   *
   * @param run - answers how many entries it concerned, whether it did any, or the one that it took; otherwise it was all
   */
  change<T>(operation: Change, texts: readonly string[] | undefined, run: () => T): T {
    const channel = changeChannels[operation];
    if (!channel.hasSubscribers) return run();
    return timed(run, (outcome, result) => {
      const entryCount = outcome.outcome === "failed" ? 0 : entriesOf(operation, result, texts?.length ?? 0);
      channel.publish({ ...this.#about, operation, ...outcome, entryCount, keys: texts && this.#allShown(texts) });
    });
  }

  /** A change of many entries, each of which may fail alone: `run` answers why, by the text of their keys. */
  changeMany<T extends ReadonlyMap<string, unknown> | Promise<ReadonlyMap<string, unknown>>>(
    operation: Change,
    texts: readonly string[],
    run: () => T,
  ): T {
    const channel = changeChannels[operation];
    if (!channel.hasSubscribers) return run();
    return timed(run, (outcome, result) => {
      // It is what `run` answers, once that is there.
      const problems = (result ?? new Map()) as ReadonlyMap<string, unknown>;
      const tell = (some: readonly string[], ended: Partial<Outcome>): void => {
        if (some.length === 0) return;
        const entryCount = ended.outcome === "failed" ? 0 : some.length;
        channel.publish({ ...this.#about, operation, ...outcome, ...ended, entryCount, keys: this.#allShown(some) });
      };
      tell(
        texts.filter((text) => !problems.has(text)),
        {},
      );
      const [error] = problems.values();
      tell([...problems.keys()], { outcome: "failed", error });
    });
  }

  /** What a policy has to tell. */
  tell<Kind extends "recovery" | "overload">(kind: Kind, details: Omit<CacheEventMap[Kind], keyof EventSource>): void {
    if (channels[kind].hasSubscribers) channels[kind].publish({ ...this.#about, ...details });
  }

  get #about(): EventSource {
    const { pattern, backendName } = this.#options;
    this.#source ??= {
      cache: this.#cacheName,
      pattern: pattern && patternText(pattern),
      backend: backendName ?? this.#backend().name,
    };
    return this.#source;
  }

  #tellHit(operation: Operation, text: string, { isStale = false, layer }: HitDetails = {}): void {
    channels.hit.publish({ ...this.#about, operation, isStale, layer, key: this.#shown(text) });
  }

  #tellMiss(operation: Operation, text: string, { reason, cause: error }: Miss): void {
    channels.miss.publish({ ...this.#about, operation, reason, error, key: this.#shown(text) });
  }

  #textToShow(key: K): string {
    return this.#options.eventKeys === true ? this.#textOf(key) : "";
  }

  #shown(text: string): string | undefined {
    return this.#options.eventKeys === true ? text : undefined;
  }

  #allShown(texts: readonly string[]): readonly string[] | undefined {
    return this.#options.eventKeys === true ? texts : undefined;
  }
}

/** Runs it, and tells how that ended: at once, or when the promise that it gave is settled. */
function timed<T>(run: () => T, tell: (outcome: Outcome, result?: unknown) => void): T {
  const startMs = performance.now();
  const durationMs = (): number => performance.now() - startMs;
  const done = <R>(result: R): R => {
    tell({ outcome: "done", durationMs: durationMs(), error: undefined }, result);
    return result;
  };
  const failed = (error: unknown): never => {
    tell({ outcome: "failed", durationMs: durationMs(), error });
    throw error;
  };
  let result: T;
  try {
    result = run();
  } catch (error) {
    return failed(error);
  }
  // A promise of the same.
  return isPromise(result) ? (result.then(done, failed) as T) : done(result);
}

function entriesOf(operation: Change, result: unknown, all: number): number {
  if (operation === "take") return result instanceof Miss ? 0 : 1;
  if (typeof result === "number") return result;
  return typeof result === "boolean" ? Number(result) : all;
}
