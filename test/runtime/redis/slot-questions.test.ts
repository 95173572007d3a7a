import type { Cluster } from "ioredis";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { complete } from "../../../runtime/src/backends/redis-options.ts";
import {
  limitRefresh,
  makeOwnClient,
  type OwnClient,
  type OwnClientOptions,
} from "../../../runtime/src/backends/redis-own-client.ts";
import { SlotsDoubt } from "../../../runtime/src/backends/slots-doubt.ts";

type Range = readonly [first: number, last: number, master: readonly [host: string, port: number]];

const half = 8192;
const asKnown: readonly Range[] = [
  [0, half - 1, ["a", 1]],
  [half, 16_383, ["b", 2]],
];

/** A client of a Cluster of two masters, which answer with `told` where they are connected. */
function clientOf(connected: readonly ("a" | "b" | "c")[] = ["a", "b"]) {
  const told = { ranges: asKnown as readonly Range[] | Error };
  const asked: string[] = [];
  const server = (host: string, port: number) => ({
    options: { host, port },
    status: "ready",
    async cluster() {
      asked.push(host);
      if (told.ranges instanceof Error) throw told.ranges;
      return told.ranges;
    },
  });
  const servers = { a: server("a", 1), b: server("b", 2), c: server("c", 3) };
  const refresh = vi.fn<(done?: (error?: Error) => void) => void>();
  const client = {
    status: "ready",
    refreshSlotsCache: refresh,
    nodes: () => connected.map((name) => servers[name]),
    slots: Array.from({ length: 16_384 }, (_, slot) => (slot < half ? ["a:1"] : ["b:2"])),
  };
  return { client: client as unknown as OwnClient, told, asked, refresh };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a Cluster is asked for its slots at once, then once for all who want that within 50 ms", async () => {
  const { client, asked, refresh } = clientOf();
  new SlotsDoubt(client);
  for (let count = 0; count < 10; count += 1) client.refreshSlotsCache?.();
  expect(asked.length).toBe(1);
  await vi.advanceTimersByTimeAsync(49);
  client.refreshSlotsCache?.();
  expect(asked.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(asked.length).toBe(2);
  // Nobody wants to know any more.
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked.length).toBe(2);
  client.refreshSlotsCache?.();
  expect(asked.length).toBe(3);
  // Nothing has changed.
  await vi.advanceTimersByTimeAsync(0);
  expect(refresh).not.toHaveBeenCalled();
});

test("who connects waits for no pause, and for no question", () => {
  const { client, asked, refresh } = clientOf();
  const doubt = new SlotsDoubt(client);
  Object.assign(client, { status: "connecting" });
  const done = vi.fn<() => void>();
  client.refreshSlotsCache?.(done);
  // He learns the slots, whoever else doubts them.
  client.refreshSlotsCache?.();
  doubt.raise();
  expect(refresh).toHaveBeenCalledTimes(1);
  expect(asked).toEqual([]);
  refresh.mock.lastCall?.[0]?.();
  expect(done).toHaveBeenCalledTimes(1);
});

describe("what was doubted before the client began to learn it", () => {
  /** A client that has lost its connections, with a doubt that waits for its turn, and begins to connect. */
  const connecting = async () => {
    const doubted = clientOf();
    const doubt = new SlotsDoubt(doubted.client);
    doubt.raise();
    doubt.raise();
    await vi.advanceTimersByTimeAsync(10);
    Object.assign(doubted.client, { status: "connecting" });
    doubted.client.refreshSlotsCache?.(() => {});
    const ended = (error?: Error): void => {
      for (const [done] of doubted.refresh.mock.calls) done?.(error);
      Object.assign(doubted.client, { status: "ready" });
    };
    return { ...doubted, doubt, ended };
  };

  test("is not asked for", async () => {
    const { asked, doubt, ended } = await connecting();
    ended();
    await vi.advanceTimersByTimeAsync(100);
    expect(asked.length).toBe(1);
    doubt.raise();
    await vi.advanceTimersByTimeAsync(100);
    expect(asked.length).toBe(2);
  });

  test("is asked for where it was not learnt", async () => {
    const { asked, ended } = await connecting();
    ended(new Error("No node answered."));
    await vi.advanceTimersByTimeAsync(100);
    expect(asked.length).toBe(2);
  });

  test("is asked for where it was doubted again meanwhile: the answer may be from before that", async () => {
    const { client, asked, doubt, ended } = await connecting();
    await vi.advanceTimersByTimeAsync(10);
    doubt.raise();
    await vi.advanceTimersByTimeAsync(10);
    // Who wants to learn now, is told what was asked for before.
    client.refreshSlotsCache?.(() => {});
    ended();
    await vi.advanceTimersByTimeAsync(100);
    expect(asked.length).toBe(2);
  });

  test("is not learnt once more where nobody has answered", async () => {
    const { client, told, refresh } = clientOf();
    const doubt = new SlotsDoubt(client);
    told.ranges = new Error("The connection was lost.");
    doubt.raise();
    vi.advanceTimersByTime(1);
    Object.assign(client, { status: "connecting" });
    client.refreshSlotsCache?.(() => {});
    refresh.mock.lastCall?.[0]?.();
    Object.assign(client, { status: "ready" });
    await vi.advanceTimersByTimeAsync(100);
    expect(refresh).toHaveBeenCalledTimes(1);
  });
});

