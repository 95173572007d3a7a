import type { Backend } from "../backends/backend.ts";
import type { CacheKeys } from "../cache/cache-keys.ts";
import type { CacheOptions } from "../cache/options.ts";
import { CachetoryError } from "../errors.ts";
import type { CacheEvents } from "../observe/cache-events.ts";
import { RecoveringBackend } from "./recovering-backend.ts";

type PolicyOptions = Pick<CacheOptions<never, never>, "backend" | "closesBackend" | "reads" | "recovery">;

/** Where a cache has its entries, and whether its end is that of it. */
interface CacheBackend {
  readonly backend: Backend | (() => Backend);
  /** Asked once it is open. */
  readonly closes: () => boolean;
}

/**
 * The backend of a cache, behind what its policies put before it; as it was given where there are none.
 *
 * @throws CachetoryError `INVALID_OPTION`
 */
export function backendWithPolicies<K>(
  name: string,
  { backend, closesBackend = true, reads = "master", recovery = false }: PolicyOptions,
  keys: CacheKeys<K>,
  events: CacheEvents<K>,
): CacheBackend {
  if (reads === "master" && recovery === false) return { backend, closes: () => closesBackend };
  // What was made for this cache ends with it.
  let isOwn = false;
  const maxKeys = maxKeysOf(name, recovery);
  const open = (): Backend => {
    const given = typeof backend === "function" ? backend() : backend;
    const read = reads === "replica" ? onReplicas(name, given, closesBackend) : given;
    isOwn = recovery !== false || read !== given;
    if (recovery === false) return read;
    return new RecoveringBackend(read, {
      name,
      range: keys.range(undefined, read),
      maxKeys,
      closesBackend: closesBackend || read !== given,
      tell: (state, keyCount, error) => events.tell("recovery", { state, keyCount, error }),
    });
  };
  return { backend: open, closes: () => closesBackend || isOwn };
}

/** Entries in this process have no older copies. */
function onReplicas(name: string, backend: Backend, closesBackend: boolean): Backend {
  if (backend.onReplicas !== undefined) return backend.onReplicas(closesBackend);
  if (backend.isShared) {
    throw new CachetoryError(
      "INVALID_OPTION",
      `${name}: the backend ${backend.name} has no replicas that could be read. Give it a redis+cluster:// or ` +
        "redis+sentinel:// URL, or leave reads out.",
    );
  }
  return backend;
}

function maxKeysOf(name: string, recovery: NonNullable<PolicyOptions["recovery"]>): number {
  const maxKeys = (typeof recovery === "boolean" ? undefined : recovery.maxKeys) ?? 1000;
  if (Number.isSafeInteger(maxKeys) && maxKeys >= 1) return maxKeys;
  const message = `${name}: maxKeys of recovery must be a whole number from 1, but is ${maxKeys}.`;
  throw new CachetoryError("INVALID_OPTION", message);
}
