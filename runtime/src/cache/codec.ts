import { isUint8Array } from "node:util/types";
import type { Backend } from "../backends/backend.ts";
import { LiveValue } from "../backends/live-value.ts";
import type { LocalEntries, LocalEntry } from "../backends/local-entries.ts";
import { nextTurn } from "../backends/next-turn.ts";
import { CachetoryError, errorOfCache } from "../errors.ts";
import type { KeyPattern } from "../keys/key-pattern.ts";
import { messageOf } from "../message-of.ts";
import type { Offload, Offloaded } from "../offload/offload.ts";
import { MaxValueSize } from "../policies/max-value-size.ts";
import { hasTurns, minLengthInTurns, type ReadInTurns, readerInTurns } from "../serializers/in-turns.ts";
import type { EntryContext, Serializer } from "../serializers/serializer.ts";
import { writerOfSure } from "../serializers/sure-values.ts";
import { misfitText, type Validate } from "../validation/misfit.ts";
import { cacheLabel } from "./cache-label.ts";
import { type CallerIsolation, copiesOf, isImmutable } from "./copies.ts";
import type { EntryCodec, NearForm } from "./entry-codec.ts";
import type { LiveValues } from "./live-values.ts";
import { Miss } from "./miss.ts";

/** What a codec is made of, of the options of a cache. */
export interface CodecOptions<V> {
  readonly serializer: Serializer<V> | (() => Serializer<V>);
  readonly offload?: Offload | undefined;
  readonly validate?: Validate | undefined;
  readonly live?: LiveValues | undefined;
  readonly isolation?: CallerIsolation | undefined;
  readonly maxValueBytes?: number | undefined;
  /** Of the keys, for messages. */
  readonly pattern?: KeyPattern | undefined;
}

/** A cache's pipeline: made when first used, and reading what it cannot understand as a miss. */
export class Codec<V> implements EntryCodec<V> {
  #live: LiveValues | undefined;
  readonly #textOf: (key: never) => string;
  readonly #cacheName: string;
  readonly #source: Serializer<V> | (() => Serializer<V>);
  readonly #offload: Offload | undefined;
  readonly #validate: Validate | undefined;
  readonly #isShared: boolean;
  readonly #maxSize: MaxValueSize | undefined;
  readonly #pattern: KeyPattern | undefined;
  #offloaded: Offloaded<V> | undefined;
  #serializer: Serializer<V> | undefined;
  #reader: ReadInTurns<V> | undefined;
  #readsInTurns: boolean | undefined;
  readonly #warnings = new Set<string>();

  /** @param textOf - the text of what it is given as a key */
  constructor(cacheName: string, options: CodecOptions<V>, textOf: (key: never) => string) {
    const { serializer: source, offload, validate, live, isolation, maxValueBytes, pattern } = options;
    this.#live = live;
    this.#textOf = textOf;
    this.#cacheName = cacheName;
    this.#source = source;
    this.#offload = offload;
    this.#validate = validate;
    this.#isShared = isolation === "share";
    this.#maxSize = maxValueBytes === undefined ? undefined : new MaxValueSize(cacheName, maxValueBytes);
    this.#pattern = pattern;
    if (typeof source !== "function") this.#splitOff();
  }

  /** Whether what it makes and reads is bound to the text of the key. */
  get bindsKey(): boolean {
    return this.serializer.bindsKey === true;
  }

  /** How values are kept in this process as they are, where they can be. */
  get live(): LiveValues | undefined {
    return this.#live;
  }

  /** Whether what it makes and reads may be a promise. */
  get isOffloaded(): boolean {
    return this.#offload !== undefined;
  }

  get mayWait(): boolean {
    return this.isOffloaded;
  }

  get hasEnvelope(): boolean {
    return false;
  }

  get withoutEnvelope(): this {
    return this;
  }

  get hasLocalForm(): boolean {
    return this.live !== undefined;
  }

