import type { Backend } from "../backends/backend.ts";
import type { CacheOptions } from "../cache/options.ts";
import { ttlMs } from "../cache/ttl.ts";
import { CachetoryError } from "../errors.ts";
import { envelopeNeeds } from "../policies/envelope-needs.ts";
import type { Tag } from "./tag.ts";
import { TagRecords } from "./tag-records.ts";
import { type TagOptions, TagVersions } from "./tag-versions.ts";
import { joinTagged, leaveTagged, type TaggedCache, taggedBeside } from "./tagged-caches.ts";

/** The tags of one cache, and the record of it as a whole: what its entries depend on, and how that is invalidated. */
export class CacheTags<K, V> implements TaggedCache {
  readonly prefix: string;
  readonly versions: TagVersions<K, V>;
  /** Whether every entry ends at some time. */
  readonly #areFleeting: boolean;
  readonly #options: TagOptions<K, V>;
  readonly #records: TagRecords;
  readonly #cacheKey: string;
  readonly #invalidateLoads: (owns: (key: unknown) => boolean) => void;
  #backend: Backend | undefined;

  /**
   * @param longestMs - the longest that an entry may be there; `undefined` for ever
   * @param invalidateLoads - lets loads of such keys answer, and not store
   */
  constructor(
    cacheName: string,
    options: TagOptions<K, V>,
    prefix: string,
    longestMs: number | undefined,
    invalidateLoads: (owns: (key: unknown) => boolean) => void,
  ) {
    this.prefix = prefix;
    this.#areFleeting = longestMs !== undefined;
    this.#options = options;
    this.#records = new TagRecords(prefix, longestMs);
    this.#cacheKey = this.#records.cacheKey(cacheName);
    this.#invalidateLoads = invalidateLoads;
    this.versions = new TagVersions(cacheName, options, this.#records, () => this.#opened());
  }

  /** The cache has its backend; records are in that, not in what the cache makes of it. */
  open(backend: Backend): void {
    this.#backend = backend;
    joinTagged(backend, this);
  }

  close(): void {
    if (this.#backend !== undefined) leaveTagged(this.#backend, this);
  }

  invalidate(tags: readonly Tag[]): void {
    const texts = new Set(tags.map(({ text }) => text));
    const families = new Set(tags.map(({ family }) => family));
    // Of a value that is still to come, nobody knows the tags.
    const isAny = this.#options.valueFamilies?.some((family) => families.has(family)) === true;
    const isOf = ({ text }: Tag): boolean => texts.has(text);
    // Each key that is loaded is one of the cache's keys.
    this.#invalidateLoads((key) => isAny || this.#options.ofKey?.(key as K).some(isOf) === true);
  }

  /** Makes entries of all caches untrue that have one of these tags. */
  async invalidateTags(tags: readonly Tag[]): Promise<void> {
    if (tags.length === 0) return;
    const backend = this.#opened();
    // In one step with its family: who has read the one without the other would take an old value for a new one.
    const keys = tags.flatMap((tag) => [this.#records.familyKey(tag.family), this.#records.keyOfTag(tag)]);
    const voidLoads = (): void => {
      for (const cache of taggedBeside(backend, this.prefix)) cache.invalidate(tags);
    };
    voidLoads();
    try {
      await backend.deleteMany([...new Set(keys)]);
    } finally {
      voidLoads();
    }
  }

  /**
   * Makes all entries of the cache untrue, and has them deleted where they would never end. Sends before it returns.
   *
   * @returns how many were deleted
   */
  async clear(deleteAll: () => Promise<number>): Promise<number> {
    const invalidated = this.#opened().delete(this.#cacheKey);
    const [count] = await Promise.all([this.#areFleeting ? 0 : deleteAll(), invalidated]);
    return count;
  }

  #opened(): Backend {
    if (this.#backend !== undefined) return this.#backend;
    throw new CachetoryError("INVALID_OPTION", "The tags of a cache are used before its backend is open.");
  }
}

/**
 * Of a cache with tags; and of one whose entries have an envelope anyway and all end, so that it is cleared by its record.
 *
 * @throws CachetoryError `INVALID_DURATION`, `INVALID_OPTION`
 */
export function cacheTags<K, V>(
  name: string,
  options: Pick<CacheOptions<K, V>, "tags" | "prefix" | "maxTtl" | "stale" | "refreshAhead" | "versions">,
  invalidateLoads: (owns: (key: unknown) => boolean) => void,
): CacheTags<K, V> | undefined {
  const { tags, prefix = "", maxTtl, versions } = options;
  const needs = envelopeNeeds(name, options);
  const longest = maxTtl === undefined ? "forever" : ttlMs(maxTtl);
  const longestMs = longest === "forever" ? undefined : longest + (needs?.extraMs ?? 0);
  if (tags !== undefined) return new CacheTags(name, tags, prefix, longestMs, invalidateLoads);
  const isClearedByRecord = needs !== undefined && versions === undefined && longestMs !== undefined;
  return isClearedByRecord ? new CacheTags(name, {}, prefix, longestMs, invalidateLoads) : undefined;
}

/** Lets tags have their records where the cache has its entries. */
export function withTags<K, V>(
  source: Backend | (() => Backend),
  tags: CacheTags<K, V> | undefined,
): Backend | (() => Backend) {
  if (tags === undefined) return source;
  return () => {
    const backend = typeof source === "function" ? source() : source;
    tags.open(backend);
    return backend;
  };
}
