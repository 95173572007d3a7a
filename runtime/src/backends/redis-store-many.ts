import type { BufferLike, RedisCommands } from "./redis-commands.ts";
import type { RedisFeatures } from "./redis-connection.ts";
import { isReply } from "./redis-errors.ts";

/** A key and its value as arguments of a command. */
export type StoredPair = readonly [key: string, value: string | BufferLike];

const script = "for i = 1, #KEYS do redis.call('SET', KEYS[i], ARGV[i + 1], 'PX', ARGV[1]) end";

/**
 * Stores entries of one server, on a Cluster of one slot, in one step and one round trip: MSET for ever, MSETEX with a ttl
 * where the server has it, else a script.
 */
export function storeMany(
  client: RedisCommands,
  pairs: readonly StoredPair[],
  ttlMs: number | undefined,
  features: RedisFeatures,
): Promise<unknown> {
  const [first] = pairs;
  if (pairs.length === 1 && first !== undefined) {
    return ttlMs === undefined ? client.set(...first) : client.set(...first, "PX", ttlMs);
  }
  if (ttlMs === undefined) return client.mset(...pairs.flat());
  if (client.msetex === undefined || features.hasMsetex === false) return runScript(client, pairs, ttlMs);
  const stored = client.msetex(pairs.length, ...pairs.flat(), "PX", ttlMs);
  if (features.hasMsetex === true) return stored;
  // What the server has shows in its answer. Both are sent, so that calls that follow find the entries either way.
  const scripted = runScript(client, pairs, ttlMs);
  return eitherStored(stored, scripted, features);
}

function runScript(client: RedisCommands, pairs: readonly StoredPair[], ttlMs: number): Promise<unknown> {
  // The text is as short as its hash would be with what it takes to send the text where the server has lost it.
  return client.eval(script, pairs.length, ...pairs.map(([key]) => key), ttlMs, ...pairs.map(([, value]) => value));
}

async function eitherStored(
  stored: Promise<unknown>,
  scripted: Promise<unknown>,
  features: RedisFeatures,
): Promise<unknown> {
  const [byCommand, byScript] = await Promise.allSettled([stored, scripted]);
  if (byCommand.status === "fulfilled") {
    features.hasMsetex = true;
    return byCommand.value;
  }
  // Not known, or not allowed to this user.
  if (isReply(byCommand.reason) && /^(?:ERR unknown command|NOPERM)/i.test(byCommand.reason.message)) {
    features.hasMsetex = false;
  }
  if (byScript.status === "fulfilled") return byScript.value;
  throw byScript.reason;
}