  get serializer(): Serializer<V> {
    this.#serializer ??= typeof this.#source === "function" ? this.#source() : this.#source;
    return this.#serializer;
  }

  get readsInTurns(): boolean {
    this.#readsInTurns ??= hasTurns(this.serializer);
    return this.#readsInTurns;
  }

  /**
   * @throws CachetoryError `INVALID_PIPELINE` where the backend cannot hold what the pipeline makes, `INVALID_OPTION` where
   * nothing of it can be offloaded
   */
  refuseUnfit(backend: Pick<Backend, "name" | "holds">): void {
    this.#splitOff();
    if (this.#maxSize !== undefined && this.serializer.out === "value") {
      throw new CachetoryError(
        "INVALID_OPTION",
        `${this.#cacheName}: maxValueBytes has nothing to measure, for the serializer ${this.serializer.name} makes neither ` +
          "text nor bytes. Leave it out, or choose another serializer, such as json.",
      );
    }
    if (backend.holds.includes(this.serializer.out)) return;
    throw new CachetoryError(
      "INVALID_PIPELINE",
      `${this.#cacheName}: the serializer ${this.serializer.name} makes a ${this.serializer.out}, but the backend ` +
        `${backend.name} holds ${backend.holds.join(" or ")} only. Choose another serializer, such as json.`,
    );
  }

  faceOf(backend: Backend): Backend {
    return backend;
  }

  stamp(): undefined {
    return undefined;
  }

  together<T>(run: () => T): T {
    return run();
  }

  whenReady(): undefined {
    return undefined;
  }

  fetch(_backend: Backend, _key: unknown, ask: () => Promise<unknown>): Promise<unknown> {
    return ask();
  }

  fetchMany(
    _backend: Backend,
    _keys: readonly unknown[],
    ask: () => Promise<readonly unknown[]>,
  ): Promise<readonly unknown[]> {
    return ask();
  }

  has(backend: Backend, text: string): Promise<boolean> {
    return backend.has(text);
  }

  renew(): true {
    return true;
  }

  ttl(backend: Backend, text: string): Promise<number | "forever" | undefined> {
    return backend.ttl(text);
  }

  prepare(): void {
    if (!this.bindsKey) return;
    this.serializer.prepare?.();
    // What is to be sealed is not kept as it is.
    this.#live = undefined;
  }

  /**
   * What is stored, or a promise of it where it is offloaded.
   *
   * @throws CachetoryError `INVALID_VALUE`, `VALUE_TOO_LARGE`
   */
  encode(value: V, key: unknown): unknown {
    if (value === undefined) {
      throw new CachetoryError("INVALID_VALUE", `${this.#cacheName}: undefined cannot be stored; store null instead.`);
    }
    const made = this.#bounded(this.#serialized(value, key));
    // Whoever waits for it may first wait for something else, or be refused before.
    if (!(made instanceof Promise)) return made;
    const named = made.catch((cause) => {
      throw this.#refusal(cause);
    });
    named.catch(() => {});
    return named;
  }

  /** A serializer of somebody's own may throw anything, for which no backend is to be blamed. */
  #serialized(value: V, key: unknown): unknown {
    try {
      return (this.#splitOff() ?? this.serializer).serialize(value, this.#contextOf(key));
    } catch (cause) {
      throw this.#refusal(cause);
    }
  }

  #refusal(cause: unknown): unknown {
    const label = cacheLabel(this.#cacheName, this.#pattern);
    if (cause instanceof CachetoryError) return cause.code === "INVALID_VALUE" ? errorOfCache(label, cause) : cause;
    const reason = messageOf(cause);
    const message = `${label}: the serializer ${this.serializer.name} failed. ${reason}`;
    return new CachetoryError("INVALID_VALUE", message, { cause });
  }

  /**
   * What is stored, made on this thread.
   *
   * @throws CachetoryError `INVALID_VALUE`
   */
  encodeHere(value: unknown): unknown {
    // What was kept as it is was given as a value.
    return this.serializer.serialize(value as V);
  }