test("what is to be sent again waits for no server", async () => {
  const { client, asked, refresh } = clientOf();
  new SlotsDoubt(client);
  const sendAgain = vi.fn<() => void>();
  client.refreshSlotsCache?.(sendAgain);
  await new Promise((resolve) => process.nextTick(resolve));
  expect(sendAgain).toHaveBeenCalledTimes(1);
  expect(asked.length).toBe(1);
  expect(refresh).not.toHaveBeenCalled();
});

test("who is silent is not asked", async () => {
  const { client, asked } = clientOf();
  const doubt = new SlotsDoubt(client);
  for (let count = 0; count < 40; count += 1) {
    doubt.raise("a:1");
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(new Set(asked)).toEqual(new Set(["b"]));
});

describe("the client learns the slots anew", () => {
  const raised = async (doubted: ReturnType<typeof clientOf>, isOfReplicas = false): Promise<number> => {
    new SlotsDoubt(doubted.client, isOfReplicas).raise();
    await vi.advanceTimersByTimeAsync(0);
    return doubted.refresh.mock.calls.length;
  };

  test("where another server has some of them", async () => {
    const doubted = clientOf();
    doubted.told.ranges = [...asKnown.slice(0, 1), [half, 16_383, ["c", 3]]];
    expect(await raised(doubted)).toBe(1);
  });

  test("where one in the middle of a range has moved", async () => {
    const doubted = clientOf();
    doubted.told.ranges = [[0, 99, ["a", 1]], [100, 100, ["b", 2]], [101, half - 1, ["a", 1]], ...asKnown.slice(1)];
    expect(await raised(doubted)).toBe(1);
  });

  test("where a server that it takes for a master is none any more", async () => {
    expect(await raised(clientOf(["a", "b", "c"]))).toBe(1);
  });

  test("where what is said of a range is nothing that can be read", async () => {
    const doubted = clientOf();
    doubted.told.ranges = [[0, 16_383] as unknown as Range];
    expect(await raised(doubted)).toBe(1);
  });

  test("where nobody is connected, who could be asked", async () => {
    const doubted = clientOf([]);
    expect(await raised(doubted)).toBe(1);
    expect(doubted.asked).toEqual([]);
  });

  test("where the one who was asked does not say", async () => {
    const doubted = clientOf();
    doubted.told.ranges = new Error("Connection is closed.");
    expect(await raised(doubted)).toBe(1);
  });

  test("once, where several who were asked one after the other do not say", async () => {
    const doubted = clientOf();
    let fail = (_: Error): void => {};
    const answer = new Promise<never>((_, reject) => {
      fail = reject;
    });
    for (const server of doubted.client.nodes?.("master") ?? []) Object.assign(server, { cluster: () => answer });
    const doubt = new SlotsDoubt(doubted.client);
    for (let count = 0; count < 5; count += 1) {
      doubt.raise();
      await vi.advanceTimersByTimeAsync(50);
    }
    fail(new Error("Connection is closed."));
    await vi.advanceTimersByTimeAsync(0);
    expect(doubted.refresh).toHaveBeenCalledTimes(1);
  });

  test("in each case where it reads from replicas, which may be gone", async () => {
    expect(await raised(clientOf(), true)).toBe(1);
  });
});

test("the second connection to a Cluster comes back after the first, and never later than half of the time of a command", async () => {
  const pauseOf = async (options: Partial<OwnClientOptions>): Promise<number> => {
    const client = await makeOwnClient(complete({ cluster: [{ host: "127.0.0.1", port: 1 }], ...options }));
    const { clusterRetryStrategy } = (client as unknown as Cluster).options;
    return Number(clusterRetryStrategy?.(1));
  };
  expect(await pauseOf({})).toBeLessThanOrEqual(5);
  expect(Math.floor((await pauseOf({ isSecondLane: true })) / 10)).toBe(40);
  expect(Math.floor((await pauseOf({ isSecondLane: true, commandTimeoutMs: 200 })) / 10)).toBe(10);
});

test.each([
  [3, 100],
  [150, 300],
  [900, 500],
])("where it took %d ms to connect, a node may take %d ms to say who has which slots", async (tookMs, limitMs) => {
  const client = await makeOwnClient(complete({ cluster: [{ host: "127.0.0.1", port: 1 }], connectTimeoutMs: 500 }));
  limitRefresh(client, tookMs, 500);
  expect((client as unknown as Cluster).options.slotsRefreshTimeout).toBe(limitMs);
});
