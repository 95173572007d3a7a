import { expect, test } from "vitest";
import { RedisClock } from "../../../runtime/src/backends/redis-clock.ts";
import type { RedisCommands } from "../../../runtime/src/backends/redis-commands.ts";
import type { RedisConnection } from "../../../runtime/src/backends/redis-connection.ts";

const seconds = 2_000_000_000;
const well = { time: async () => [`${seconds}`, "0"] };
const silent = { time: () => new Promise<never>(() => {}) };
const gone = { time: () => Promise.reject(new Error("Connection is closed.")) };

function clockOf(masters: readonly object[]): RedisClock {
  const client = { nodes: () => masters } as unknown as RedisCommands;
  return new RedisClock({
    isCluster: true,
    readyClient: client,
    run: (_kind: unknown, _keys: unknown, command: (client: RedisCommands) => Promise<unknown>) => command(client),
  } as unknown as RedisConnection);
}

test.each([
  ["silent", silent],
  ["gone", gone],
])("a Cluster of which one master is %s has a time all the same", async (_, other) => {
  const clock = clockOf([other, well]);
  await clock.whenKnown("read");
  expect(clock.whenKnown("read")).toBeUndefined();
  expect(Math.abs(clock.earliestMs() - 1000 * seconds)).toBeLessThan(5000);
});

test("a Cluster of which no master answers has none", async () => {
  await expect(clockOf([gone, gone]).whenKnown("read")).rejects.toThrow("Connection is closed.");
});
