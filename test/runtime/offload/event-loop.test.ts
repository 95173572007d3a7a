import { Cache, MemoryBackend, offload, serializerFromUrl, WorkerPool } from "@cachetory/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const pool = new WorkerPool({ maxThreads: 1 });
afterAll(() => pool.close());

// Digits that hardly repeat, so that compressing them is work; the same ones in every run.
function digits(length: number): string {
  let state = 1;
  const parts: string[] = [];
  for (let have = 0; have < length; have += 10) {
    state = (state * 48_271) % 2_147_483_647;
    parts.push(String(state).padStart(10, "0"));
  }
  return parts.join("");
}

/** How often the event loop comes round while a call runs. */
async function turnsDuring(call: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const turn = (): void => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await call();
  isOver = true;
  return turns;
}

const items = Array.from({ length: 10_000 }, (_, id) => ({ id, name: `product ${id}`, tags: ["tea", "pot"] }));

describe.each([
  { url: "text+zlib://?compression-level=9", value: digits(10_000_000) },
  { url: "pickle", value: items },
  { url: "msgpack+brotli", value: items },
])("a large value in $url", ({ url, value }) => {
  const backend = new MemoryBackend();
  const serializer = serializerFromUrl(url);
  const here = new Cache({ backend, serializer });
  const away = new Cache({ backend, serializer, offload: offload({ pool }) });

  // A thread that has yet to start would give the event loop all the time of the world.
  beforeAll(() => new Cache({ backend, serializer, offload: offload({ minBytes: 0, pool }) }).set("warm", "up"));

  test("holds up the event loop where it is not offloaded", async () => {
    expect(await turnsDuring(() => here.set("here", value))).toBe(0);
    expect(await turnsDuring(() => here.get("here"))).toBe(0);
  });

  test("lets it come round where it is", async () => {
    expect(await turnsDuring(() => away.set("away", value))).toBeGreaterThan(5);
    expect(await turnsDuring(() => away.get("away"))).toBeGreaterThan(5);
    expect(JSON.stringify(await away.get("away")) === JSON.stringify(value)).toBe(true);
  });
});
