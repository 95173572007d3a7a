import { asIs } from "../as-is.ts";
import { BackendUnavailableError } from "../errors.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { CommandKind, RedisConnection } from "./redis-connection.ts";
import { isRedirection, SomeFailed, unavailable } from "./redis-errors.ts";
import { type GroupLimit, groupKeys, slotOf, unsized } from "./redis-slots.ts";
import { sizeOf, type ValueSizes } from "./value-sizes.ts";

/** So much is stored by one command, however few the keys. */
const maxStoredSize = 1024 * 1024;

/** What one command stores at most, of texts and bytes. */
export function storingLimit(storedAt: (index: number) => unknown): GroupLimit {
  return { maxKeys: unsized.maxKeys, maxSize: maxStoredSize, sizeOf: (index) => sizeOf(storedAt(index)) };
}

/** What one command reads at most, as far as the sizes are known: a large value is as much as all others of a command. */
export function readingLimit(sizes: ValueSizes, keys: readonly string[]): GroupLimit {
  const { perCommand, knowsLarge } = sizes;
  if (!knowsLarge) return { ...unsized, maxKeys: perCommand };
  // An index is one of the keys.
  const sizeAt = (index: number): number => (sizes.isLarge(keys[index] as string) ? perCommand : 1);
  return { maxKeys: perCommand, maxSize: perCommand, sizeOf: sizeAt };
}

/** Whether one command takes so many entries; none at all takes no command. */
export function isOneCommand(count: number, { maxKeys, maxSize, sizeOf }: GroupLimit): boolean {
  if (count === 0 || count > maxKeys) return false;
  let size = 0;
  for (let index = 0; index < count; index += 1) size += sizeOf(index);
  return size <= maxSize;
}

/** Where to read these: what takes several commands keeps nobody else waiting. */
export function readingLane(connection: RedisConnection, keys: readonly string[], limit: GroupLimit): RedisConnection {
  return keys.length === 0 || isOneCommand(keys.length, limit) ? connection : connection.laneFor(keys);
}

/** What is to be done with some of the keys, which are given by their indexes. */
export interface GroupCommand<Reply> {
  /** Sends one command. */
  send(client: RedisCommands, indexes: readonly number[]): Promise<Reply>;
  /** Sends it again where the server redirects. Default as `send`. */
  resend?(client: RedisCommands, indexes: readonly number[]): Promise<Reply>;
  /** Takes its reply. Apart from `send`, for a function that waits would cost more than many a command. */
  take(reply: Reply, indexes: readonly number[]): void;
  /** How much goes in one. Default 500 keys. */
  readonly limit?: GroupLimit;
}

/** Keys that got no answer. */
export interface FailedGroup {
  readonly indexes: readonly number[];
  readonly error: BackendUnavailableError;
}

/**
 * Runs a command for each group of keys that one command can take, all at once; on a Cluster they are of one slot. All
 * commands to one server leave in one write and have one time limit. Sends before it returns.
 */
export async function runInGroups<Reply>(
  connection: RedisConnection,
  kind: CommandKind,
  keys: readonly string[],
  command: GroupCommand<Reply>,
): Promise<readonly FailedGroup[]> {
  const groups = groupKeys(keys, command.limit ?? unsized, connection.isCluster);
  const sent = connection.together(() =>
    byServer(connection, keys, groups).map(async ({ server, groups }) => {
      try {
        return await connection.run<readonly FailedGroup[], readonly FailedGroup[]>(
          kind,
          groups.length === 1 ? pick(keys, groups[0] ?? []) : groups.flatMap((indexes) => pick(keys, indexes)),
          (client) =>
            kind === "write"
              ? sendAll(client, groups, command)
              : readAll(connectedOr(client, server), client, groups, command),
          asIs,
          failedOf,
        );
      } catch (cause) {
        return groups.map((indexes): FailedGroup => ({ indexes, error: errorOf(cause) }));
      }
    }),
  );
  return (await Promise.all(sent)).flat();
}

/** Some groups, and the server that they lie with where that is known. */
interface ServerGroups {
  readonly server: RedisCommands | undefined;
  readonly groups: (readonly number[])[];
}

/**
 * The groups by the server of their slot, so that each server has one command to wait for. Where it is not known, which is
 * so before there is a connection, where replicas are read, and where the client collects commands, it is left to find it.
 */
