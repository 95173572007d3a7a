import type { BackendUnavailableError } from "../errors.ts";
import { type AgedEntry, shorterLife } from "../layers/far-entries.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { RedisConnection, RedisFeatures } from "./redis-connection.ts";
import { isRefusal, unavailable } from "./redis-errors.ts";
import { type FailedGroup, pick, readingLane, readingLimit, runInGroups } from "./redis-groups.ts";
import { mget } from "./redis-reads.ts";
import type { ValueSizes } from "./value-sizes.ts";

/** What was found, and what was not answered. */
export interface FoundAged {
  /** Aligned with the keys; holes where there was no answer. */
  readonly values: AgedEntry[];
  readonly failed: readonly FailedGroup[];
}

/**
 * In one step: somebody else may store something in between, which lives longer than what was there. What is no string is no
 * entry for MGET.
 */
const script = [
  "local lives = {} for i = 1, #KEYS do lives[i] = redis.call('PTTL', KEYS[i]) end",
  "return {redis.call('MGET', unpack(KEYS)), lives}",
].join(" ");

/** The value of one key, and the life that is left to it. */
export function readOneAged(connection: RedisConnection, key: string, as: Kind): Promise<AgedEntry> {
  const {
    features,
    limits: { sizes },
  } = connection;
  return connection.run(
    "read",
    key,
    (client) => ask(client, [key], as, features, sizes),
    ([answer = absent]) => {
      sizes.note(key, answer.stored);
      return answer;
    },
    unavailable,
  );
}

/** The values of many keys, and the life that is left to each, in one round trip. Rejects where none was answered. */
export async function readManyAged(connection: RedisConnection, keys: readonly string[], as: Kind): Promise<FoundAged> {
  const values: AgedEntry[] = new Array(keys.length);
  const { sizes } = connection.limits;
  const limit = readingLimit(sizes, keys);
  const lane = readingLane(connection, keys, limit);
  const { features } = lane;
  const failed = await runInGroups<readonly AgedEntry[]>(lane, "read", keys, {
    send: (client, indexes) => ask(client, pick(keys, indexes), as, features, sizes),
    // The keys of a slot that is moving lie on two servers, of which each has but some: one by one, all are found.
    resend: async (client, indexes) =>
      (await Promise.all(pick(keys, indexes).map((key) => ask(client, [key], as, features, sizes)))).flat(),
    take: (answers, indexes) => {
      for (const [at, index] of indexes.entries()) {
        const answer = answers[at] ?? absent;
        values[index] = answer;
        sizes.note(keys[index] ?? "", answer.stored);
      }
    },
    limit,
  });
  const [first] = failed;
  if (first !== undefined && failed.reduce((sum, { indexes }) => sum + indexes.length, 0) === keys.length) {
    throw first.error;
  }
  return { values, failed };
}

/** The same in one list: in place of what was not answered, why. */
export async function readEachAged(
  connection: RedisConnection,
  keys: readonly string[],
  as: Kind,
): Promise<readonly (AgedEntry | BackendUnavailableError)[]> {
  const { values, failed } = await readManyAged(connection, keys, as);
  const each: (AgedEntry | BackendUnavailableError)[] = values;
  for (const { indexes, error } of failed) for (const index of indexes) each[index] = error;
  return each;
}

const absent: AgedEntry = { stored: undefined, lifeMs: 0 };

async function ask(
  client: RedisCommands,
  keys: readonly string[],
  as: Kind,
  features: RedisFeatures,
  sizes: ValueSizes,
): Promise<readonly AgedEntry[]> {
  const startMs = performance.now();
  // Scripts copy what goes through them.
  const isLarge = sizes.knowsLarge && keys.some((key) => sizes.isLarge(key));
  const [values, lives] = await (isLarge || features.hasScripts === false
    ? askApart(client, keys, as)
    : askTogether(client, keys, as, features));
  const passedMs = performance.now() - startMs;
  return values.map((value, index) => ({
    stored: value ?? undefined,
    lifeMs: lives.map((each) => lifeOf(each[index], passedMs)).reduce(shorterLife),
  }));
}

/** The values, and what is left of their lives as PTTL says it, as often as it was asked. */
type Asked = readonly [values: readonly unknown[], lives: readonly (readonly unknown[])[]];

async function askTogether(
  client: RedisCommands,
  keys: readonly string[],
  as: Kind,
  features: RedisFeatures,
): Promise<Asked> {
  try {
    // It answers so, and strings come as bytes.
    const answer = await client.evalBuffer(script, keys.length, ...keys);
    const [values, lives] = answer as readonly [values: readonly (Buffer | null)[], lives: readonly number[]];
    return [as === "text" ? values.map((value) => value?.toString()) : values, [lives]];
  } catch (cause) {
    if (!isRefusal(cause)) throw cause;
    features.hasScripts = false;
    return askApart(client, keys, as);
  }
}

/** Of what is stored in between, the shorter life counts. */
async function askApart(client: RedisCommands, keys: readonly string[], as: Kind): Promise<Asked> {
  const livesNow = (): Promise<number[]> => Promise.all(keys.map((key) => client.pttl(key)));
  const [before, values, after] = await Promise.all([livesNow(), mget(client, keys, as), livesNow()]);
  return [values, [before, after]];
}

/** What is left by now, of what the server counted at a moment that comes after the question. */
function lifeOf(leftMs: unknown, passedMs: number): AgedEntry["lifeMs"] {
  if (leftMs === -1) return "forever";
  return typeof leftMs === "number" ? Math.max(0, Math.floor(leftMs - passedMs)) : 0;
}
