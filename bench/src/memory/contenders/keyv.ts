import { Keyv } from "keyv";
import { type Kept, type MemoryContender, type Subject, ttlMs } from "../contender.ts";

/** keyv in a Map. It has no getOrSet. */
export async function openKeyv(subject: Subject): Promise<MemoryContender> {
  const keyv = new Keyv<Kept>();
  const keyOf = (id: number): string => `${subject}:${id}`;
  return {
    get: (id) => keyv.get(keyOf(id)),
    set: (id, value) => keyv.set(keyOf(id), value, ttlMs),
  };
}
