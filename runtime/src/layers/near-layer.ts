import type { LocalEntries } from "../backends/local-entries.ts";
import { BackendUnavailableError } from "../errors.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { AgedEntry, FarEntries } from "./far-entries.ts";
import type { Feed } from "./feed.ts";
import type { ReadUnderWay } from "./in-flight.ts";
import type { NearSpace } from "./near-space.ts";

/** What was read of the far backend, and can be kept near. Whoever has it must end it, with `keep` or `drop`. */
export interface FarRead {
  /** As `getMany` of a backend answers it. */
  readonly stored: unknown;
  /** Keeps it, in the form in which a backend in this process stores: for as long as it lives there, and no longer. */
  keep(stored: unknown): void;
  drop(): void;
}

/** The entries of a shared backend that are in this process too, and the way to the others. */
export interface NearLayer {
  /** What is near: where an entry is not found here, it may be farther away. */
  readonly entries: LocalEntries;
  fetch(key: string, as: Kind): Promise<FarRead>;
  /** Aligned with `keys`. */
  fetchMany(keys: readonly string[], as: Kind): Promise<readonly FarRead[]>;
}

/** Reads what is far, with the life that is left to it, by which what is kept near ends. */
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

  async fetch(key: string, as: Kind): Promise<FarRead> {
    this.listen();
    const read = this.#begin(key);
    try {
      return read.answered(await this.#far.getAged(key, as));
    } catch (cause) {
      read.drop();
      throw cause;
    }
  }

  async fetchMany(keys: readonly string[], as: Kind): Promise<readonly FarRead[]> {
    this.listen();
    const reads = keys.map((key) => this.#begin(key));
    try {
      const answers = await this.#far.getManyAged(keys, as);
      return reads.map((read, index) => read.answered(answers[index]));
    } catch (cause) {
      for (const read of reads) read.drop();
      throw cause;
    }
  }

  #begin(key: string): SpaceRead {
    const longestMs = Math.min(this.#ttlMs, this.#feed?.longestMs ?? Number.POSITIVE_INFINITY);
    return new SpaceRead(this.entries, key, longestMs);
  }
}

class SpaceRead implements FarRead {
  stored: unknown;
  readonly #space: NearSpace;
  readonly #key: string;
  readonly #longestMs: number;
  /** `undefined` where nothing is to be kept. */
  readonly #underWay: ReadUnderWay | undefined;
  /** The server counts what is left from a moment that comes after this one. */
  readonly #startMs = performance.now();
  #lifeMs: number | "forever" = 0;

  constructor(space: NearSpace, key: string, longestMs: number) {
    this.#space = space;
    this.#key = key;
    this.#longestMs = longestMs;
    this.#underWay = space.begin(key);
  }

  answered(answer: AgedEntry | BackendUnavailableError | undefined): this {
    if (answer instanceof BackendUnavailableError) {
      this.stored = answer;
    } else if (answer !== undefined) {
      this.stored = answer.stored;
      this.#lifeMs = answer.lifeMs;
    }
    return this;
  }

  keep(stored: unknown): void {
    if (this.#underWay === undefined) return;
    const passedMs = Math.ceil(performance.now() - this.#startMs);
    const leftMs = this.#lifeMs === "forever" ? Number.POSITIVE_INFINITY : this.#lifeMs - passedMs;
    const ttlMs = Math.min(this.#longestMs, leftMs);
    if (this.stored !== undefined && ttlMs > 0) {
      const end = ttlMs === Number.POSITIVE_INFINITY ? undefined : ttlMs;
      this.#space.keep(this.#key, this.#underWay, stored, end);
    }
    this.drop();
  }

  drop(): void {
    if (this.#underWay !== undefined) this.#space.end(this.#key, this.#underWay);
  }
}
