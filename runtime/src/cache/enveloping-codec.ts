import type { Backend } from "../backends/backend.ts";
import type { BackendClock } from "../backends/envelopes.ts";
import type { LocalEntries, LocalEntry } from "../backends/local-entries.ts";
import { openEnvelope } from "../envelope/envelope.ts";
import { EnvelopedValue, type HeldRecord } from "../envelope/enveloped-value.ts";
import type { Header } from "../envelope/header.ts";
import { CachetoryError } from "../errors.ts";
import { type EnvelopeNeeds, type EnvelopePolicies, envelopeNeeds } from "../policies/envelope-needs.ts";
import type { Serializer } from "../serializers/serializer.ts";
import { readFurther } from "./call-budget.ts";
import { Codec, type CodecOptions } from "./codec.ts";
import type { EntryCodec, NearForm } from "./entry-codec.ts";
import { Draft, EnvelopingBackend, envelopedLocally, freshLeft, headerOfHead } from "./enveloping-backend.ts";
import { Aged, Miss, Untrue } from "./miss.ts";
import { newStamp, type Stamp, type Versions } from "./versions.ts";

/** What was read: an entry, and the records that it depends on. */
class Fetched {
  readonly stored: unknown;
  readonly records: readonly unknown[];

  constructor(stored: unknown, records: readonly unknown[]) {
    this.stored = stored;
    this.records = records;
  }
}

/**
 * A codec of entries with an envelope, which is looked at before the value: an entry that is no longer fresh is an {@link Aged}, one
 * whose versions have changed a miss, and so is one without an envelope.
 */
class EnvelopingCodec<V> implements EntryCodec<V> {
  readonly mayWait = true;
  readonly encodeLasting = undefined;
  readonly hasLocalForm = true;
  readonly hasEnvelope = true;
  readonly #cacheName: string;
  readonly #codec: Codec<V>;
  readonly #needs: EnvelopeNeeds;
  #versions: Versions | undefined;
  /** Of the backend, once that is open. */
  #clock: BackendClock | undefined;

  constructor(cacheName: string, codec: Codec<V>, needs: EnvelopeNeeds) {
    this.#cacheName = cacheName;
    this.#codec = codec;
    this.#needs = needs;
    this.#versions = needs.versions;
  }

  get isOffloaded(): boolean {
    return this.#codec.isOffloaded;
  }

  get serializer(): Serializer<V> {
    return this.#codec.serializer;
  }

  get readsInTurns(): boolean {
    return this.#codec.readsInTurns;
  }

  get withoutEnvelope(): EntryCodec<V> {
    return this.#codec;
  }

  refuseUnfit(backend: Backend): void {
    this.#codec.refuseUnfit(backend);
    if (backend.near !== undefined && this.#versions !== undefined) {
      throw new CachetoryError(
        "INVALID_OPTION",
        `${this.#cacheName}: entries that depend on further records cannot be kept in a near layer, which is not told of those.`,
      );
    }
    if (backend.envelopes !== undefined) return;
    throw new CachetoryError(
      "INVALID_OPTION",
      `${this.#cacheName}: its policies need entries with an envelope, which the backend ${backend.name} cannot hold. ` +
        "Memory and Redis can.",
    );
  }

  prepare(): void {
    this.#codec.prepare();
  }

