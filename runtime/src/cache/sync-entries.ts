import type { LocalEntries, LocalEntry } from "../backends/local-entries.ts";
import type { SyncBackend } from "../backends/sync-backend.ts";
import { BackendUnavailableError, CachetoryError } from "../errors.ts";
import type { CacheEvents, Change } from "../observe/cache-events.ts";
import { BackendErrors, type OnBackendError } from "../policies/backend-errors.ts";
import { Gutter, type GutterPolicy, type Kept } from "../policies/gutter.ts";
import type { Codec } from "./codec.ts";
import type { StoreRule } from "./lifetimes.ts";
import { Miss, unanswered } from "./miss.ts";
import { noteAnswer, noteFailure, noteRefusal, noteStored } from "./outage.ts";
import type { FoundIn } from "./reading.ts";
import type { LifeMs } from "./ttl.ts";

/** As `Entries`, without promises. */
export class SyncEntries<V> {
  /** Throws for reads, where that is declared: whoever reads for a caller asks it. */
  readonly backendErrors: BackendErrors;
  readonly #open: () => SyncBackend;
  readonly #codec: Codec<V>;
  readonly #events: CacheEvents<never>;
  readonly #gutterPolicy: GutterPolicy | undefined;
  #backend: SyncBackend | undefined;
  /** What has been loaded while the backend did not answer; absent until the backend is open. */
  #gutter: Gutter<V> | undefined;

  constructor(
    open: () => SyncBackend,
    codec: Codec<V>,
    events: CacheEvents<never>,
    onBackendError: OnBackendError | undefined,
    gutter: GutterPolicy | undefined,
  ) {
    this.backendErrors = new BackendErrors(onBackendError);
    this.#gutterPolicy = gutter;
    this.#open = open;
    this.#codec = codec;
    this.#events = events;
  }

  /** The backend, if it has been used. */
  get openBackend(): SyncBackend | undefined {
    return this.#backend;
  }

  /** @throws CachetoryError whatever making the backend or the pipeline throws: a wrong declaration is no outage */
  get backend(): SyncBackend {
    if (this.#backend === undefined) {
      const backend = this.#open();
      this.#codec.refuseUnfit(backend);
      this.#codec.prepare();
      this.#backend = backend;
      // What no other process shares, no outage takes away.
      const policy = this.#gutterPolicy;
      if (policy !== undefined && backend.isShared) this.#gutter = new Gutter(policy, this.#codec);
      this.#events.opened(backend);
    }
    return this.#backend;
  }

  /** What has been loaded while the backend did not answer. */
  get gutter(): Gutter<V> | undefined {
    return this.#gutter;
  }

  /** What the backend has in this process. */
  get local(): LocalEntries | undefined {
    return this.backend.local;
  }

  /** For a read to tell what was in the gutter; `undefined` where nobody wants to be told. */
  newFoundIn(): FoundIn | undefined {
    return this.#gutter !== undefined && this.#events.areHitsHeard ? new Map() : undefined;
  }

  /** The live entry of a key, of a backend in this process. */
  find(local: LocalEntries, text: string): LocalEntry | Miss {
    try {
      return local.find(text) ?? Miss.absent;
    } catch (cause) {
      return this.#unavailable(this.backend, cause);
    }
  }

