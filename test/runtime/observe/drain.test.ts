import { Cache, json } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { beforeEach, expect, test, vi } from "vitest";

let backend: ControlledBackend;
let cache: Cache<string, number>;

beforeEach(() => {
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  backend = new ControlledBackend();
  cache = new Cache<string, number>({ backend, serializer: json() });
  // What is loaded meanwhile is stored without anybody waiting for it.
  backend.fail("get", "getMany");
});

test("drain waits for what is being stored that nobody waits for, of one key and of many", async () => {
  const answer = backend.hold("set");
  await cache.getOrSet("a", () => 1);
  await cache.getOrSetMany(["b"], () => [2]);
  let isDrained = false;
  const drained = cache.drain().then(() => {
    isDrained = true;
  });
  await new Promise(setImmediate);
  expect(isDrained).toBe(false);
  answer();
  await drained;
  expect(await backend.memory.getMany(["a", "b"], "text")).toEqual(["1", "2"]);
});

test("drain waits for what begins while it waits", async () => {
  const answer = backend.hold("set");
  await cache.getOrSet("a", () => 1);
  const drained = cache.drain();
  await cache.getOrSet("b", () => 2);
  answer();
  await drained;
  expect(await backend.memory.get("b", "text")).toBe("2");
});

test("drain does not mind that something could not be stored", async () => {
  backend.fail("set");
  await cache.getOrSet("a", () => 1);
  await cache.drain();
  expect(backend.memory.size).toBe(0);
});