  faceOf(backend: Backend): Backend {
    const { envelopes } = backend;
    // It has been refused by now.
    if (envelopes === undefined) return backend;
    this.#clock = envelopes.clock;
    if (backend.isShared && backend.near === undefined) this.#versions ??= this.#needs.sharedVersions;
    return new EnvelopingBackend(backend, envelopes, this.#needs);
  }

  stamp(key: unknown, miss?: Miss): Stamp | Promise<Stamp> {
    const replaces = miss instanceof Aged ? miss.freshUntilMs : undefined;
    // A backend that did not answer the read is not asked again: what is stored without versions does not hold.
    const versions = miss?.isUnanswered === true ? [] : this.#versions?.toStore(key, miss?.records);
    if (!(versions instanceof Promise)) return newStamp(replaces, versions ?? []);
    // Whoever loads has the value, whatever the backend says.
    const none = (): readonly string[] => [];
    return versions.catch(none).then((known) => newStamp(replaces, known));
  }

  together<T>(run: () => T): T {
    return this.#versions?.together === undefined ? run() : this.#versions.together(run);
  }

  encode(value: V, key: unknown, stamp?: Stamp): unknown {
    return this.#draft(this.#codec.encode(value, key), value, key, stamp, false);
  }

  encodeLocal(value: V, key: unknown, stamp?: Stamp): unknown {
    return this.#draft(this.#codec.encodeLocal(value, key), value, key, stamp, true);
  }

  whenReady(): Promise<void> | undefined {
    return this.#clock?.whenKnown("read");
  }

  fetch(backend: Backend, key: unknown, ask: () => Promise<unknown>, isChange = false): Promise<unknown> {
    const records = this.#versions?.recordsOf(key);
    if (records !== undefined) return this.#fetchWithRecords(backend, records, ask, isChange);
    const asked = ask();
    const ready = this.whenReady();
    // Sent together, the entry first.
    return ready === undefined ? asked : Promise.all([asked, ready]).then(([stored]) => stored);
  }

  async #fetchWithRecords(
    backend: Backend,
    texts: readonly string[],
    ask: () => Promise<unknown>,
    isChange: boolean,
  ): Promise<unknown> {
    const startedAtMs = performance.now();
    const records = texts.map((text) => backend.get(text, "text"));
    const [stored, found] = await Promise.all([ask(), Promise.all(records), this.whenReady()]);
    const further = this.#recordsOfEntry(stored);
    if (further.length === 0) return new Fetched(stored, found);
    const asked = Promise.all(further.map((text) => backend.get(text, "text")));
    const count = 1 + texts.length + further.length;
    const answered = isChange ? asked : readFurther(backend, startedAtMs, count, asked);
    return new Fetched(stored, [...found, ...(await answered)]);
  }

  async fetchMany(
    backend: Backend,
    keys: readonly unknown[],
    ask: () => Promise<readonly unknown[]>,
  ): Promise<readonly unknown[]> {
    const versions = this.#versions;
    if (versions === undefined) {
      const [stored] = await Promise.all([ask(), this.whenReady()]);
      return stored;
    }
    const textsOfEach = keys.map((key) => versions.recordsOf(key));
    const texts = [...new Set(textsOfEach.flat())];
    const startedAtMs = performance.now();
    const [stored, found] = await Promise.all([
      ask(),
      texts.length === 0 ? [] : backend.getMany(texts, "text"),
      this.whenReady(),
    ]);
    const records = new Map(texts.map((text, index) => [text, found[index]]));
    const furtherOfEach = stored.map((one) => this.#recordsOfEntry(one));
    const further = [...new Set(furtherOfEach.flat())];
    const count = keys.length + texts.length + further.length;
    const furtherFound =
      further.length === 0 ? [] : await readFurther(backend, startedAtMs, count, backend.getMany(further, "text"));
    for (const [index, text] of further.entries()) records.set(text, furtherFound[index]);
    return stored.map((one, index) => {
      if (one instanceof Error) return one;
      const own = [...(textsOfEach[index] ?? []), ...(furtherOfEach[index] ?? [])];
      return new Fetched(
        one,
        own.map((text) => records.get(text)),
      );
    });
  }

  async has(backend: Backend, text: string, key: unknown): Promise<boolean> {
    return (await this.ttl(backend, text, key)) !== undefined;
  }

  async ttl(backend: Backend, text: string, key: unknown): Promise<number | "forever" | undefined> {
    const header = await this.#headerOf(backend, text, key, false);
    return header === undefined || this.#clock === undefined ? undefined : freshLeft(header, this.#clock);
  }

  renew(backend: Backend, text: string, key: unknown): Promise<boolean> | true {
    return this.#versions === undefined || this.#renewWithRecords(this.#versions, backend, text, key);
  }

  async #renewWithRecords(versions: Versions, backend: Backend, text: string, key: unknown): Promise<boolean> {
    const header = await this.#headerOf(backend, text, key, true);
    if (header === undefined) return false;
    versions.extend?.(key, header.versions);
    return true;
  }

