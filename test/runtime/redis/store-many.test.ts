import { expect, test, vi } from "vitest";
import type { RedisCommands } from "../../../runtime/src/backends/redis-commands.ts";
import type { RedisFeatures } from "../../../runtime/src/backends/redis-connection.ts";
import { storeMany } from "../../../runtime/src/backends/redis-store-many.ts";
import { timeLeft } from "../../../runtime/src/backends/time-left.ts";

const pairs = [
  ["a", "1"],
  ["b", "2"],
] as const;
const life = timeLeft(1000);
const unknown = new Error("ERR unknown command 'MSETEX'");

test("a server without MSETEX that has taken the place of one with it is asked for it once", async () => {
  const msetex = vi.fn<() => Promise<number>>(() => Promise.reject(unknown));
  const script = vi.fn<() => Promise<unknown>>(async () => null);
  const client = { msetex, eval: script } as unknown as RedisCommands;
  const features: RedisFeatures = { hasMsetex: true, hasScripts: undefined, hasTransactions: false };
  await expect(storeMany(client, pairs, life, features)).rejects.toThrow("MSETEX");
  await storeMany(client, pairs, life, features);
  expect([msetex.mock.calls.length, script.mock.calls.length]).toEqual([1, 1]);
});

test("of a Cluster of which only some servers have it, none is asked for it", async () => {
  const features: RedisFeatures = { hasMsetex: undefined, hasScripts: undefined, hasTransactions: false };
  const server = (msetex: () => Promise<number>): RedisCommands =>
    ({ msetex, eval: async () => null }) as unknown as RedisCommands;
  await Promise.all([
    storeMany(
      server(() => Promise.reject(unknown)),
      pairs,
      life,
      features,
    ),
    storeMany(
      server(async () => 2),
      pairs,
      life,
      features,
    ),
  ]);
  expect(features.hasMsetex).toBe(false);
});