function byServer(
  { isCluster, readyClient: client }: RedisConnection,
  keys: readonly string[],
  groups: readonly (readonly number[])[],
): readonly ServerGroups[] {
  const alone = (indexes: readonly number[]): ServerGroups => ({ server: undefined, groups: [indexes] });
  const { scaleReads = "master", enableAutoPipelining } = client?.options ?? {};
  // A client that holds commands back until the end of the turn would have them overtaken by what a server's own client sends.
  const asksItself = scaleReads !== "master" || Boolean(enableAutoPipelining);
  if (!isCluster || client?.slots === undefined || client.nodes === undefined || asksItself) return groups.map(alone);
  const masters = new Map<string, ServerGroups>();
  for (const node of client.nodes("master")) {
    masters.set(`${node.options?.host}:${node.options?.port}`, { server: node, groups: [] });
  }
  const unknown: ServerGroups[] = [];
  for (const indexes of groups) {
    const [address = ""] = client.slots[slotOf(keys[indexes[0] ?? 0] ?? "")] ?? [];
    const master = masters.get(address);
    if (master === undefined) unknown.push(alone(indexes));
    else master.groups.push(indexes);
  }
  return [...[...masters.values()].filter(({ groups }) => groups.length > 0), ...unknown];
}

/** The client itself sends on what is redirected, before it takes anything else: so the order of writes holds. */
function sendAll<Reply>(
  client: RedisCommands,
  groups: readonly (readonly number[])[],
  { send, take }: GroupCommand<Reply>,
): Promise<readonly FailedGroup[]> {
  return takeAll(groups, (indexes) => send(client, indexes), take);
}

/** Where there is no connection to a server any more, the client makes another. */
function connectedOr(client: RedisCommands, server: RedisCommands | undefined): RedisCommands {
  return server?.status === "ready" ? server : client;
}

function readAll<Reply>(
  server: RedisCommands,
  client: RedisCommands,
  groups: readonly (readonly number[])[],
  { send, resend = send, take }: GroupCommand<Reply>,
): Promise<readonly FailedGroup[]> {
  // A server that redirects has done nothing, and the client follows.
  const follow = (cause: unknown, indexes: readonly number[]): Promise<Reply> => {
    if (!isRedirection(cause)) throw cause;
    return resend(client, indexes);
  };
  return takeAll(groups, (indexes) => send(server, indexes).catch((cause) => follow(cause, indexes)), take);
}

async function takeAll<Reply>(
  groups: readonly (readonly number[])[],
  ask: (indexes: readonly number[]) => Promise<Reply>,
  take: (reply: Reply, indexes: readonly number[]) => void,
): Promise<readonly FailedGroup[]> {
  const failed: FailedGroup[] = [];
  const results = await Promise.allSettled(groups.map(ask));
  for (const [at, result] of results.entries()) {
    const indexes = groups[at] ?? [];
    if (result.status === "fulfilled") take(result.value, indexes);
    else failed.push({ indexes, error: errorOf(result.reason) });
  }
  // Thrown, so that whoever watches the server is told.
  if (failed.length > 0) throw new SomeFailed(failed);
  return failed;
}

function failedOf(cause: unknown): readonly FailedGroup[] {
  // It is thrown above, and nowhere else.
  return cause instanceof SomeFailed ? (cause.failed as readonly FailedGroup[]) : unavailable(cause);
}

function errorOf(cause: unknown): BackendUnavailableError {
  try {
    return unavailable(cause);
  } catch (error) {
    if (error instanceof BackendUnavailableError) return error;
    throw error;
  }
}

/** What a call did that failed in part. */
export function partly(done: string, total: number, failed: readonly FailedGroup[]): BackendUnavailableError {
  const left = failed.reduce((sum, { indexes }) => sum + indexes.length, 0);
  const [first] = failed;
  if (first === undefined) throw new Error("Nothing failed.");
  if (left === total && failed.every(({ error }) => error.outcome === first.error.outcome)) return first.error;
  const message = `${first.error.message} ${total - left} of ${total} entries were ${done}.`;
  return new BackendUnavailableError(message, { cause: first.error, outcome: "unknown" });
}

export function pick<T>(items: readonly T[], indexes: readonly number[]): T[] {
  // An index is one of `items`.
  return indexes.map((index) => items[index] as T);
}
