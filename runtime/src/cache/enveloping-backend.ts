import type { Backend, KeyRange, StoreOptions } from "../backends/backend.ts";
import type { ClearOptions } from "../backends/clear-run.ts";
import type { BackendClock, Envelopes } from "../backends/envelopes.ts";
import type { GuardedBackend } from "../backends/guarded-backend.ts";
import { LiveValue, type ValueKeeper } from "../backends/live-value.ts";
import type { LocalEntries } from "../backends/local-entries.ts";
import { inExactBuffer, storedBytes } from "../backends/memory-entry.ts";
import { noteFace } from "../backends/running-loads.ts";
import { headerOf, wrap } from "../envelope/envelope.ts";
import { EnvelopedValue } from "../envelope/enveloped-value.ts";
import type { Header } from "../envelope/header.ts";
import type { NearLayer } from "../layers/near-layer.ts";
import type { EnvelopeNeeds } from "../policies/envelope-needs.ts";
import type { Kind } from "../serializers/serializer.ts";
import { storeEach } from "./store-each.ts";
import type { Stamp } from "./versions.ts";

/** What a pipeline made of a value at once, until its envelope is known. */
export class Draft {
  /** What the pipeline made, or a `LiveValue`. */
  readonly payload: unknown;
  readonly stamp: Stamp;
  /** Whether it is for a backend in this process, which keeps it as it is. */
  readonly isLocal: boolean;

  constructor(payload: unknown, stamp: Stamp, isLocal: boolean) {
    this.payload = payload;
    this.stamp = stamp;
    this.isLocal = isLocal;
  }
}

/** What is to be stored, in place of the entry that is fresh until then. */
export function inPlaceOf(stored: unknown, freshUntilMs: number): unknown {
  if (!(stored instanceof Draft)) return stored;
  return new Draft(stored.payload, { ...stored.stamp, replaces: freshUntilMs }, stored.isLocal);
}

// Measured on Node 20: the object of an enveloped value, its expiry and its list of versions; and one version.
const envelopeBytes = 120;
const versionBytes = 48;

/** Makes what a backend would have stored of what is kept in this process. */
const keeper: ValueKeeper = {
  live: undefined,
  encodeHere(value) {
    // It keeps nothing else.
    const enveloped = value as EnvelopedValue;
    return wrap(
      enveloped,
      enveloped.keeper === undefined ? enveloped.stored : enveloped.keeper.encodeHere(enveloped.stored),
    );
  },
};

/**
 * A backend as a cache uses it whose entries have an envelope: drafts are enveloped on their way, lifetimes are those of fresh
 * entries, and what is no longer fresh is there for nobody. Reads give what is stored, envelope included.
 */
export class EnvelopingBackend implements Backend {
  readonly name: string;
  readonly holds: readonly Kind[];
  readonly isShared: boolean;
  readonly envelopes: Envelopes;
  readonly behind: Backend;
  readonly #origin: Backend;
  readonly #extraMs: number;
  readonly #aheadShare: number | undefined;
  readonly #isXfetch: boolean;

  constructor(origin: Backend, envelopes: Envelopes, { extraMs, aheadShare, isXfetch = false }: EnvelopeNeeds) {
    this.name = origin.name;
    this.holds = origin.holds;
    this.isShared = origin.isShared;
    this.envelopes = envelopes;
    this.behind = origin.behind ?? origin;
    noteFace(this, origin);
    this.#origin = origin;
    this.#extraMs = extraMs;
    this.#aheadShare = aheadShare;
    this.#isXfetch = isXfetch;
  }

  get local(): LocalEntries | undefined {
    return this.#origin.local;
  }

  get near(): NearLayer | undefined {
    return this.#origin.near;
  }

  get leases(): Backend["leases"] {
    return this.#origin.leases;
  }

