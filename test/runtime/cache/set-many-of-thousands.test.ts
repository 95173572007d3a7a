import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Cache, json, MemoryBackend, type Ttl } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { expect, test } from "vitest";
import { told } from "../../support/told.ts";
import { until } from "../../support/until.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

interface Order {
  lines: string[];
  total: number;
}

const count = 3000;

const order = (index: number): Order => ({ lines: ["kettle"], total: index });

/** As a generated cache tells of its values: what they take, which is unknown where JSON would change one. */
function open() {
  const backend = new ControlledBackend();
  let looks = 0;
  const sure = (value: unknown): boolean => {
    looks += 1;
    return Number.isFinite((value as Order).total);
  };
  const copies: WeakRef<object>[] = [];
  const copy = (value: unknown): unknown => {
    const made = { ...(value as Order), lines: [...(value as Order).lines] };
    copies.push(new WeakRef(made));
    return made;
  };
  const cache = new Cache<string, Order>({
    backend,
    serializer: json({ strict: true }, sure),
    live: { size: (value) => (sure(value) ? 100 : Number.NaN), keep: copy, give: copy },
  });
  return { backend, cache, copies, looks: () => looks };
}

const orders = (): [string, Order][] => Array.from({ length: count }, (_, index) => [`k${index}`, order(index)]);

test("stores what the values were when the call was made, and looks at each once", async () => {
  const { cache, looks } = open();
  const items = orders();
  const stored = cache.setMany(items);
  for (const [, value] of items) value.lines.push("changed");
  await stored;
  expect(looks()).toBe(count);
  expect([...(await cache.getMany(items.map(([key]) => key))).values()]).toEqual(orders().map(([, value]) => value));
});

test("stores the last of several values for one key, once, and tells so", async () => {
  const { backend, cache } = open();
  const events = told("store");
  await cache.setMany([...orders(), ["k7", order(-1)], ["k7", order(-2)]]);
  expect(events).toMatchObject([{ operation: "setMany", outcome: "done", entryCount: count }]);
  expect(backend.calls).toEqual(Array.from({ length: count / 500 }, () => "setMany"));
  expect((await cache.get("k7"))?.total).toBe(-2);
  expect((await cache.get(`k${count - 1}`))?.total).toBe(count - 1);
  expect((await cache.getMany(orders().map(([key]) => key))).size).toBe(count);
});

test("of several values for one key the last one alone has to have a lifetime", async () => {
  const backend = new ControlledBackend();
  const ttlOf = (value: number): Ttl => {
    if (value < 0) throw new Error("There is none for less than nothing.");
    return "1m";
  };
  const cache = new Cache<string, number>({ backend, serializer: json(), ttlOf });
  const items = Array.from({ length: count }, (_, index) => [`k${index}`, index] as const);
  await cache.setMany([["k7", -1], ...items]);
  expect(await cache.get("k7")).toBe(7);
  await expect(cache.setMany([...items, ["k7", -1]])).rejects.toMatchObject({ code: "INVALID_DURATION" });
});

test("stores so much in one step that it is less than V8 takes new memory for, and alone what is more", async () => {
  class Watched extends MemoryBackend {
    readonly steps: (readonly string[])[] = [];

    // As a backend elsewhere.
    override get local(): undefined {
      return undefined;
    }

    override setMany(entries: readonly (readonly [string, unknown])[], ttlMs?: number): Promise<void> {
      this.steps.push(entries.map(([, stored]) => stored as string));
      return super.setMany(entries, ttlMs);
    }
  }
  const backend = new Watched();
  const cache = new Cache<string, string>({ backend, serializer: json() });
  const lengthOf = (index: number): number => (index === 300 ? 200_000 : 1_000);
  const items = Array.from({ length: 600 }, (_, index) => [`k${index}`, "x".repeat(lengthOf(index))] as const);
  await cache.setMany(items);
  const sizes = backend.steps.map((step) => step.reduce((size, { length }) => size + length, 0));
  // With quotes, 49 fit into 48 KiB.
  expect(sizes.filter((size) => size > 48 * 1024)).toEqual([200_002]);
  expect(backend.steps.map(({ length }) => length)).toEqual([49, 49, 49, 49, 49, 49, 6, 1, 49, 49, 49, 49, 49, 49, 5]);
  expect((await cache.getMany(items.map(([key]) => key))).size).toBe(items.length);
});

test("refuses all of them where JSON would change one, and says which", async () => {
  const { backend, cache } = open();
  const items: [string, Order][] = [...orders(), ["broken", { lines: [], total: Number.NaN }]];
  await expect(cache.setMany(items)).rejects.toMatchObject({ code: "INVALID_VALUE", key: "broken" });
  expect(backend.calls).toEqual([]);
});

test("gives each of them its own lifetime where the values have one", async () => {
  const backend = new ControlledBackend({ now: () => 1_000_000 });
  const ttlOf = ({ total }: Order): Ttl => `${1000 + total}ms`;
  const cache = new Cache<string, Order>({ backend, serializer: json(), ttlOf });
  await cache.setMany([...orders(), ["k7", order(5000)]]);
  expect(await cache.ttl("k7")).toBe(6000);
  expect(await cache.ttl("k8")).toBe(1008);
});

test("lets go of each value when it is sent, and not when all are stored", async () => {
  const { backend, cache, copies } = open();
  const answer = backend.hold("setMany");
  const stored = cache.setMany(orders());
  while (backend.calls.length < count / 500) await nextTurn();
  expect(copies).toHaveLength(count);
  // The last one may stay with what has made it; at times there is one more, and why is not known.
  await until("all others can be collected", async () => {
    collectGarbage();
    return copies.filter((copy) => copy.deref() !== undefined).length <= 2;
  });
  answer();
  await stored;
});
