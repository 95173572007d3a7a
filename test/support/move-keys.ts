import type { ClusterNode } from "./cluster-view.ts";

/** Which keys go from where to where. */
export interface KeyMove {
  readonly slot: number;
  readonly from: ClusterNode;
  readonly to: ClusterNode;
  readonly password: string | undefined;
  /** Default: all. */
  readonly count: number | undefined;
}

/** Moves keys of a slot that is migrating, in batches, with what is left of their lifetimes; answers how many. */
export async function moveKeys({
  slot,
  from,
  to,
  password,
  count = Number.POSITIVE_INFINITY,
}: KeyMove): Promise<number> {
  let moved = 0;
  while (moved < count) {
    const keys = await from.ask("CLUSTER", "GETKEYSINSLOT", slot, Math.min(count - moved, 100));
    if (!Array.isArray(keys) || keys.length === 0) break;
    const credentials = password === undefined ? [] : ["AUTH", password];
    await from.ask("MIGRATE", "127.0.0.1", to.port, "", 0, 5000, ...credentials, "KEYS", ...keys.map(String));
    moved += keys.length;
  }
  return moved;
}