  /**
   * As `encode`, for a backend in this process: the value itself, where the serializer would give back an equal one.
   *
   * @throws CachetoryError `INVALID_VALUE`, `VALUE_TOO_LARGE`
   */
  encodeLocal(value: V, key: unknown): unknown {
    const live = this.liveOf(value);
    return live === undefined ? this.encode(value, key) : this.#bounded(live);
  }

  /** The value to be kept as it is; `undefined` where it has to be what the serializer makes. */
  liveOf(value: V): LiveValue | undefined {
    const { live } = this;
    if (live === undefined || value === undefined) return undefined;
    const bytes = sizeOf(live, value);
    if (Number.isNaN(bytes)) return undefined;
    if (live.keep === undefined) return new LiveValue(value, bytes, this);
    const kept = keptOf(live.keep, value);
    return kept === undefined ? undefined : new LiveValue(kept, bytes, this);
  }

  keepNear(value: V, stored: unknown): NearForm<V> {
    const kept = this.liveOf(value);
    // Where readers share what is kept, the first one has it too; where each has a copy, this value is his own.
    if (kept === undefined || this.live?.give !== undefined) return { kept: kept ?? stored, value };
    return { kept, value: kept.value as V };
  }

  lasting(value: V): V | undefined {
    // The key may be changed, too.
    if (this.bindsKey) return undefined;
    const { live } = this;
    // The serializer may refuse it, or give back another one.
    if (live !== undefined && Number.isNaN(sizeOf(live, value))) return undefined;
    if (this.#isShareable(value)) return value;
    // Where readers have no copies of their own, neither has what is kept.
    if (live?.keep === undefined || live.give === undefined) return undefined;
    // What is kept of a V is a V.
    return keptOf(live.keep, value) as V | undefined;
  }

  get encodeLasting(): ((value: V) => unknown) | undefined {
    if (this.live === undefined || this.#maxSize !== undefined || this.isOffloaded) return undefined;
    // It lasts where its size is known, and that is known of what the serializer neither refuses nor changes.
    return writerOfSure(this.serializer);
  }

  /** Gives to each who calls it what one of several callers has of a value that was loaded, as it is now. */
  copiesOf(value: V | undefined): () => V | undefined {
    if (value === undefined || this.#isShareable(value)) return () => value;
    const isKept = this.live !== undefined && !Number.isNaN(sizeOf(this.live, value));
    return copiesOf(value, isKept ? this.live : undefined, this.serializer);
  }

  /** The value of an entry in this process. */
  decodeLocal(local: LocalEntries, entry: LocalEntry, key: unknown): V | Miss {
    const { live } = this;
    const { stored, keeper } = entry;
    try {
      // Another cache on the same backend may have kept it, of another type.
      if (keeper !== undefined && live !== undefined && keeper.live === live) {
        // What was kept of a V, and what is given of that, is a V.
        return (live.give === undefined ? stored : live.give(stored)) as V;
      }
      return this.decodeHere(local.read(entry, this.serializer.out), key);
    } catch (cause) {
      const read = keeper === undefined ? undefined : local.read(entry, this.serializer.out);
      // What nests too deep to be copied here may be read as what the serializer makes of it.
      return read === undefined ? this.missOf(cause) : this.decodeHere(read, key);
    }
  }

  /** The value, or a promise of it where it is offloaded or takes several turns, which does not reject. */
  decode(stored: unknown, key: unknown): V | Miss | Promise<V | Miss> {
    if (stored === undefined) return Miss.absent;
    const offloaded = this.#splitOff();
    if (offloaded === undefined && !this.readsInTurns && isLarge(stored)) return this.#decodeNextTurn(stored, key);
    try {
      const context = this.#contextOf(key);
      const read = offloaded === undefined ? this.#read(stored, context) : offloaded.deserialize(stored, context);
      if (!(read instanceof Promise)) return this.#checked(read);
      return read.then((value) => this.#checked(value)).catch((cause) => this.missOf(cause));
    } catch (cause) {
      return this.missOf(cause);
    }
  }

  /** To put together what is large has taken this turn long enough: others come before it is read. */
  async #decodeNextTurn(stored: unknown, key: unknown): Promise<V | Miss> {
    await nextTurn();
    return this.decodeHere(stored, key);
  }

  /** The value, read on this thread and in this turn. */
  decodeHere(stored: unknown, key: unknown): V | Miss {
    if (stored === undefined) return Miss.absent;
    try {
      return this.#checked(this.serializer.deserialize(stored, this.#contextOf(key)));
    } catch (cause) {
      return this.missOf(cause);
    }
  }

  /** Why an entry could not be read. */
  missOf(cause: unknown): Miss {
    if (cause instanceof CachetoryError && ["WORKER_FAILED", "INVALID_SECRET"].includes(cause.code)) {
      this.warn("could not read an entry, and takes it for a miss", cause);
      // The entry may be as good as ever, so nothing replaces it.
      return new Miss("error", cause);
    }
    return this.#unfit("undecodable", cause);
  }

  /** Once for each cache and matter: a second message would say nothing new. */
  warn(what: string, cause: unknown): void {
    if (this.#warnings.has(what)) return;
    this.#warnings.add(what);
    const reason = messageOf(cause);
    process.emitWarning(`The cache ${cacheLabel(this.#cacheName, this.#pattern)} ${what}. ${reason}`, {
      type: "CachetoryWarning",
      code: "CACHETORY_UNFIT",
    });
  }

  /** The value, where it is of the declared type; else a miss that tells the path of what is not. */
  #checked(value: V): V | Miss {
    let found: ReturnType<Validate>;
    try {
      found = this.#validate?.(value);
    } catch (cause) {
      const why = cause instanceof RangeError ? ": it nests too deep" : "";
      return this.#unfit(
        "misfit",
        new CachetoryError("UNREADABLE", `The entry could not be checked${why}.`, { cause }),
      );
    }
    if (found === undefined) return value;
    const misfit = `The entry does not fit its type at ${misfitText(found)}.`;
    return this.#unfit("misfit", new CachetoryError("UNREADABLE", misfit));
  }

  /** Whether several callers may have the very value, and one that has given it may have it still. */
  #isShareable(value: unknown): boolean {
    return this.#isShared || isImmutable(value);
  }

  #bounded(stored: unknown): unknown {
    return this.#maxSize === undefined ? stored : this.#maxSize.checked(stored);
  }

