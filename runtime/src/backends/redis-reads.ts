import type { Kind } from "../serializers/serializer.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { missOfWrongType, unavailable } from "./redis-errors.ts";
import { type FailedGroup, isOneCommand, pick, readingLane, readingLimit, runInGroups } from "./redis-groups.ts";

/** What was found, and what was not answered. */
export interface Found {
  /** Aligned with the keys; `undefined` where there is no entry. */
  readonly values: unknown[];
  readonly failed: readonly FailedGroup[];
}

/** The value of one key, `undefined` where there is none; large text as its UTF-8, where that may be. */
export function readOne(connection: RedisConnection, key: string, as: Kind, largeAsBytes = false): Promise<unknown> {
  return connection.run<unknown, unknown>(
    "value",
    key,
    (client) => get(client, key, as, largeAsBytes),
    orUndefined,
    missOfWrongType,
  );
}

function get(client: RedisCommands, key: string, as: Kind, largeAsBytes: boolean): Promise<unknown> {
  if (as !== "text") return client.getBuffer(key);
  return largeAsBytes && client.getLargeAsBytes !== undefined ? client.getLargeAsBytes(key) : client.get(key);
}

/**
 * The values of many keys. Rejects where none of them was answered.
 *
 * @param isForWrite - whether it has the time of a write. Default `false`
 */
export async function readMany(
  connection: RedisConnection,
  keys: readonly string[],
  as: Kind,
  isForWrite = false,
): Promise<Found> {
  const { sizes } = connection.limits;
  const limit = readingLimit(sizes, keys);
  if (!connection.isCluster && isOneCommand(keys.length, limit)) {
    const values = await connection.run(
      isForWrite ? "write" : "value",
      keys,
      (client) => mget(client, keys, as),
      allOrUndefined,
      unavailable,
    );
    return { values, failed: [] };
  }
  const values: unknown[] = new Array(keys.length);
  const lane = isForWrite ? connection : readingLane(connection, keys, limit);
  const failed = await runInGroups<unknown[]>(lane, isForWrite ? "write" : "read", keys, {
    send: (client, indexes) => mget(client, pick(keys, indexes), as),
    // The keys of a slot that is moving lie on two servers, of which each has but some: one by one, all are found.
    resend: async (client, indexes) =>
      (await Promise.all(pick(keys, indexes).map((key) => mget(client, [key], as)))).flat(),
    take: (replies, indexes) => {
      for (let at = 0; at < indexes.length; at += 1) {
        // An index is one of the keys.
        const index = indexes[at] as number;
        values[index] = orUndefined(replies[at]);
        sizes.note(keys[index] as string, values[index]);
      }
    },
    limit,
  });
  return { values, failed };
}

export function mget(client: RedisCommands, keys: readonly string[], as: Kind): Promise<unknown[]> {
  return as === "text" ? client.mget(keys) : client.mgetBuffer(keys);
}

export function orUndefined(reply: unknown): unknown {
  return reply ?? undefined;
}

/** In place: it is a client's answer, which nobody else has. */
function allOrUndefined(replies: unknown[]): unknown[] {
  for (let index = 0; index < replies.length; index++) replies[index] ??= undefined;
  return replies;
}
