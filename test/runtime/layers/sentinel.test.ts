import { describe, expect, test } from "vitest";
import { startRedisSentinel } from "../../support/redis-sentinel.ts";
import { until } from "../../support/until.ts";
import { holdNear, openProcess } from "./layered-cache.ts";

describe("near of what sentinels name", () => {
  test("begins anew with the new master, and hears of its changes", { timeout: 90_000 }, async () => {
    const group = await startRedisSentinel();
    try {
      const port = group.sentinels[0]?.port;
      await using one = openProcess(`redis+sentinel://127.0.0.1:${port}?master=${group.masterName}&heartbeat=100ms`);
      await one.cache.setMany({ a: 1, b: 1 });
      await holdNear(one, "a");
      const master = await group.failover();
      await until("the new master is written to", () => one.cache.set("b", 2));
      await holdNear(one, "a");
      await master.ask("SET", "t:a", "3");
      await until("it is gone", async () => one.cache.peek("a") === undefined);
      expect(await one.cache.get("a")).toBe(3);
    } finally {
      await group.stop();
    }
  });

  test("is near again once sentinels answer that were silent for too long", { timeout: 90_000 }, async () => {
    const group = await startRedisSentinel();
    try {
      const [sentinel] = group.sentinels;
      const options = "heartbeat=100ms&connect-timeout=100ms&command-timeout=300ms";
      await using one = openProcess(
        `redis+sentinel://127.0.0.1:${sentinel?.port}?master=${group.masterName}&${options}`,
      );
      await one.cache.set("a", 1);
      await holdNear(one, "a");
      const master = await group.master();
      sentinel?.pause();
      for (const type of ["pubsub", "normal"]) await master.ask("CLIENT", "KILL", "TYPE", type);
      // The first may be under way when the connection is lost; the others wait for longer than connecting may take.
      for (let count = 0; count < 3; count += 1) {
        await expect(one.cache.set("a", 2)).rejects.toMatchObject({ code: "UNAVAILABLE" });
      }
      sentinel?.resume();
      await until("writes succeed", () => one.cache.set("b", 3));
      await holdNear(one, "b");
      await master.ask("SET", "t:b", "4");
      await until("it is gone", async () => one.cache.peek("b") === undefined);
    } finally {
      await group.stop();
    }
  });
});
