import {
  type Backend,
  backendFromUrl,
  type CacheOptions,
  json,
  MemoryBackend,
  type Misfit,
  msgpack,
  offload,
  type Serializer,
  serializerFromUrl,
  type Validate,
  WorkerPool,
} from "@cachetory/runtime";
import { type CacheDefinition, declareBackend, defineCache, defineSyncCache } from "@cachetory/runtime/codegen/v1/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { cacheKindNames, cacheKinds } from "../../support/cache-kinds.ts";
import { emittedValidator } from "../../support/emitted-validator.ts";
import type { CacheFace } from "../../support/lift-cache.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

interface Order {
  readonly id: number;
  readonly lines: readonly { readonly price: number }[];
}

/** Of `{ id: number; lines: { price: number }[] }`. */
const validate = emittedValidator({
  root: 0,
  nodes: [
    {
      kind: "object",
      properties: [
        { name: "id", type: 1, isOptional: false },
        { name: "lines", type: 2, isOptional: false },
      ],
      indexes: [],
    },
    { kind: "number" },
    { kind: "array", items: 3 },
    { kind: "object", properties: [{ name: "price", type: 1, isOptional: false }], indexes: [] },
  ],
  files: [],
});

const foreign = { id: 1, lines: [{ price: 2 }, { price: "3" }] };
const message = "The entry does not fit its type at value.lines[1].price: a string, not a number.";

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());
beforeEach(() => void vi.spyOn(process, "emitWarning").mockReturnValue());
afterEach(() => void vi.restoreAllMocks());

const urlOf = { memory: () => "memory://", redis: () => server.url } as const;
let tests = 0;

describe.each(cacheKindNames.flatMap((kind) => (["memory", "redis"] as const).map((place) => ({ kind, place }))))(
  "a $kind on $place that validates",
  ({ kind, place }) => {
    let backend: Backend;
    let prefix: string;
    let cache: CacheFace<string, Order>;
    /** The same entries, as somebody sees them who thinks otherwise of them. */
    let others: CacheFace<string, unknown>;

    const open = <V>(options: Partial<CacheOptions<string, V>>): CacheFace<string, V> =>
      cacheKinds[kind]({ name: "orders", backend, prefix, serializer: json(), closesBackend: false, ...options });

    // One for all: a thread and a connection take longer than a test.
    beforeAll(() => {
      backend = backendFromUrl(urlOf[place]());
    });
    afterAll(() => backend.close());
    beforeEach(async () => {
      tests += 1;
      prefix = `${tests}:`;
      cache = open<Order>({ validate });
      others = open({});
      await others.set("foreign", foreign);
    });

    test("takes an entry of another shape for a miss", async () => {
      expect(await cache.get("foreign")).toBeUndefined();
      expect(await cache.get("foreign", "none")).toBe("none");
      expect((await cache.getMany(["foreign"])).size).toBe(0);
    });

    test("tells where it does not fit, and never the value", async () => {
      await expect(cache.getOrThrow("foreign")).rejects.toMatchObject({
        code: "MISS",
        message: "orders has no value for this key (misfit).",
        cause: { code: "UNREADABLE", message },
      });
    });

    test("warns of it once", async () => {
      await cache.get("foreign");
      await cache.get("foreign");
      const warning = `The cache orders found an entry that it cannot read, and takes it for a miss. ${message}`;
      expect(process.emitWarning).toHaveBeenCalledExactlyOnceWith(
        warning,
        expect.objectContaining({ code: "CACHETORY_UNFIT" }),
      );
    });

    test("replaces it by what is loaded", async () => {
      const order: Order = { id: 2, lines: [] };
      expect(await cache.getOrSet("foreign", () => order)).toEqual(order);
      expect(await others.get("foreign")).toEqual(order);
      await others.set("foreign", foreign);
      expect([...(await cache.getOrSetMany(["foreign"], () => [order])).values()]).toEqual([order]);
      expect(await others.get("foreign")).toEqual(order);
    });

    test("takes it out without answering it", async () => {
      expect(await cache.take("foreign")).toBeUndefined();
      expect(await others.has("foreign")).toBe(false);
    });

    test("answers an entry that has more than its type, as a newer release may write it", async () => {
      const newer = { id: 1, lines: [{ price: 2, currency: "EUR" }], customer: "Ada" };
      await others.set("newer", newer);
      expect(await cache.get("newer")).toEqual(newer);
    });

    test("takes what it writes itself", async () => {
      await cache.set("own", { id: 1, lines: [{ price: 2 }] });
      expect(await cache.get("own")).toEqual({ id: 1, lines: [{ price: 2 }] });
    });

    test("takes an entry that is deeper than the stack for a miss, and says so", async () => {
      const deep: Validate = (value) => deep(value);
      await expect(open({ validate: deep }).getOrThrow("foreign")).rejects.toMatchObject({
        cause: { code: "UNREADABLE", message: "The entry could not be checked: it nests too deep." },
      });
    });

    test("takes an entry for a miss where a validator of one's own throws", async () => {
      const broken = (): Misfit => {
        throw new Error("broken");
      };
      await expect(open({ validate: broken }).getOrThrow("foreign")).rejects.toMatchObject({
        cause: { code: "UNREADABLE", message: "The entry could not be checked.", cause: { message: "broken" } },
      });
    });
  },
);

