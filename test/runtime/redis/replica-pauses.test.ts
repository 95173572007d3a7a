import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RedisConnection } from "../../../runtime/src/backends/redis-connection.ts";
import { RedisReplicaReads } from "../../../runtime/src/backends/redis-replica-reads.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("after a failure replicas are left out for a second, after the next for two, and after an answer for one again", async () => {
  const asked: string[] = [];
  let fails = true;
  const connection = (name: string): RedisConnection =>
    // Nothing else of a connection is used for one key.
    ({
      get: async () => {
        asked.push(name);
        if (name === "replica" && fails) throw new Error("It is away.");
        return "1";
      },
    }) as unknown as RedisConnection;
  const reads = new RedisReplicaReads(connection("replica"), connection("master"), 500);
  const askedAfter = async (ms: number): Promise<string> => {
    vi.advanceTimersByTime(ms);
    asked.length = 0;
    expect(await reads.get("key", "text")).toBe("1");
    return asked.join();
  };
  expect(await askedAfter(0)).toBe("replica,master");
  expect(await askedAfter(999)).toBe("master");
  expect(await askedAfter(1)).toBe("replica,master");
  expect(await askedAfter(1999)).toBe("master");
  fails = false;
  expect(await askedAfter(1)).toBe("replica");
  fails = true;
  expect(await askedAfter(0)).toBe("replica,master");
  expect(await askedAfter(1000)).toBe("replica,master");
});
