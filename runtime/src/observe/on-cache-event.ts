import { channels } from "./channels.ts";
import type { CacheEventMap } from "./event-types.ts";

/**
 * Listens to all caches of the process: the same as `subscribe("cachetory:hit", …)` of `node:diagnostics_channel`, with
 * the type of the event. What the listener throws is an uncaught exception of the process, as for every such channel.
 *
 * @returns ends it
 *
 * @example
 * ```ts
 * const stop = onCacheEvent("miss", ({ cache, reason }) => {
 *   if (reason !== "absent") console.warn(`${cache}: ${reason}`);
 * });
 * ```
 */
export function onCacheEvent<Kind extends keyof CacheEventMap>(
  kind: Kind,
  listener: (event: CacheEventMap[Kind]) => void,
): () => void {
  // What comes on a channel is of its kind.
  const listen = (message: unknown): void => listener(message as CacheEventMap[Kind]);
  channels[kind].subscribe(listen);
  return () => {
    channels[kind].unsubscribe(listen);
  };
}