  /** Present where the backend has guards. */
  get getGuarded(): GuardedBackend["getGuarded"] | undefined {
    const guarded = guardsOf(this.#origin);
    return guarded?.getGuarded.bind(guarded);
  }

  /** Under its guard, an entry takes the place of another that is there: nobody has changed that since it was read. */
  get setGuarded(): GuardedBackend["setGuarded"] | undefined {
    const guarded = guardsOf(this.#origin);
    return (
      guarded &&
      ((entries) =>
        guarded.setGuarded(
          entries.map(({ key, stored, ttlMs, guard, ifNotExists }) => {
            const enveloped = this.#enveloped(stored, ttlMs);
            return { key, stored: enveloped, ttlMs: this.#keptMs(ttlMs), guard, ifNotExists, isEnveloped: true };
          }),
        ))
    );
  }

  get awaitReplicas(): Backend["awaitReplicas"] {
    return this.#origin.awaitReplicas?.bind(this.#origin);
  }

  ready(): Promise<void> {
    return this.#origin.ready();
  }

  get(key: string, as: Kind, largeAsBytes?: boolean): Promise<unknown> {
    return this.#origin.get(key, as, largeAsBytes);
  }

  getMany(keys: readonly string[], as: Kind): Promise<unknown[]> {
    return this.#origin.getMany(keys, as);
  }

  set(key: string, stored: unknown, { ttlMs, ifNotExists = false }: StoreOptions): Promise<boolean> {
    const enveloped = this.#enveloped(stored, ttlMs);
    if (ifNotExists) return this.envelopes.setUnlessFresh(key, enveloped, this.#keptMs(ttlMs), replacedBy(stored));
    return this.#origin.set(key, enveloped, { ttlMs: this.#keptMs(ttlMs) });
  }

  setMany(entries: readonly (readonly [key: string, stored: unknown])[], ttlMs: number | undefined): Promise<void> {
    return this.#origin.setMany(
      entries.map(([key, stored]) => [key, this.#enveloped(stored, ttlMs)]),
      this.#keptMs(ttlMs),
    );
  }

  setManyIfAbsent(
    entries: readonly (readonly [key: string, stored: unknown])[],
    ttlMs: number | undefined,
  ): Promise<void> {
    return this.setManyEach(
      entries.map(([key, stored]) => [key, stored, ttlMs]),
      true,
    );
  }

  async setManyEach(
    entries: readonly (readonly [key: string, stored: unknown, ttlMs: number | undefined])[],
    ifNotExists: boolean,
  ): Promise<void> {
    const enveloped = entries.map(
      ([key, stored, ttlMs]) => [key, this.#enveloped(stored, ttlMs), this.#keptMs(ttlMs), replacedBy(stored)] as const,
    );
    if (ifNotExists) return this.envelopes.setManyUnlessFresh(enveloped);
    return storeEach(
      this.#origin,
      enveloped.map(([key, stored, ttlMs]) => [key, stored, ttlMs ?? "forever"]),
      false,
    );
  }

  expireIn(key: string, ttlMs: number | undefined): Promise<boolean> {
    return this.envelopes.expireIn(key, ttlMs, this.#extraMs);
  }

  expireAt(key: string, atMs: number): Promise<boolean> {
    return this.envelopes.expireAt(key, atMs, this.#extraMs);
  }

  async ttl(key: string): Promise<number | "forever" | undefined> {
    const { clock } = this.envelopes;
    const [head] = await Promise.all([this.envelopes.head(key), clock.whenKnown("read")]);
    const header = headerOfHead(head);
    return header && freshLeft(header, clock);
  }

  async has(key: string): Promise<boolean> {
    return (await this.ttl(key)) !== undefined;
  }

  take(key: string, as: Kind): Promise<unknown> {
    return this.#origin.take(key, as);
  }

  async delete(key: string): Promise<boolean> {
    return (await this.envelopes.deleteMany([key])) === 1;
  }

  deleteMany(keys: readonly string[]): Promise<number> {
    return this.envelopes.deleteMany(keys);
  }

  scan(range: KeyRange): AsyncIterable<readonly string[]> {
    return this.#origin.scan(range);
  }

  clear(range: KeyRange, options: ClearOptions): Promise<number> {
    return this.#origin.clear(range, options);
  }

  close(): Promise<void> {
    return this.#origin.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #keptMs(ttlMs: number | undefined): number | undefined {
    return ttlMs === undefined ? undefined : ttlMs + this.#extraMs;
  }

  #enveloped(stored: unknown, ttlMs: number | undefined): unknown {
    // Whoever stores by this backend has made a draft, and waited until the clock was known.
    const { payload, stamp, isLocal } = stored as Draft;
    const freshUntilMs = ttlMs === undefined ? Number.POSITIVE_INFINITY : this.envelopes.clock.earliestMs() + ttlMs;
    const share = this.#aheadShare;
    const aheadMs = share === undefined || ttlMs === undefined ? undefined : ttlMs - Math.floor(ttlMs * share);
    const { versions } = stamp;
    const loadMs = this.#isXfetch ? stamp.loadMs : undefined;
    const header = { freshUntilMs, aheadMs, loadMs, versions };
    if (!isLocal) return wrap(header, payload);
    return envelopedLocally(header, payload);
  }
}

/** As a backend in this process keeps it: nothing of it has to be parsed. */
export function envelopedLocally(header: Header, payload: unknown): LiveValue {
  const bytes = storedBytes(payload) + envelopeBytes + versionBytes * header.versions.length;
  return new LiveValue(new EnvelopedValue(header, inExactBuffer(payload)), bytes, keeper);
}

function guardsOf(backend: Backend): GuardedBackend | undefined {
  return "setGuarded" in backend && backend.setGuarded !== undefined ? (backend as GuardedBackend) : undefined;
}

function replacedBy(stored: unknown): number | undefined {
  return (stored as Draft).stamp.replaces;
}

/** The header of the first part of an entry; `undefined` where it is no entry of such a cache. */
export function headerOfHead(head: unknown): Header | undefined {
  if (typeof head !== "string") return undefined;
  try {
    return headerOf(head);
  } catch {
    return undefined;
  }
}

/** For how long an entry is still fresh, in milliseconds; `undefined` where it is no longer. */
export function freshLeft({ freshUntilMs }: Header, clock: BackendClock): number | "forever" | undefined {
  if (!clock.isAhead(freshUntilMs)) return undefined;
  return freshUntilMs === Number.POSITIVE_INFINITY ? "forever" : Math.floor(freshUntilMs - clock.latestMs());
}
