import { BackendUnavailableError, Cache, json, LayeredBackend, MemoryBackend } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cacheKindNames, cacheKinds } from "../../support/cache-kinds.ts";
import { told } from "../../support/told.ts";

let backend: ControlledBackend;

beforeEach(() => {
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  backend = new ControlledBackend({ isShared: true });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const reads = ["get", "getMany", "has", "ttl"] as const;

describe.each(cacheKindNames)("a %s with on-backend-error: throw", (kind) => {
  const make = () =>
    cacheKinds[kind]<string, number>({ backend, serializer: json(), prefix: "p:", onBackendError: "throw" });

  test("rejects reads that are not answered", async () => {
    const cache = make();
    await cache.set("a", 1);
    backend.fail(...reads);
    const load = vi.fn(() => 2);
    await expect(cache.get("a")).rejects.toBeInstanceOf(BackendUnavailableError);
    await expect(cache.get("a", 7)).rejects.toBeInstanceOf(BackendUnavailableError);
    await expect(cache.getOrThrow("a")).rejects.toBeInstanceOf(BackendUnavailableError);
    await expect(cache.getMany(["a"])).rejects.toBeInstanceOf(BackendUnavailableError);
    await expect(cache.has("a")).rejects.toBeInstanceOf(BackendUnavailableError);
    await expect(cache.ttl("a")).rejects.toBeInstanceOf(BackendUnavailableError);
    await expect(cache.getOrSet("a", load)).rejects.toBeInstanceOf(BackendUnavailableError);
    await expect(cache.getOrSetMany(["a"], () => [load()])).rejects.toBeInstanceOf(BackendUnavailableError);
    expect(load).not.toHaveBeenCalled();
  });

  test("answers as ever while the backend does", async () => {
    const cache = make();
    expect(await cache.get("a", 7)).toBe(7);
    expect(await cache.has("a")).toBe(false);
    expect(await cache.getOrSet("a", () => 2)).toBe(2);
    expect((await cache.getOrSetMany(["a", "b"], () => [3])).size).toBe(2);
  });

  test("what cannot be decoded is a miss", async () => {
    const cache = make();
    await backend.memory.set("p:a", "{", {});
    expect(await cache.get("a", 7)).toBe(7);
  });

  test("tells of the misses", async () => {
    const cache = make();
    backend.fail(...reads);
    const events = told("miss");
    await cache.get("a").catch(() => {});
    await cache.getOrSet("a", () => 1).catch(() => {});
    expect(events.map(({ operation, reason }) => [operation, reason])).toEqual([
      ["get", "error"],
      ["getOrSet", "error"],
    ]);
  });
});

function strict(): Cache<string, number> {
  return new Cache({ backend, serializer: json<number>(), prefix: "p:", onBackendError: "throw" });
}

test("an error of a backend that is none of Cachetory's is the cause", async () => {
  const own = new TypeError("no such store");
  vi.spyOn(backend, "get").mockRejectedValue(own);
  await expect(strict().get("a")).rejects.toMatchObject({ code: "UNAVAILABLE", cause: own });
});

test("where some servers are out, their keys alone are rejected by loads, and the whole of a getMany", async () => {
  const cache = strict();
  const down = new BackendUnavailableError("A node is down.", { outcome: "none" });
  vi.spyOn(backend, "getMany").mockImplementation(async (keys) =>
    keys.map((key) => (key === "p:a" ? down : undefined)),
  );
  await expect(cache.getMany(["a", "b"])).rejects.toBe(down);
  const batch = cache.batch(async (keys) => keys.map(() => 1));
  const [a, b] = await Promise.allSettled([batch.get("a"), batch.get("b")]);
  expect([a, b]).toEqual([
    { status: "rejected", reason: down },
    { status: "fulfilled", value: 1 },
  ]);
});

test("a load that has begun ends, though the backend fails meanwhile", async () => {
  const cache = strict();
  const load = async (): Promise<number> => {
    backend.fail("get", "set");
    return 1;
  };
  expect(await cache.getOrSet("a", load)).toBe(1);
});

test("what is near is found, and the rest rejected", async () => {
  const layered = new LayeredBackend({ near: new MemoryBackend(), far: backend, invalidation: "none", ttl: "1m" });
  const cache = new Cache({ backend: layered, serializer: json<number>(), prefix: "p:", onBackendError: "throw" });
  await cache.set("a", 1);
  await cache.get("a");
  backend.fail(...reads);
  expect(await cache.get("a")).toBe(1);
  await expect(cache.get("b")).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("a key whose invalidation waits is known to have nothing", async () => {
  const cache = new Cache({
    backend,
    serializer: json<number>(),
    prefix: "p:",
    onBackendError: "throw",
    recovery: true,
  });
  backend.fail("delete", ...reads);
  await cache.delete("a");
  expect(await cache.get("a")).toBeUndefined();
  await expect(cache.get("b")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await cache.close();
});

test("a gutter beside it is refused", () => {
  const make = () =>
    new Cache({ backend, serializer: json<number>(), onBackendError: "throw", gutter: { maxEntries: 5 } });
  expect(make).toThrow(/gutter has nothing to do/);
});
