import type { Kind } from "../serializers/serializer.ts";
import type { KeyRange, StoreOptions } from "./backend.ts";
import type { SyncBackend, SyncClearOptions } from "./sync-backend.ts";
import { SyncClearRun } from "./sync-clear-run.ts";

/** As `DummyBackend`: every read is a miss, every write succeeds. */
export class SyncDummyBackend implements SyncBackend {
  readonly name = "dummy";
  readonly holds = ["value", "text", "bytes"] as const;
  readonly isShared = false;

  ready(): void {}

  get(_key: string, _as: Kind): unknown {
    return undefined;
  }

  getMany(keys: readonly string[], _as: Kind): unknown[] {
    return keys.map(() => undefined);
  }

  set(_key: string, _stored: unknown, _options: StoreOptions): boolean {
    return true;
  }

  setMany(_entries: readonly (readonly [key: string, stored: unknown])[], _ttlMs: number | undefined): void {}

  expireIn(_key: string, _ttlMs: number | undefined): boolean {
    return false;
  }

  expireAt(_key: string, _atMs: number): boolean {
    return false;
  }

  ttl(_key: string): undefined {
    return undefined;
  }

  has(_key: string): boolean {
    return false;
  }

  take(_key: string, _as: Kind): unknown {
    return undefined;
  }

  delete(_key: string): boolean {
    return false;
  }

  deleteMany(_keys: readonly string[]): number {
    return 0;
  }

  scan(_range: KeyRange): Iterable<readonly string[]> {
    return [[]];
  }

  clear(range: KeyRange, options: SyncClearOptions): number {
    const run = new SyncClearRun(options);
    for (const keys of this.scan(range)) run.delete(keys, (batch) => this.deleteMany(batch));
    return run.count;
  }

  close(): void {}

  [Symbol.dispose](): void {}
}
