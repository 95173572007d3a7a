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
});
