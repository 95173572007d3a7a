import { inspect } from "node:util";
import {
  aesGcm,
  type Backend,
  backendFromUrl,
  Cache,
  chain,
  hmac,
  json,
  LayeredBackend,
  MemoryBackend,
  onCacheEvent,
  RedisBackend,
  serializerFromUrl,
} from "@cachetory/runtime";
import { PrometheusMetrics } from "@cachetory/runtime/prometheus";
import { afterEach, describe, expect, test } from "vitest";

const canary = "canary7f3aSecret";
const key = Buffer.alloc(32, canary);

const opened: Backend[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((backend) => backend.close()));
});

/** All that printing something shows, however deep; getters are not called by those who print. */
function printed(value: unknown): string {
  return [inspect(value, { depth: null, showHidden: true, maxArrayLength: null }), JSON.stringify(value, plain)].join(
    "\n",
  );
}

function plain(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

const urls = [
  `redis://user:${canary}@localhost:1/0`,
  `rediss://:${canary}@localhost:1`,
  `redis+cluster://user:${canary}@localhost:1,localhost:2`,
  `redis+sentinel://user:${canary}@localhost:1?master=m&sentinel-password=${canary}`,
  `redis+unix:///tmp/none.sock?password=${canary}`,
];

describe("a backend that is printed shows no password", () => {
  test.each(urls)("%s", async (url) => {
    const backend = backendFromUrl(`${url}${url.includes("?") ? "&" : "?"}connect-timeout=100ms&command-timeout=100ms`);
    opened.push(backend);
    expect(printed(backend)).not.toContain(canary);
    // Nor once it has tried to connect, nor the cache and the layers that it is in.
    const failed: unknown = await backend.set("a", "1", {}).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    expect(printed(failed)).not.toContain(canary);
    expect(printed(backend)).not.toContain(canary);
    expect(printed(new Cache({ backend, serializer: json(), closesBackend: false }))).not.toContain(canary);
    expect(printed(new LayeredBackend({ near: new MemoryBackend(), far: backend }))).not.toContain(canary);
  });

  test("made of options", () => {
    const backend = new RedisBackend({ host: "localhost", port: 1, password: canary });
    opened.push(backend);
    expect(printed(backend)).not.toContain(canary);
  });
});

describe("a step that is printed shows no key", () => {
  process.env["TEST_INSPECTED_KEYS"] = `a:${key.toString("base64")}`;
  test.each([
    ["aes-gcm of a list", () => chain(json(), aesGcm({ keys: [{ id: "a", key }] }))],
    ["hmac of a list", () => chain(json(), hmac({ keys: [{ id: "a", key }] }))],
    ["aes-gcm of a variable", () => serializerFromUrl("json+aes-gcm://?keys=TEST_INSPECTED_KEYS")],
    ["hmac of a variable", () => serializerFromUrl("json+hmac://?keys=TEST_INSPECTED_KEYS")],
  ])("%s", (_, make) => {
    const serializer = make();
    serializer.deserialize(serializer.serialize([1], { key: "k" }), { key: "k" });
    const shown = printed(serializer);
    for (const form of [canary, key.toString("base64"), key.toString("hex"), inspect(key).slice(8, 60)]) {
      expect(shown).not.toContain(form);
    }
  });
});

test("events and metrics of a backend that is out have no password", async () => {
  using metrics = new PrometheusMetrics();
  const events: unknown[] = [];
  const names = ["hit", "miss", "load", "store", "outage"] as const;
  const stops = names.map((name) => onCacheEvent(name, (event) => void events.push(event)));
  const backend = backendFromUrl(`redis://user:${canary}@localhost:1?connect-timeout=100ms&command-timeout=100ms`);
  opened.push(backend);
  const cache = new Cache<string, number>({ name: "out", backend, serializer: json(), closesBackend: false });
  expect(await cache.getOrSet("a", () => 1)).toBe(1);
  await cache.drain();
  for (const stop of stops) stop();
  expect(events.length).toBeGreaterThan(1);
  expect(printed(events)).not.toContain(canary);
  const text = metrics.text();
  expect(text).toContain("out");
  expect(text).not.toContain(canary);
});
