import { asIs } from "../as-is.ts";
import type { KeyRange } from "./backend.ts";
import { keyOfBeside } from "./redis-beside-keys.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { unavailable } from "./redis-errors.ts";
import { partly, pick, runInGroups } from "./redis-groups.ts";
import { keyBetween } from "./redis-slots.ts";

/** The entries that a range owns, batch by batch. */
export async function* keysIn(connection: RedisConnection, range: KeyRange): AsyncGenerator<readonly string[], void> {
  for await (const keys of keysFrom(connection, range.head)) {
    // What is kept beside an entry is none, whatever the range says.
    yield keys.filter((key) => range.owns(key) && keyOfBeside(key) === undefined);
  }
}

/** So often a server is gone through again from the start, since the connection to it was lost. */
const maxAgain = 10;

/**
 * All keys that begin so, also of what is kept beside entries: of one server after the other. Where a connection was lost, another
 * server may have answered on the next one, to which the cursor of the first says nothing: it is asked from the start.
 */
export async function* keysFrom(connection: RedisConnection, head: string): AsyncGenerator<readonly string[], void> {
  const pattern = `${head.replace(/[\\*?[\]]/g, "\\$&")}*`;
  for (const server of await serversOf(connection)) {
    let cursor: string | undefined = "0";
    let again = 0;
    let { stream } = server;
    while (cursor !== undefined) {
      const from: string = cursor;
      const [next, keys] = await connection.run(
        "write",
        [],
        () => server.scan(from, "MATCH", pattern, "COUNT", 1000, "TYPE", "string"),
        asIs,
        unavailable,
      );
      const isOther = from !== "0" && server.stream !== stream;
      if (isOther && ++again > maxAgain) unavailable(new Error("The connection was lost again and again meanwhile."));
      ({ stream } = server);
      yield keys;
      if (isOther) cursor = "0";
      else cursor = next === "0" ? undefined : next;
    }
  }
}

/** How many there were. */
export async function deleteMany(connection: RedisConnection, keys: readonly string[]): Promise<number> {
  let count = 0;
  const failed = await runInGroups<number>(connection, "write", keys, {
    send: (client, indexes) => client.unlink(...pick(keys, indexes)),
    take: (deleted) => {
      count += deleted;
    },
  });
  if (failed.length > 0) throw partly("deleted", keys.length, failed);
  return count;
}

/** Every server that holds keys. */
async function serversOf(connection: RedisConnection): Promise<readonly RedisCommands[]> {
  const ask = <Reply>(command: (client: RedisCommands) => Promise<Reply>): Promise<Reply> =>
    connection.run("write", [], command, asIs, unavailable);
  if (connection.isCluster) {
    // The client forgets a server whose connection is lost until a command wants it: each is asked, so that none is left
    // out without a word.
    const ranges = await ask(async (client) => client.cluster?.("SLOTS") ?? []);
    await Promise.all(ranges.map(([first, last]) => ask((client) => client.type(keyBetween(first, last)))));
  }
  return ask(async (client) => client.nodes?.("master") ?? [client]);
}