  /** @param foundIn - is told where the value was, if not in the backend */
  read(text: string, foundIn?: FoundIn): V | Miss {
    const { backend } = this;
    if (backend.local !== undefined) return this.#readLocal(backend.local, text);
    try {
      const stored = backend.get(text, this.#codec.serializer.out);
      noteAnswer(backend);
      return this.#decode(backend, stored, text, foundIn);
    } catch (cause) {
      return this.#instead(backend, text, cause, foundIn);
    }
  }

  /** One answer for each text, in the same order. */
  readMany(texts: readonly string[], foundIn?: FoundIn): readonly (V | Miss)[] {
    const { backend } = this;
    const { local } = backend;
    if (local !== undefined) return texts.map((text) => this.#readLocal(local, text));
    if (texts.length === 0) return [];
    try {
      const stored = backend.getMany(texts, this.#codec.serializer.out);
      noteAnswer(backend);
      return stored.map((one, index) => this.#decode(backend, one, texts[index] ?? "", foundIn));
    } catch (cause) {
      return texts.map((text) => this.#instead(backend, text, cause, foundIn));
    }
  }

  /** The backend's answer to a question, `otherwise` where it gives none. */
  ask<T>(question: (backend: SyncBackend) => T, otherwise: T): T {
    const { backend } = this;
    try {
      const answer = question(backend);
      noteAnswer(backend);
      return answer;
    } catch (cause) {
      this.backendErrors.refuse(this.#unavailable(backend, cause));
      return otherwise;
    }
  }

  /** @throws CachetoryError `INVALID_VALUE` at once, before anything is sent */
  encode(value: V, text: string): unknown {
    const isLocal = this.#codec.live !== undefined && this.local !== undefined;
    return isLocal ? this.#codec.encodeLocal(value, text) : this.#codec.encode(value, text);
  }

  store(text: string, stored: unknown, lifeMs: LifeMs, ifNotExists: boolean): boolean {
    const { backend } = this;
    if (lifeMs === "forever") return backend.set(text, stored, { ifNotExists });
    if (lifeMs > 0) return backend.set(text, stored, { ttlMs: lifeMs, ifNotExists });
    // The same as a deletion, which must not touch the live entry of another.
    if (ifNotExists) return !backend.has(text);
    backend.delete(text);
    return true;
  }

  #storeLoaded(text: string, stored: unknown, lifeMs: LifeMs, ifNotExists: boolean): boolean {
    const { backend } = this;
    const isOver = lifeMs !== "forever" && lifeMs <= 0;
    if (backend.storeLoaded === undefined || isOver) return this.store(text, stored, lifeMs, ifNotExists);
    return backend.storeLoaded(text, stored, { ...(lifeMs !== "forever" && { ttlMs: lifeMs }), ifNotExists });
  }

  /** As that of `Entries`. */
  keepMeanwhile(text: string, value: V, rule: StoreRule<V>, kept?: Kept): void {
    if (this.#gutter === undefined) return;
    try {
      this.#gutter.keep(text, text, value, rule.lifeMs(value, text), kept);
    } catch {
      // It has no lifetime, which is told when it cannot be stored.
    }
  }

  /**
   * Stores what was loaded after a miss, as `Entries` does. Never throws because of the backend: whether it is worth
   * trying the next.
   */
  writeBack(operation: Change, text: string, value: V, miss: Miss, rule: StoreRule<V>): boolean {
    const loadedAtMs = performance.now();
    try {
      const ifNotExists = rule.ifNotExists && !miss.isReplaceable;
      const isStored = this.#events.change(operation, [text], () =>
        this.#storeLoaded(text, this.encode(value, text), rule.lifeMs(value, text), ifNotExists),
      );
      // A list or a hash under the key is there to stay: the value would be loaded for each caller.
      if (!isStored && this.backend.hasForeign?.(text) === true) {
        this.keepMeanwhile(text, value, rule, { loadedAtMs, isRefused: true });
      }
      noteStored(this.backend);
      return true;
    } catch (cause) {
      if (cause instanceof CachetoryError && cause.code !== "UNAVAILABLE") {
        this.#codec.warn("could not store a loaded value", cause);
        return true;
      }
      noteRefusal(this.backend, cause);
      const isRefused = cause instanceof BackendUnavailableError && cause.outcome === "none";
      if (isRefused) this.keepMeanwhile(text, value, rule, { loadedAtMs, isRefused });
      return false;
    }
  }

  /** What a backend that failed to take it away holds is read as it would be by `read`. */
  take(text: string): V | Miss {
    return this.#codec.decodeHere(this.backend.take(text, this.#codec.serializer.out), text);
  }

  #readLocal(local: LocalEntries, text: string): V | Miss {
    const found = this.find(local, text);
    return found instanceof Miss ? found : this.#codec.decodeLocal(local, found, text);
  }

  #decode(backend: SyncBackend, stored: unknown, text: string, foundIn: FoundIn | undefined): V | Miss {
    if (stored instanceof BackendUnavailableError) return this.#instead(backend, text, stored, foundIn);
    this.#gutter?.answered(text);
    const found = this.#codec.decodeHere(stored, text);
    if (!(found instanceof Miss)) {
      this.#gutter?.found(text);
      return found;
    }
    if (found.reason !== "absent") return found;
    // What the backend has refused to store is not there.
    return this.#elseKept(text, this.#gutter?.readRefused(text, text), found, foundIn);
  }

  /** What was loaded a moment ago, where the backend has not answered a read; else the miss that this is. */
  #instead(backend: SyncBackend, text: string, cause: unknown, foundIn: FoundIn | undefined): V | Miss {
    const miss = this.#unavailable(backend, cause);
    return this.#elseKept(text, this.#gutter?.read(text, text), miss, foundIn);
  }

  #elseKept(text: string, kept: V | Promise<V | Miss> | undefined, miss: Miss, foundIn: FoundIn | undefined): V | Miss {
    if (kept === undefined) return miss;
    foundIn?.set(text, "gutter");
    // Without worker threads, nothing that is kept is a promise.
    return kept as V;
  }

  #unavailable(backend: SyncBackend, cause: unknown): Miss {
    noteFailure(backend, cause);
    return unanswered(cause);
  }
}
