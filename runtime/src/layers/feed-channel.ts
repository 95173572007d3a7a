import { randomId } from "../random-id.ts";
import type { Change, FeedKind } from "./feed.ts";
import type { FeedClient } from "./feed-client.ts";

/** What a connection subscribes to, to hear of changes. */
export interface FeedChannel {
  readonly kind: FeedKind;
  readonly name: string;
  /**
   * Comes before subscribing. Rejects with what the server answers where it refuses.
   *
   * @param heads - of which none begins with another
   */
  prepare(client: FeedClient, heads: readonly string[]): Promise<void>;
  /** What a message says; `undefined` for one of this process. */
  read(payload: unknown): Change | undefined;
  /** The message that says it; `undefined` where the server says it anyway. */
  write(change: Change): string | undefined;
}

/**
 * The server tells of every key that is written, deleted, evicted or expires. The connection redirects to itself, so that
 * what is told and what is tracked end together: a server does not say that the target of a redirection is gone.
 */
export const trackingChannel: FeedChannel = {
  kind: "tracking",
  name: "__redis__:invalidate",
  async prepare(client, heads) {
    const id = await client.call("CLIENT", "ID");
    // All keys are meant where no prefix is named.
    const prefixes = heads.includes("") ? [] : heads.flatMap((head) => ["PREFIX", head]);
    await client.call("CLIENT", "TRACKING", "ON", "REDIRECT", String(id), "BCAST", ...prefixes);
  },
  // FLUSHALL and FLUSHDB come as null.
  read: (payload) =>
    Array.isArray(payload) ? { kind: "keys", keys: payload.map((key: unknown) => String(key)) } : { kind: "all" },
  write: () => undefined,
};

/**
 * Processes tell each other of what they write, by name alone; who sends a message knows already. Of one that another release
 * may send, it is only known that something has changed.
 */
export function busChannel(): FeedChannel {
  const self = randomId();
  return {
    kind: "bus",
    name: "__cachetory__:changes",
    async prepare() {},
    read(payload) {
      const message = parsed(String(payload));
      if (message?.from === self) return undefined;
      return changeOf(message?.change) ?? { kind: "all" };
    },
    write: (change) => JSON.stringify({ from: self, change }),
  };
}

function parsed(text: string): { readonly from?: unknown; readonly change?: unknown } | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === "object" && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}

function changeOf(given: unknown): Change | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  if ("keys" in given && Array.isArray(given.keys)) return { kind: "keys", keys: given.keys.map(String) };
  if ("head" in given && typeof given.head === "string") return { kind: "head", head: given.head };
  return undefined;
}
