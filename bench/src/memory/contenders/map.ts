import { asyncAround, type Kept, type MemoryContender, type Subject } from "../contender.ts";

/** A bare Map: no TTL, no bound. */
export async function openMap(subject: Subject): Promise<MemoryContender> {
  return contender((id) => `${subject}:${id}`);
}

/** The same, where the text of each key has been made before. */
export async function openMapWithKeys(subject: Subject): Promise<MemoryContender> {
  // Without holes: an array that is filled in at some ids only would be a table, and slower than the map.
  const keys = Array.from({ length: 20_000 }, (_, id) => `${subject}:${id}`);
  return contender((id) => keys[id] as string);
}

function contender(keyOf: (id: number) => string): MemoryContender {
  const entries = new Map<string, Kept>();
  return asyncAround({ get: (key) => entries.get(key), set: (key, value) => entries.set(key, value) }, keyOf);
}
