import type { Kept, MemoryContender } from "./contender.ts";

/** Whether a caller that changes the value it got leaves the cached one as it is: it got a copy, or it cannot change it. */
export async function isIsolated({ get, getOrSet }: MemoryContender, id: number): Promise<boolean> {
  const read = async (): Promise<Kept | undefined> =>
    get === undefined ? getOrSet?.(id, () => Promise.reject(new Error("It is there."))) : get(id);
  const first = await read();
  if (first === undefined || Object.isFrozen(first)) return true;
  // That its type forbids it stops nobody who casts, nor plain JavaScript.
  const changed = first as { id: number };
  changed.id = -1;
  const isAsBefore = (await read())?.id === id;
  changed.id = id;
  return isAsBefore;
}
