import type { Kind } from "../serializers/serializer.ts";
import type { Backend, KeyRange, StoreOptions } from "./backend.ts";
import { type ClearOptions, ClearRun } from "./clear-run.ts";
import type { Envelopes } from "./envelopes.ts";
import { noEnvelopes } from "./no-envelopes.ts";
import { readBackendUrl } from "./read-backend-url.ts";
import type { SyncBackend } from "./sync-backend.ts";
import { SyncDummyBackend } from "./sync-dummy.ts";
import type { UrlLike } from "./url-like.ts";

/** Stores nothing: every read is a miss, every write succeeds. For switching caching off without changing code. */
export class DummyBackend implements Backend {
  readonly name = "dummy";
  readonly holds = ["value", "text", "bytes"] as const;
  readonly isShared = false;
  readonly envelopes: Envelopes = noEnvelopes;
  readonly #sync = new SyncDummyBackend();

  /** @throws CachetoryError `INVALID_OPTION`, `INVALID_URL` */
  static fromUrl(url: string | UrlLike): DummyBackend {
    readBackendUrl(url, "dummy");
    return new DummyBackend();
  }

  async ready(): Promise<void> {}

  async get(_key: string, _as: Kind): Promise<unknown> {
    return undefined;
  }

  async getMany(keys: readonly string[], _as: Kind): Promise<unknown[]> {
    return keys.map(() => undefined);
  }

  async set(_key: string, _stored: unknown, _options: StoreOptions): Promise<boolean> {
    return true;
  }

  async setMany(
    _entries: readonly (readonly [key: string, stored: unknown])[],
    _ttlMs: number | undefined,
  ): Promise<void> {}

  async setManyIfAbsent(
    _entries: readonly (readonly [key: string, stored: unknown])[],
    _ttlMs: number | undefined,
  ): Promise<void> {}

  async expireIn(_key: string, _ttlMs: number | undefined): Promise<boolean> {
    return false;
  }

  async expireAt(_key: string, _atMs: number): Promise<boolean> {
    return false;
  }

  async ttl(_key: string): Promise<undefined> {
    return undefined;
  }

  async has(_key: string): Promise<boolean> {
    return false;
  }

  async take(_key: string, _as: Kind): Promise<unknown> {
    return undefined;
  }

  async delete(_key: string): Promise<boolean> {
    return false;
  }

  async deleteMany(_keys: readonly string[]): Promise<number> {
    return 0;
  }

  async *scan(_range: KeyRange): AsyncGenerator<readonly string[], void> {
    yield [];
  }

  async clear(range: KeyRange, options: ClearOptions): Promise<number> {
    const run = new ClearRun(options);
    for await (const keys of this.scan(range)) await run.delete(keys, (batch) => this.deleteMany(batch));
    return run.count;
  }

  /** The same without promises. */
  sync(): SyncBackend {
    return this.#sync;
  }

  async close(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}
}
