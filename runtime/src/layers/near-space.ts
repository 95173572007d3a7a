import type { Backend, KeyRange } from "../backends/backend.ts";
import type { LocalEntries, LocalEntry } from "../backends/local-entries.ts";
import { nextTurn } from "../backends/next-turn.ts";
import type { SyncBackend } from "../backends/sync-backend.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { Change, FeedKind, FeedListener } from "./feed.ts";
import { InFlight, type ReadUnderWay } from "./in-flight.ts";

/** What holds entries in this process, without promises. */
export interface NearStore extends Pick<SyncBackend, "set" | "delete" | "deleteMany" | "scan"> {
  readonly local: LocalEntries;
}

let spaces = 0;

/**
 * The entries of one far backend that are held near. Other far backends, and caches that have the near one to themselves, have
 * entries of their own there, whatever their keys are. While news of changes may be missed, it is empty and stays so.
 */
export class NearSpace implements LocalEntries, FeedListener {
  readonly #store: NearStore;
  readonly #local: LocalEntries;
  readonly #inFlight = new InFlight();
  /** Stands before all keys in the store. */
  readonly #head: string;
  /** Whether entries are found and kept. */
  #isOn = false;
  #isTold = false;
  #isEmptying = false;

  constructor(store: NearStore) {
    this.#store = store;
    this.#local = store.local;
    spaces += 1;
    this.#head = `\u0000${spaces}\u0000`;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  get size(): number {
    return this.#local.size;
  }

  find(key: string): LocalEntry | undefined {
    if (!this.#isOn) return undefined;
    try {
      return this.#local.find(this.#head + key);
    } catch {
      // A near backend that is closed is no reason not to ask the far one.
      return undefined;
    }
  }

  isCurrent(entry: LocalEntry): boolean {
    return this.#isOn && this.#local.isCurrent(entry);
  }

  read(entry: LocalEntry, as: Kind): unknown {
    return this.#local.read(entry, as);
  }

  /** `undefined` where nothing would be kept. */
  begin(key: string): ReadUnderWay | undefined {
    return this.#isOn ? this.#inFlight.begin(key) : undefined;
  }

  end(key: string, read: ReadUnderWay): void {
    this.#inFlight.end(key, read);
  }

  /**
   * Keeps what was read, unless a change has overtaken it.
   *
   * @param ttlMs - more than zero; absent for ever
   */
  keep(key: string, read: ReadUnderWay, stored: unknown, ttlMs: number | undefined): void {
    if (read.isOvertaken || !this.#isOn) return;
    try {
      this.#store.set(this.#head + key, stored, { ttlMs });
    } catch {
      // As in `find`.
    }
  }

  /** Lets go of entries, and of what is being read of them. */
  forget(keys: readonly string[]): void {
    for (const key of keys) {
      this.#inFlight.overtake(key);
      if (this.#isOn) this.#delete(key);
    }
  }

  /** Reads that are under way keep nothing of it. */
  overtake(range: KeyRange): void {
    this.#inFlight.overtakeWhere((key) => key.startsWith(range.head) && range.owns(key));
  }

  /** Lets go of all that `range` owns, in batches between which others are served. */
  async forgetWhere(range: KeyRange): Promise<void> {
    this.overtake(range);
    const owns = (key: string): boolean => range.owns(key.slice(this.#head.length));
    await this.#deleteWhere({ head: this.#head + range.head, owns });
  }

  opened(): void {
    this.#isTold = true;
    this.#turnOn();
  }

  closed(): void {
    this.#isTold = false;
    this.#isOn = false;
    this.#inFlight.overtakeWhere(() => true);
    void this.#empty();
  }

  changed(change: Change): void {
    switch (change.kind) {
      case "keys":
        this.forget(change.keys);
        return;
      case "head":
        void this.forgetWhere({ head: change.head, owns: () => true });
        return;
      case "all":
        this.#startAnew();
    }
  }

  #startAnew(): void {
    const isTold = this.#isTold;
    this.closed();
    if (isTold) this.opened();
  }

  /** Nothing is found meanwhile, so it may take its time. */
  async #empty(): Promise<void> {
    if (this.#isEmptying) return;
    this.#isEmptying = true;
    await this.#deleteWhere({ head: this.#head, owns: () => true });
    this.#isEmptying = false;
    this.#turnOn();
  }

  #turnOn(): void {
    this.#isOn = this.#isTold && !this.#isEmptying;
  }

  async #deleteWhere(range: KeyRange): Promise<void> {
    let isFirst = true;
    try {
      for (const keys of this.#store.scan(range)) {
        this.#store.deleteMany(keys);
        if (!isFirst) await nextTurn();
        isFirst = false;
      }
    } catch {
      // As in `find`.
    }
  }

  #delete(key: string): void {
    try {
      this.#store.delete(this.#head + key);
    } catch {
      // As in `find`.
    }
  }
}

const spacesByFar = new WeakMap<Backend, WeakMap<object, Map<FeedKind | "none", NearSpace>>>();

/** The one space that all caches share which have these two backends, and hear of changes in this way. */
export function spaceOf(far: Backend, store: NearStore, kind: FeedKind | "none"): NearSpace {
  const byStore = spacesByFar.get(far) ?? new WeakMap<object, Map<FeedKind | "none", NearSpace>>();
  spacesByFar.set(far, byStore);
  const byKind = byStore.get(store) ?? new Map<FeedKind | "none", NearSpace>();
  byStore.set(store, byKind);
  const space = byKind.get(kind) ?? new NearSpace(store);
  byKind.set(kind, space);
  return space;
}