test.each([
  [undefined, "nothing"],
  [null, "null"],
  ["secret", "a string"],
  [5, "a number"],
  [5n, "a bigint"],
  [["secret"], "an array of 1 item"],
  [["secret", 1], "an array of 2 items"],
  [{ constructor: { name: "secret" } }, "an object"],
  [new Map([["secret", 1]]), "a Map"],
  [new Date(0), "a Date"],
])("a misfit of %o is told as %s", async (found, kind) => {
  const serializer: Serializer<unknown> = serializerFromUrl("json");
  const misfit = (): Misfit => ({ path: ".a", expected: "a boolean", found });
  const cache = cacheKinds.Cache({ backend: new MemoryBackend(), serializer, validate: misfit });
  await cache.set("key", 1);
  await expect(cache.getOrThrow("key")).rejects.toMatchObject({
    cause: { message: `The entry does not fit its type at value.a: ${kind}, not a boolean.` },
  });
});

test("what a worker thread reads is held against its type too", async () => {
  const pool = new WorkerPool();
  const backend = new MemoryBackend();
  const options = { backend, serializer: msgpack(), offload: offload({ pool }) };
  await cacheKinds.Cache<string, unknown>(options).set("key", foreign);
  const cache = cacheKinds.Cache<string, unknown>({ ...options, validate });
  await expect(cache.getOrThrow("key")).rejects.toMatchObject({ cause: { code: "UNREADABLE", message } });
  await cache.set("key", { id: 1, lines: [] });
  expect(await cache.get("key")).toEqual({ id: 1, lines: [] });
  await pool.close();
});

test("a declared cache validates as its definition says, with promises and without", async () => {
  const definition: CacheDefinition<{ readonly key: string }, Order> = {
    name: "orders",
    pattern: { segments: [{ name: "key", type: "string" }] },
    keyText: ({ key }) => key,
    serializer: () => json(),
    ttlMs: "forever",
    validate,
  };
  const backend = declareBackend({ name: "local", url: ["memory://"] });
  await backend.shared().set("key", JSON.stringify(foreign), {});
  expect(await defineCache(definition, backend).get({ key: "key" })).toBeUndefined();
  expect(defineSyncCache(definition, backend).get({ key: "key" })).toBeUndefined();
  const { validate: _, ...lax } = definition;
  expect(await defineCache(lax, backend).get({ key: "key" })).toEqual(foreign);
  await backend.shared().close();
});
