import type { Backend } from "../backends/backend.ts";
import type { BackendUnavailableError } from "../errors.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { Feed, FeedKind } from "./feed.ts";

/** What is stored, and how long it is going to be. */
export interface AgedEntry {
  /** `undefined` where there is no entry. */
  readonly stored: unknown;
  /** Milliseconds that are left, rounded down; `"forever"` without an expiry, 0 where that is not known. */
  readonly lifeMs: number | "forever";
}

/** What a near layer needs of the backend behind it, which processes share. */
export interface FarEntries {
  /** As `get` of the backend, in one round trip. */
  getAged(key: string, as: Kind): Promise<AgedEntry>;
  /** As `getMany` of the backend, in one round trip. */
  getManyAged(keys: readonly string[], as: Kind): Promise<readonly (AgedEntry | BackendUnavailableError)[]>;
  /**
   * The one feed of its kind that all near layers of the backend share; it is closed with the backend.
   *
   * @throws CachetoryError `INVALID_OPTION` where there can be none
   */
  feed(kind: FeedKind): Feed;
}

/**
 * The same of a backend that knows nothing of near layers, in questions that are asked at once, and without a feed. Of what is stored
 * between them, the shorter life counts.
 */
export function agedEntriesOf(backend: Backend): Omit<FarEntries, "feed"> {
  const lifeOf = async (key: string): Promise<number | "forever"> => {
    const startMs = performance.now();
    const leftMs = (await backend.ttl(key)) ?? 0;
    return leftMs === "forever" ? leftMs : Math.max(0, Math.floor(leftMs - (performance.now() - startMs)));
  };
  return {
    async getAged(key, as) {
      const [before, stored, after] = await Promise.all([lifeOf(key), backend.get(key, as), lifeOf(key)]);
      return { stored, lifeMs: shorterLife(before, after) };
    },
    async getManyAged(keys, as) {
      const livesOf = (): Promise<(number | "forever")[]> => Promise.all(keys.map(lifeOf));
      const [before, stored, after] = await Promise.all([livesOf(), backend.getMany(keys, as), livesOf()]);
      return stored.map((one, index) => ({ stored: one, lifeMs: shorterLife(before[index] ?? 0, after[index] ?? 0) }));
    },
  };
}

/** Of what may have been stored between two questions, the life that surely holds. */
export function shorterLife(one: AgedEntry["lifeMs"], other: AgedEntry["lifeMs"]): AgedEntry["lifeMs"] {
  if (one === "forever") return other;
  return other === "forever" ? one : Math.min(one, other);
}
