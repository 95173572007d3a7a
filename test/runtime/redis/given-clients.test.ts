import { Cache, json, RedisBackend, type RedisClient } from "@cachetory/runtime";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.useRealTimers();
});

/** A client that loses its connection with what it is given to write, and says later that it has another. */
class LosingClient {
  status = "ready";
  readonly options = {};
  readonly deleted: unknown[][] = [];
  readonly renewed: unknown[] = [];
  #whenReady = (): void => {};

  once(_event: "ready", listener: () => void): void {
    this.#whenReady = listener;
  }

  async set(): Promise<never> {
    this.status = "reconnecting";
    throw new Error("Connection is closed.");
  }

  async eval(_script: string, ...keys: unknown[]): Promise<null> {
    this.deleted.push(keys);
    return null;
  }

  async getBuffer(): Promise<null> {
    return null;
  }

  /** As if it waited in the client's own queue. */
  async pexpire(key: string): Promise<number> {
    this.renewed.push([key, this.deleted.length]);
    return 0;
  }

  connect(): void {
    this.status = "ready";
    this.#whenReady();
  }

  sendCommand(): void {}
}

/** A client of a Cluster whose servers never answer. */
class SilentCluster {
  readonly status = "ready";
  readonly isCluster = true;
  readonly options = {};
  slots = Array.from({ length: 16_384 }, () => ["a:1"]);

  get(): Promise<never> {
    return new Promise(() => {});
  }

  async getBuffer(): Promise<null> {
    return null;
  }

  sendCommand(): void {}
}

test("of a given client a server is not left alone that has no slots any more", async () => {
  const client = new SilentCluster();
  const backend = new RedisBackend(client as unknown as RedisClient, { breakerFailures: 1 });
  const cache = new Cache({ backend, serializer: json() });
  expect(await cache.get("a")).toBeUndefined();
  expect((await cache.health()).leftAlone).toEqual(["a:1"]);
  client.slots = client.slots.map(() => ["b:2"]);
  expect((await cache.health()).leftAlone).toEqual([]);
});

test("what a given client may have written is deleted as soon as it is connected again, however long that took", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const client = new LosingClient();
  const backend = new RedisBackend(client as unknown as RedisClient);
  await expect(backend.set("a", "x", {})).rejects.toMatchObject({ outcome: "unknown" });
  // Tried in vain, less and less often: in the end only every five seconds.
  await vi.advanceTimersByTimeAsync(60_000);
  expect(client.deleted).toEqual([]);
  client.connect();
  await vi.advanceTimersByTimeAsync(100);
  expect(client.deleted).toEqual([[1, "a"]]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(client.deleted).toHaveLength(1);
});

test("what else is asked of a given client before it is connected again comes behind that deletion", async () => {
  const client = new LosingClient();
  const backend = new RedisBackend(client as unknown as RedisClient);
  await expect(backend.set("a", "x", {})).rejects.toMatchObject({ outcome: "unknown" });
  expect(await backend.expireIn("a", 1000)).toBe(false);
  expect(client.renewed).toEqual([["a", 1]]);
});
