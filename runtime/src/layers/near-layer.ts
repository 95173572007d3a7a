import type { LocalEntries } from "../backends/local-entries.ts";
import type { BackendUnavailableError } from "../errors.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { AgedEntry, FarEntries } from "./far-entries.ts";
import type { Feed } from "./feed.ts";
import type { ReadUnderWay } from "./in-flight.ts";
import type { NearSpace } from "./near-space.ts";

/** A read of the far backend, which begins before it is asked. Whoever has it must end it, with `keep` or `drop`; twice is fine. */
export interface FarRead {
  /**
   * Keeps near what was read, unless a change has overtaken it. When it was read is not known: from when the read began on it
   * may have changed, and its life gone by.
   *
   * @param stored - in the form in which a backend in this process stores; `undefined` where there is no entry
   * @param lifeMs - what was left to it when it was read
   */
  keep(stored: unknown, lifeMs: AgedEntry["lifeMs"]): void;
  drop(): void;
}

/** The entries of a shared backend that are in this process too, and the way to the others. */
export interface NearLayer extends Omit<FarEntries, "feed"> {
  /** What is near: where an entry is not found here, it may be farther away. */
  readonly entries: LocalEntries;
  begin(key: string): FarRead;
  /** Lets go of what is near under these keys, and of what is being read of it: before a change that is not sent at once. */
  forget(keys: readonly string[]): void;
}

/** Near entries that end with those that they were read of, and before that when a feed tells that these have changed. */
export class FetchingLayer implements NearLayer {
  readonly entries: NearSpace;
  readonly #far: Omit<FarEntries, "feed">;
  readonly #feed: Feed | undefined;
  readonly #heads: readonly string[];
  readonly #ttlMs: number;
  #isListening = false;

  /**
   * @param feed - tells of changes to what begins with one of `heads`
   * @param ttlMs - the longest that anything is kept, without end where it is infinite
   */
  constructor(
    space: NearSpace,
    far: Omit<FarEntries, "feed">,
    feed: Feed | undefined,
    heads: readonly string[],
    ttlMs: number,
  ) {
    this.entries = space;
    this.#far = far;
    this.#feed = feed;
    this.#heads = heads;
    this.#ttlMs = ttlMs;
  }

  /** Begins to hear of changes, before which nothing is kept. */
  listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    if (this.#feed === undefined) this.entries.opened();
    else this.#feed.listen(this.entries, this.#heads);
  }

  begin(key: string): FarRead {
    this.listen();
    const underWay = this.entries.begin(key);
    return underWay === undefined ? passing : new SpaceRead(this.entries, key, underWay, this.#longestMs);
  }

  forget(keys: readonly string[]): void {
    this.entries.forget(keys);
  }

  getAged(key: string, as: Kind): Promise<AgedEntry> {
    return this.#far.getAged(key, as);
  }

  getManyAged(keys: readonly string[], as: Kind): Promise<readonly (AgedEntry | BackendUnavailableError)[]> {
    return this.#far.getManyAged(keys, as);
  }

  get #longestMs(): number {
    return this.#feed === undefined ? this.#ttlMs : Math.min(this.#ttlMs, this.#feed.longestMs);
  }
}

/** Of which nothing is kept. */
export const passing: FarRead = { keep() {}, drop() {} };

class SpaceRead implements FarRead {
  readonly #space: NearSpace;
  readonly #key: string;
  readonly #underWay: ReadUnderWay;
  readonly #longestMs: number;
  readonly #beganAtMs = performance.now();
  #isOver = false;

  constructor(space: NearSpace, key: string, underWay: ReadUnderWay, longestMs: number) {
    this.#space = space;
    this.#key = key;
    this.#underWay = underWay;
    this.#longestMs = longestMs;
  }

  keep(stored: unknown, lifeMs: AgedEntry["lifeMs"]): void {
    if (this.#isOver) return;
    const longestMs = lifeMs === "forever" ? this.#longestMs : Math.min(this.#longestMs, lifeMs);
    const ttlMs = longestMs - (performance.now() - this.#beganAtMs);
    if (stored !== undefined && ttlMs > 0) {
      const end = ttlMs === Number.POSITIVE_INFINITY ? undefined : ttlMs;
      this.#space.keep(this.#key, this.#underWay, stored, end);
    }
    this.drop();
  }

  drop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#space.end(this.#key, this.#underWay);
  }
}