  /** A context is for pipelines that ask for it alone: another one may be a function that takes something else there. */
  #contextOf(key: unknown): EntryContext | undefined {
    // Whoever has made the codec knows what its keys are.
    return this.bindsKey ? { key: this.#textOf(key as never) } : undefined;
  }

  get #read(): ReadInTurns<V> {
    this.#reader ??= readerInTurns(this.serializer);
    return this.#reader;
  }

  #splitOff(): Offloaded<V> | undefined {
    if (this.#offload !== undefined) this.#offloaded ??= this.#offload.pipeline(this.serializer, this.#cacheName);
    return this.#offloaded;
  }

  #unfit(reason: "misfit" | "undecodable", cause: unknown): Miss {
    this.warn("found an entry that it cannot read, and takes it for a miss", cause);
    return new Miss(reason, cause);
  }
}

function isLarge(stored: unknown): boolean {
  return isUint8Array(stored) && stored.byteLength >= minLengthInTurns;
}

function sizeOf(live: LiveValues, value: unknown): number {
  try {
    return live.size(value);
  } catch {
    // It nests too deep, holds itself, or has a property that throws: the serializer knows what to do with that.
    return Number.NaN;
  }
}

/** `undefined` where it cannot be kept as it is, as what is measured with less of the stack than is taken to copy it. */
function keptOf(keep: (value: unknown) => unknown, value: unknown): unknown {
  try {
    return keep(value);
  } catch {
    return undefined;
  }
}
