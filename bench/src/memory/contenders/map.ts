import { asyncAround, type Kept, type MemoryContender, type Subject } from "../contender.ts";

/** A bare Map: no TTL, no bound. With `hasKeys` the text of each key has been made before. */
export async function openMap(subject: Subject, hasKeys: boolean): Promise<MemoryContender> {
  const entries = new Map<string, Kept>();
  const ready: string[] = [];
  const keyOf = (id: number): string => `${subject}:${id}`;
  const store = {
    get: (key: string) => entries.get(key),
    set: (key: string, value: Kept) => entries.set(key, value),
  };
  return asyncAround(store, hasKeys ? (id) => (ready[id] ??= keyOf(id)) : keyOf);
}
