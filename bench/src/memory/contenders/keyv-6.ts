import { Keyv } from "keyv-6";
import { type Kept, type MemoryContender, type Subject, ttlMs } from "../contender.ts";

/** keyv's next version in a Map: it runs on newer Nodes only, and has no released store for Redis. */
export async function openKeyv6(subject: Subject): Promise<MemoryContender> {
  const keyv = new Keyv();
  const keyOf = (id: number): string => `${subject}:${id}`;
  return {
    get: (id) => keyv.get<Kept>(keyOf(id)),
    set: (id, value) => keyv.set(keyOf(id), value, ttlMs),
  };
}
