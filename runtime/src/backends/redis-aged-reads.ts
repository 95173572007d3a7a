import { asIs } from "../as-is.ts";
import type { BackendUnavailableError } from "../errors.ts";
import type { AgedEntry } from "../layers/far-entries.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { RedisConnection, RedisFeatures } from "./redis-connection.ts";
import { isRefusal, unavailable } from "./redis-errors.ts";
import { type FailedGroup, pick, readingLane, readingLimit, runInGroups } from "./redis-groups.ts";
import { mget, readOne } from "./redis-reads.ts";

/** What was found, and what was not answered. */
export interface FoundAged {
  /** Aligned with the keys; holes where there was no answer. */
  readonly values: AgedEntry[];
  readonly failed: readonly FailedGroup[];
}

/** One command for the lives of many: a `PTTL` for each costs the client as much as all the rest of the read. */
const script = "local lives = {} for i = 1, #KEYS do lives[i] = redis.call('PTTL', KEYS[i]) end return lives";

/** The value of one key, and the life that is left to it. */
export async function readOneAged(connection: RedisConnection, key: string, as: Kind): Promise<AgedEntry> {
  const startMs = performance.now();
  const [stored, leftMs] = await connection.together(() =>
    Promise.all([
      readOne(connection, key, as),
      connection.run("read", key, (client) => client.pttl(key), asIs, unavailable),
    ]),
  );
  return { stored, lifeMs: lifeOf(leftMs, performance.now() - startMs) };
}

/** The values of many keys, and the life that is left to each, in one round trip. Rejects where none was answered. */
export async function readManyAged(connection: RedisConnection, keys: readonly string[], as: Kind): Promise<FoundAged> {
  const values: AgedEntry[] = new Array(keys.length);
  const { sizes } = connection.limits;
  const limit = readingLimit(sizes, keys);
  const lane = readingLane(connection, keys, limit);
  const { features } = lane;
  const failed = await runInGroups<readonly AgedEntry[]>(lane, "read", keys, {
    send: (client, indexes) => ask(client, pick(keys, indexes), as, features),
    // The keys of a slot that is moving lie on two servers, of which each has but some: one by one, all are found.
    resend: async (client, indexes) =>
      (await Promise.all(pick(keys, indexes).map((key) => ask(client, [key], as, features)))).flat(),
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

/** Two commands, which are sent one after the other. */
async function ask(
  client: RedisCommands,
  keys: readonly string[],
  as: Kind,
  features: RedisFeatures,
): Promise<readonly AgedEntry[]> {
  const startMs = performance.now();
  const [values, lives] = await Promise.all([mget(client, keys, as), livesOf(client, keys, features)]);
  const passedMs = performance.now() - startMs;
  return values.map((value, index) => ({ stored: value ?? undefined, lifeMs: lifeOf(lives[index], passedMs) }));
}

async function livesOf(
  client: RedisCommands,
  keys: readonly string[],
  features: RedisFeatures,
): Promise<readonly unknown[]> {
  if (features.hasScripts !== false) {
    try {
      // It answers with as many numbers as there are keys.
      return (await client.eval(script, keys.length, ...keys)) as readonly unknown[];
    } catch (cause) {
      if (!isRefusal(cause)) throw cause;
      features.hasScripts = false;
    }
  }
  return Promise.all(keys.map((key) => client.pttl(key)));
}

/** What is left by now, of what the server counted at a moment that comes after the question. */
function lifeOf(leftMs: unknown, passedMs: number): number | "forever" {
  if (leftMs === -1) return "forever";
  return typeof leftMs === "number" ? Math.max(0, Math.floor(leftMs - passedMs)) : 0;
}
