import type { Kind } from "../serializers/serializer.ts";
import type { ValueKeeper } from "./live-value.ts";

/** An entry in this process, which whoever has found it may keep, to read it again without its key. */
export interface LocalEntry {
  /** A value that is kept as it is, or what a pipeline made; `undefined` once the entry is gone. */
  readonly stored: unknown;
  /** Who keeps the value as it is; `undefined` where a pipeline made what is stored. */
  readonly keeper: ValueKeeper | undefined;
}

/** The entries of a backend that keeps them in this process: at hand without a promise. */
export interface LocalEntries {
  /** How many entries are held. */
  readonly size: number;
  /** The live entry of a key. It counts as used. */
  find(key: string): LocalEntry | undefined;
  /** Whether an entry that was found earlier still is that of its key, and lives. It then counts as used. */
  isCurrent(entry: LocalEntry): boolean;
  /** What an entry holds, as the kind that a cache asks for. */
  read(entry: LocalEntry, as: Kind): unknown;
  /** Stores as the backend's `set` would. Absent where only that can store. */
  put?(key: string, stored: unknown, ttlMs: number | undefined): void;
  /** The same under the key of an entry that was found earlier. */
  replace?(entry: LocalEntry, stored: unknown, ttlMs: number | undefined): void;
}
