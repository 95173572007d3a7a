import type { Backend } from "../backends/backend.ts";
import type { GuardedBackend, GuardedEntry, GuardedRead, LeaveGuard } from "../backends/guarded-backend.ts";
import type { StorableEntry } from "../cache/store-each.ts";
import { CachetoryError } from "../errors.ts";
import type { Kind } from "../serializers/serializer.ts";

/**
 * What is stored after a load. `"if-absent"`: what was loaded, unless the key has an entry by then. `"guarded"`: only if
 * nobody has changed the key since the read before the load, a deletion included, whichever process that was.
 */
export type WriteBack = "if-absent" | "guarded";

/** Lets loads store what no change has overtaken, among all processes that use one backend so. */
export class GuardedWriteBack {
  /** Whose changes void guards. */
  readonly backend: GuardedBackend;
  readonly #guardMs: number;

  constructor(backend: GuardedBackend, guardMs: number) {
    this.backend = backend;
    this.#guardMs = guardMs;
  }

  /** What is there by now; with a guard where that is to be loaded. */
  read(text: string, as: Kind, leave: LeaveGuard): Promise<GuardedRead> {
    return this.backend.getGuarded(text, as, this.#guardMs, leave);
  }

  /** Stores those whose guards hold. What is over already is deleted, or left alone with `ifNotExists`. */
  async store(entries: readonly StorableEntry[], ifNotExists: boolean): Promise<void> {
    const isOver = ([, , lifeMs]: StorableEntry): boolean => lifeMs !== "forever" && lifeMs <= 0;
    const guarded = entries.flatMap((entry): readonly GuardedEntry[] => {
      const [key, stored, lifeMs, guard] = entry;
      if (guard === undefined || isOver(entry)) return [];
      return [{ key, stored, ttlMs: lifeMs === "forever" ? undefined : lifeMs, guard, ifNotExists }];
    });
    const over = ifNotExists ? [] : entries.filter(isOver).map(([key]) => key);
    await Promise.all([
      guarded.length === 0 ? undefined : this.backend.setGuarded(guarded),
      over.length === 0 ? undefined : this.backend.deleteMany(over),
    ]);
  }
}

/** What is used of how a cache stores. */
interface Faced {
  faceOf(backend: Backend): Backend;
}

/**
 * How loads store on this backend; `undefined` where it is in one process, whose changes are known without.
 *
 * @param guardMs - how long a load may take and still store
 * @throws CachetoryError `INVALID_OPTION` where others may change it, and it has no guards
 */
export function guardedWriteBack(backend: Backend, codec: Faced, guardMs: number): GuardedWriteBack | undefined {
  const guarded = backend.guarded?.();
  if (guarded !== undefined) {
    // A face of a backend that has guards has them too.
    return new GuardedWriteBack(codec.faceOf(guarded) as GuardedBackend, guardMs);
  }
  if (!backend.isShared) return undefined;
  throw new CachetoryError(
    "INVALID_OPTION",
    `The backend ${backend.name} has no guards, so nobody can tell whether an entry was deleted during a load. Leave ` +
      "writeBack out, or give the cache a Redis.",
  );
}
