import { readEachAged } from "../backends/redis-aged-reads.ts";
import type { RedisConnection } from "../backends/redis-connection.ts";
import { type BackendUnavailableError, CachetoryError } from "../errors.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { AgedEntry, FarEntries } from "./far-entries.ts";
import type { FeedKind } from "./feed.ts";
import type { FeedTimes } from "./feed-connection.ts";
import { RedisFeed } from "./redis-feed.ts";

/** What near layers need of Redis. */
export class RedisFar implements FarEntries {
  readonly #connection: RedisConnection;
  readonly #times: FeedTimes;
  readonly #feeds = new Map<FeedKind, RedisFeed>();

  constructor(connection: RedisConnection, times: FeedTimes) {
    this.#connection = connection;
    this.#times = times;
  }

  getAged(key: string, as: Kind): Promise<AgedEntry> {
    return this.#connection.getAged(key, as);
  }

  getManyAged(keys: readonly string[], as: Kind): Promise<readonly (AgedEntry | BackendUnavailableError)[]> {
    return readEachAged(this.#connection, keys, as);
  }

  feed(kind: FeedKind): RedisFeed {
    const { feedProblem } = this.#connection;
    if (feedProblem !== undefined) throw new CachetoryError("INVALID_OPTION", feedProblem);
    const known = this.#feeds.get(kind);
    if (known !== undefined) return known;
    const feed = new RedisFeed(kind, this.#connection, this.#times);
    this.#feeds.set(kind, feed);
    return feed;
  }

  /** Resolves when those that are in use are open. */
  async ready(): Promise<void> {
    await Promise.all([...this.#feeds.values()].map((feed) => feed.ready()));
  }

  close(): void {
    for (const feed of this.#feeds.values()) feed.close();
  }
}
