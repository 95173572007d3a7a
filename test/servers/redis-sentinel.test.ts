import { setTimeout } from "node:timers/promises";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { startRedisSentinel } from "../support/redis-sentinel.ts";
import { until } from "../support/until.ts";

/** On a busy machine a new master may be silent for longer than the half second that it has else, and lose its place again. */
const patient = { downAfterMs: 3_000 };

test.concurrent("a sentinel names the master, and the replica when the master has died", async () => {
  const group = await startRedisSentinel(patient);
  const client = new Redis({ sentinels: [...group.sentinels], name: group.masterName });
  client.on("error", () => {});
  const [first, second] = group.servers;
  expect(await group.master()).toBe(first);
  await client.set("a", "x");
  await client.wait(1, 0);
  expect(await group.killMaster()).toBe(second);
  expect(await client.get("a")).toBe("x");
  await first?.restart();
  await until("the old master is a replica", async () => String(await first?.ask("ROLE")).startsWith("slave"));
  client.disconnect();
  await group.stop();
});

test.concurrent("a sentinel that stood still for seconds does its work again at once", async () => {
  const group = await startRedisSentinel(patient);
  const [first, second] = group.servers;
  expect(await group.killMaster()).toBe(second);
  await first?.restart();
  group.sentinels[0]?.pause();
  await setTimeout(2_200);
  group.sentinels[0]?.resume();
  await until("the old master is a replica", async () => String(await first?.ask("ROLE")).startsWith("slave"));
  await group.stop();
});

test.concurrent("three sentinels with passwords let the replica take over when told so", async () => {
  const group = await startRedisSentinel({ sentinels: 3, password: "of data", sentinelPassword: "of sentinels" });
  const client = new Redis({
    sentinels: [...group.sentinels],
    name: group.masterName,
    password: "of data",
    sentinelPassword: "of sentinels",
  });
  client.on("error", () => {});
  await client.set("a", "x");
  await client.wait(1, 0);
  expect(await group.failover()).toBe(group.servers[1]);
  await until("the client has found the new master", async () => (await client.get("a")) === "x");
  client.disconnect();
  await group.stop();
});