  /** Of the entry, unless something has made it untrue. */
  async #headerOf(backend: Backend, text: string, key: unknown, isChange: boolean): Promise<Header | undefined> {
    const fetched = await this.fetch(backend, key, async () => backend.envelopes?.head(text), isChange);
    const { stored, records } = partsOf(fetched);
    const header = headerOfHead(stored);
    const isUntrue = records !== undefined && this.#versions?.hold(header?.versions ?? [], records) === false;
    return isUntrue ? undefined : header;
  }

  decode(fetched: unknown, key: unknown, forLoad = false): V | Miss | Promise<V | Miss> {
    return this.#decode(fetched, forLoad, (payload) => this.#codec.decode(payload, key));
  }

  #decode(
    fetched: unknown,
    forLoad: boolean,
    decode: (payload: unknown) => V | Miss | Promise<V | Miss>,
  ): V | Miss | Promise<V | Miss> {
    const { stored, records } = partsOf(fetched);
    if (stored === undefined) return records === undefined ? Miss.absent : new Miss("absent", undefined, records);
    try {
      const { header, payload } = openEnvelope(stored);
      return this.#judge(header, records, forLoad, () => decode(payload));
    } catch (cause) {
      const { reason } = this.#codec.missOf(cause);
      return new Miss(reason, cause, records);
    }
  }

  decodeLocal(local: LocalEntries, entry: LocalEntry, key: unknown, forLoad = false): V | Miss {
    const { stored } = entry;
    if (!(stored instanceof EnvelopedValue)) {
      const decodeHere = (payload: unknown): V | Miss => this.#codec.decodeHere(payload, key);
      // Of what is decoded here, nothing is a promise.
      return this.#decode(local.read(entry, this.serializer.out), forLoad, decodeHere) as V | Miss;
    }
    const versions = this.#versions;
    const isSure = versions === undefined || stored.heldBy?.every((held) => isUnchanged(local, held)) === true;
    if (isSure && this.#isFresh(stored) && !(forLoad && this.#isDue(stored)))
      return this.#codec.decodeLocal(local, stored, key);
    const texts = versions && [...versions.recordsOf(key), ...this.#recordsOfEntry(stored)];
    const entries = texts?.map((text) => local.find(text));
    const records = entries?.map((record) => (record === undefined ? undefined : local.read(record, "text")));
    const there = entries?.filter((record) => record !== undefined) ?? [];
    // One that is absent may come, and is not known to have.
    const isHeld = there.length === records?.length && versions?.hold(stored.versions, records) === true;
    stored.heldBy = isHeld ? there.map((record) => ({ record, token: record.stored })) : undefined;
    return this.#judge(stored, records, forLoad, () => this.#codec.decodeLocal(local, stored, key)) as V | Miss;
  }

  keepNear(value: V, stored: unknown): NearForm<V> {
    // It has been read, so it has an envelope.
    const { header, payload } = openEnvelope(stored);
    const near = this.#codec.keepNear(value, payload);
    return { kept: envelopedLocally(header, near.kept), value: near.value };
  }

  /** What an entry remembers is of the moment in which it is made. */
  lasting(): undefined {
    return undefined;
  }

  copiesOf(value: V | undefined): () => V | undefined {
    return this.#codec.copiesOf(value);
  }

  warn(what: string, cause: unknown): void {
    this.#codec.warn(what, cause);
  }

  #draft(payload: unknown, value: V, key: unknown, given: Stamp | undefined, isLocal: boolean): Draft | Promise<Draft> {
    const stamp = withVersions(given ?? this.#stampNow(key), this.#versions?.withValue?.(value, key));
    const known = this.#clock?.whenKnown("write");
    if (!(payload instanceof Promise) && !(stamp instanceof Promise) && known === undefined) {
      return new Draft(payload, stamp, isLocal);
    }
    const draft = Promise.all([payload, stamp, known]).then(([made, stamped]) => new Draft(made, stamped, isLocal));
    // Whoever waits for it may first wait for something else.
    draft.catch(() => {});
    return draft;
  }

  /** For a value that was not loaded: who stores it is told where the backend does not answer. */
  #stampNow(key: unknown): Stamp | Promise<Stamp> {
    const versions = this.#versions?.toStore(key, undefined);
    if (versions instanceof Promise) return versions.then((known) => newStamp(undefined, known));
    return newStamp(undefined, versions ?? []);
  }

  /** Of what is stored, or of the beginning of it. */
  #recordsOfEntry(stored: unknown): readonly string[] {
    const versions = this.#versions;
    if (versions?.recordsOfEntry === undefined || stored === undefined || stored instanceof Error) return [];
    try {
      return versions.recordsOfEntry(openEnvelope(stored).header.versions);
    } catch {
      // It has no envelope, which is told when it is read.
      return [];
    }
  }

  #judge(
    header: Header,
    records: readonly unknown[] | undefined,
    forLoad: boolean,
    decode: () => V | Miss | Promise<V | Miss>,
  ): V | Miss | Promise<V | Miss> {
    if (records !== undefined && this.#versions?.hold(header.versions, records) === false) {
      return new Untrue(header.freshUntilMs, records);
    }
    const found = decode();
    const isFresh = this.#isFresh(header);
    if (isFresh && !(forLoad && this.#isDue(header))) return found;
    const staleMs = (this.#clock?.latestMs() ?? 0) - header.freshUntilMs;
    const aged = (value: V | Miss): V | Miss =>
      value instanceof Miss ? value : new Aged(value, isFresh, header.freshUntilMs, staleMs, records);
    return found instanceof Promise ? found.then(aged) : aged(found);
  }

  #isFresh({ freshUntilMs }: Header): boolean {
    return this.#clock?.isAhead(freshUntilMs) === true;
  }

  /** Whether a load is to refresh an entry that is still fresh. */
  #isDue({ freshUntilMs, aheadMs, loadMs }: Header): boolean {
    if (this.#clock === undefined) return false;
    if (this.#needs.isXfetch === true && loadMs !== undefined) {
      // Vattani, Chierichetti, Lowenstein: "Optimal Probabilistic Cache Stampede Prevention", with beta 1. The closer to its end,
      // and the longer its load takes, the likelier; on average one caller of many is the first.
      return !this.#clock.isAhead(freshUntilMs + loadMs * Math.log(1 - this.#needs.random()));
    }
    return aheadMs !== undefined && !this.#clock.isAhead(freshUntilMs - aheadMs);
  }
}

/** The codec of a cache: with an envelope where a policy needs one. */
export function entryCodec<K, V>(
  cacheName: string,
  options: CodecOptions<V> & EnvelopePolicies,
  textOf: (key: K) => string,
): EntryCodec<V> {
  const codec = new Codec(cacheName, options, textOf);
  const needs = envelopeNeeds(cacheName, options);
  return needs === undefined ? codec : new EnvelopingCodec(cacheName, codec, needs);
}

function withVersions(
  stamp: Stamp | Promise<Stamp>,
  of: ReturnType<NonNullable<Versions["withValue"]>> | undefined,
): Stamp | Promise<Stamp> {
  if (of === undefined) return stamp;
  if (stamp instanceof Promise) return stamp.then((known) => withVersions(known, of));
  const versions = of(stamp.versions);
  return versions instanceof Promise
    ? versions.then((known) => ({ ...stamp, versions: known }))
    : { ...stamp, versions };
}

function isUnchanged(local: LocalEntries, { record, token }: HeldRecord): boolean {
  return record.stored === token && local.isCurrent(record);
}

function partsOf(fetched: unknown): { readonly stored: unknown; readonly records: readonly unknown[] | undefined } {
  return fetched instanceof Fetched ? fetched : { stored: fetched, records: undefined };
}
