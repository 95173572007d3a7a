import { expect, test } from "vitest";
import type { RedisCommands } from "../../../runtime/src/backends/redis-commands.ts";
import type { RedisConnection } from "../../../runtime/src/backends/redis-connection.ts";
import { runInGroups } from "../../../runtime/src/backends/redis-groups.ts";
import { slotOf } from "../../../runtime/src/backends/redis-slots.ts";

const node = { options: { host: "a", port: 1 }, status: "ready" } as unknown as RedisCommands;
const client = {
  nodes: () => [node],
  slots: Array.from({ length: 16_384 }, () => ["a:1"]),
} as unknown as RedisCommands;
const connection = {
  isCluster: true,
  readyClient: client,
  run: (_kind: unknown, _keys: unknown, command: (client: RedisCommands) => Promise<unknown>) => command(client),
  together: <T>(send: () => T): T => send(),
} as unknown as RedisConnection;

const keys = ["a", "b"];

test("writes leave by the client, which sends on what is redirected in their order", async () => {
  expect(slotOf("a")).not.toBe(slotOf("b"));
  const by: unknown[] = [];
  const failed = await runInGroups(connection, "write", keys, {
    send: async (server) => {
      by.push(server);
      throw new Error("CLUSTERDOWN The cluster is down");
    },
    take() {},
  });
  // Once each: the client has sent them again as often as there was time for.
  expect(by).toEqual([client, client]);
  expect(failed).toMatchObject([{ indexes: [0] }, { indexes: [1] }]);
});

test("a read that is redirected is sent on at once, whatever the others wait for", async () => {
  const by: unknown[] = [];
  let answer = (_: string): void => {};
  const slow = new Promise<string>((resolve) => {
    answer = resolve;
  });
  const taken: unknown[] = [];
  const read = runInGroups<string>(connection, "read", keys, {
    send: (server, [index]) => {
      by.push(server);
      if (index === 1) return slow;
      return server === node ? Promise.reject(new Error("MOVED 1 b:2")) : Promise.resolve("sent on");
    },
    take: (reply, [index]) => taken.push([index, reply]),
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(by).toEqual([node, node, client]);
  answer("slow");
  await read;
  expect(taken).toEqual([
    [0, "sent on"],
    [1, "slow"],
  ]);
});
