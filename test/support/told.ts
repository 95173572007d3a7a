import { type CacheEventMap, onCacheEvent } from "@cachetory/runtime";
import { onTestFinished } from "vitest";

type Kind = keyof CacheEventMap;

/** The events of these kinds until the end of the test, in the order in which they came. */
export function told<K extends Kind>(...kinds: readonly K[]): CacheEventMap[K][] {
  const events: CacheEventMap[K][] = [];
  for (const kind of kinds) onTestFinished(onCacheEvent(kind, (event) => events.push(event)));
  return events;
}
