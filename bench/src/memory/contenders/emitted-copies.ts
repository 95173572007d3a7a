import { definitionOf } from "../../generated-caches.ts";
import type { Kept, MemoryContender } from "../contender.ts";

/** What the generator emits to copy values, without a cache around it: of a hit, and of what is stored. */
export async function openEmittedCopies(name: string): Promise<MemoryContender> {
  const { live } = await definitionOf<Kept>(name);
  const { size, keep, give } = live ?? {};
  if (size === undefined || keep === undefined || give === undefined) throw new Error(`${name} copies nothing.`);
  // Without holes: an array that is filled in at some ids only would be a table.
  const kept: unknown[] = Array.from({ length: 20_000 }, () => undefined);
  // Of a copy that goes nowhere, the compiler would leave out what nobody reads.
  let last: unknown;
  return {
    // A copy of what was kept of it.
    peek(id) {
      last = give(kept[id]);
      return last as Kept;
    },
    async set(id, value) {
      if (Number.isNaN(size(value))) throw new Error("A value does not fit its type.");
      kept[id] = keep(value);
    },
  };
}
