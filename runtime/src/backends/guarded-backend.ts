import type { Kind } from "../serializers/serializer.ts";
import type { Backend } from "./backend.ts";

/**
 * When a read leaves a guard: where there is nothing, or in any case; one that is there already stays, and loads share it.
 * `"anew"` leaves another one in any case, for what is to replace whatever is there: loads that began before do not store.
 */
export type LeaveGuard = "absent" | "always" | "anew";

/** What is stored under a key, and what a load that begins now has to show when it stores. */
export interface GuardedRead {
  /** `undefined` where there is nothing, or something that is no entry, and `"anew"`. */
  readonly stored: unknown;
  /** `undefined` where nothing is to be loaded. */
  readonly guard: string | undefined;
}

/** What was loaded, with what the read before the load left. */
export interface GuardedEntry {
  readonly key: string;
  readonly stored: unknown;
  /** Milliseconds, more than zero; absent for ever. */
  readonly ttlMs: number | undefined;
  readonly guard: string;
  /** Whether to leave alone what is there. */
  readonly ifNotExists: boolean;
  /** Whether it has an envelope: with `ifNotExists`, another that has one makes way all the same. Default `false`. */
  readonly isEnveloped?: boolean;
}

/**
 * A backend of which every change of a key, by whatever process, voids the guard that a read has left beside it: so a load
 * that began before the change is known when it comes to store.
 */
export interface GuardedBackend extends Backend {
  /** Reads, and leaves a guard that lasts for `guardMs`. */
  getGuarded(key: string, as: Kind, guardMs: number, leave: LeaveGuard): Promise<GuardedRead>;
  /**
   * Stores those of the entries whose guard is still there; of no key twice. Where a guard that was left `"anew"` is gone, what was
   * there by then goes, too: the server may have let go of it, and the entry is not to outlive what was to replace it.
   */
  setGuarded(entries: readonly GuardedEntry[]): Promise<void>;
}
