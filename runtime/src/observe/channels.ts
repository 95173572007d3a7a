import { type Channel, channel } from "node:diagnostics_channel";
import type { CacheEventMap } from "./event-types.ts";

/** Held here, for Node forgets a channel that nobody holds, and makes another one for the next who asks. */
export const channels: { readonly [Kind in keyof CacheEventMap]: Channel } = {
  hit: channel("cachetory:hit"),
  miss: channel("cachetory:miss"),
  load: channel("cachetory:load"),
  store: channel("cachetory:store"),
  invalidation: channel("cachetory:invalidation"),
  lifetime: channel("cachetory:lifetime"),
  eviction: channel("cachetory:eviction"),
  outage: channel("cachetory:outage"),
  breaker: channel("cachetory:breaker"),
  recovery: channel("cachetory:recovery"),
  overload: channel("cachetory:overload"),
};

/** Tells whoever listens; without them, it is not even made. */
export function publish<Kind extends keyof CacheEventMap>(kind: Kind, event: () => CacheEventMap[Kind]): void {
  const channel = channels[kind];
  if (channel.hasSubscribers) channel.publish(event());
}
