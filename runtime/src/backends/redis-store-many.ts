import { flattened } from "../flattened.ts";
import type { BufferLike, RedisCommands } from "./redis-commands.ts";
import type { RedisFeatures } from "./redis-connection.ts";
import { isRefusal } from "./redis-errors.ts";
import type { TimeLeft } from "./time-left.ts";

/** A key and its value as arguments of a command. */
export type StoredPair = readonly [key: string, value: string | BufferLike];

/** A key, its value, and for how long; `undefined` for ever. */
export type LivingPair = readonly [...StoredPair, life: TimeLeft | undefined];

const storeScript = "for i = 1, #KEYS do redis.call('SET', KEYS[i], ARGV[i + 1], 'PX', ARGV[1]) end";
const storeAbsentScript = "for i = 1, #KEYS do redis.call('SET', KEYS[i], ARGV[i + 1], 'PX', ARGV[1], 'NX') end";
const keepAbsentScript = "for i = 1, #KEYS do redis.call('SET', KEYS[i], ARGV[i], 'NX') end";
/** For each key its value, how many milliseconds it lives (0 for ever), and in the end whether it must be absent. */
const storeEachScript = [
  "for i = 1, #KEYS do local a = {'SET', KEYS[i], ARGV[2 * i - 1]}",
  "if ARGV[2 * i] ~= '0' then a[4] = 'PX' a[5] = ARGV[2 * i] end",
  "if ARGV[#ARGV] == '1' then a[#a + 1] = 'NX' end redis.call(unpack(a)) end",
].join(" ");

/**
 * Stores entries of one server, on a Cluster of one slot, in one step and one round trip: MSET for ever, MSETEX with a ttl
 * where the server has it, else MSET and a script that lets them end, or a script alone.
 */
export function storeMany(
  client: RedisCommands,
  pairs: readonly StoredPair[],
  life: TimeLeft | undefined,
  features: RedisFeatures,
): Promise<unknown> {
  const [first] = pairs;
  if (pairs.length === 1 && first !== undefined) {
    return life === undefined ? client.set(...first) : client.set(...first, "PX", life);
  }
  if (life === undefined) return client.mset(...flattened<string | BufferLike>(pairs));
  if (client.msetex === undefined || features.hasMsetex === false) {
    return storeWithTtl(client, pairs, life, features);
  }
  const stored = client.msetex(pairs.length, ...flattened<string | BufferLike>(pairs), "PX", life);
  if (features.hasMsetex === true) return orWithout(stored, features);
  // What the server has shows in its answer. Both are sent, so that calls that follow find the entries either way.
  const scripted = runScript(client, storeScript, pairs, life);
  return eitherStored(stored, scripted, features);
}

/** Four commands cost the client more than one: few pairs are not worth it. */
const leastInTransaction = 16;

function storeWithTtl(
  client: RedisCommands,
  pairs: readonly StoredPair[],
  life: TimeLeft,
  features: RedisFeatures,
): Promise<unknown> {
  const inTransaction = pairs.length < leastInTransaction ? undefined : client.msetAndExpire?.bind(client);
  if (inTransaction !== undefined && features.hasTransactions === true)
    return orByScript(inTransaction(pairs, life), features);
  const stored = runScript(client, storeScript, pairs, life);
  if (inTransaction === undefined || features.hasTransactions === false) return stored;
  // What the server allows is asked beside the first ones.
  return withTransactions(stored, client.hasTransactions?.() ?? Promise.resolve(false), features);
}

async function withTransactions(
  stored: Promise<unknown>,
  asked: Promise<boolean>,
  features: RedisFeatures,
): Promise<unknown> {
  const [reply, hasTransactions] = await Promise.all([stored, asked]);
  features.hasTransactions ??= hasTransactions;
  return reply;
}

/**
 * Stores those entries whose keys are absent, in one step and one round trip: no command does that for each of many keys, so
 * it is a script.
 */
export async function storeManyIfAbsent(
  client: RedisCommands,
  pairs: readonly StoredPair[],
  life: TimeLeft | undefined,
  features: RedisFeatures,
): Promise<unknown> {
  if (pairs.length === 1 || features.hasScripts === false) {
    const options = life === undefined ? [] : ["PX", life];
    return Promise.all(pairs.map(([key, value]) => client.set(key, value, ...options, "NX")));
  }
  try {
    return await (life === undefined
      ? runScript(client, keepAbsentScript, pairs)
      : runScript(client, storeAbsentScript, pairs, life));
  } catch (cause) {
    // The next ones do without. Sent again now, these would come after what was sent meanwhile, such as a deletion.
    if (isRefusal(cause)) features.hasScripts = false;
    throw cause;
  }
}

/**
 * Stores entries that have a lifetime each, in one step and one round trip: no command takes more than one lifetime, so it
 * is a script.
 */
export async function storeManyEach(
  client: RedisCommands,
  pairs: readonly LivingPair[],
  ifNotExists: boolean,
  features: RedisFeatures,
): Promise<unknown> {
  if (pairs.length === 1 || features.hasScripts === false) {
    return Promise.all(
      pairs.map(([key, value, life]) => {
        const options = life === undefined ? [] : ["PX", life];
        return client.set(key, value, ...options, ...(ifNotExists ? ["NX"] : []));
      }),
    );
  }
  const values = pairs.flatMap(([, value, life]) => [value, life ?? 0]);
  try {
    return await client.eval(
      storeEachScript,
      pairs.length,
      ...pairs.map(([key]) => key),
      ...values,
      ifNotExists ? 1 : 0,
    );
  } catch (cause) {
    // As above.
    if (isRefusal(cause)) features.hasScripts = false;
    throw cause;
  }
}

function runScript(
  client: RedisCommands,
  script: string,
  pairs: readonly StoredPair[],
  ...first: readonly TimeLeft[]
): Promise<unknown> {
  // The text is as short as its hash would be with what it takes to send the text where the server has lost it.
  return client.eval(script, pairs.length, ...pairs.map(([key]) => key), ...first, ...pairs.map(([, value]) => value));
}

/** The user may not call all that a transaction takes: the next ones do without. */
async function orByScript(stored: Promise<unknown>, features: RedisFeatures): Promise<unknown> {
  try {
    return await stored;
  } catch (cause) {
    if (isRefusal(cause)) features.hasTransactions = false;
    throw cause;
  }
}

/** Another server may have taken the place of the one that had MSETEX: the next ones do without. */
async function orWithout(stored: Promise<unknown>, features: RedisFeatures): Promise<unknown> {
  try {
    return await stored;
  } catch (cause) {
    if (isRefusal(cause)) features.hasMsetex = false;
    throw cause;
  }
}

async function eitherStored(
  stored: Promise<unknown>,
  scripted: Promise<unknown>,
  features: RedisFeatures,
): Promise<unknown> {
  const [byCommand, byScript] = await Promise.allSettled([stored, scripted]);
  if (byCommand.status === "fulfilled") {
    // Another server of the Cluster may have said that it has it not.
    features.hasMsetex ??= true;
    return byCommand.value;
  }
  if (isRefusal(byCommand.reason)) features.hasMsetex = false;
  if (byScript.status === "fulfilled") return byScript.value;
  throw byScript.reason;
}
