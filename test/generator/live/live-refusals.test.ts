import { Cache, json, MemoryBackend } from "@cachetory/runtime";
import { isDense } from "@cachetory/runtime/codegen/v1/core";
import { typed } from "@cachetory/runtime/codegen/v1/typed";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { emittedCodec } from "../../support/emitted-codec.ts";
import { emittedLive } from "../../support/emitted-live.ts";
import { schemaTypeOf } from "../../support/inline-schema.ts";

const { ir: type } = schemaTypeOf({
  $ref: "#/$defs/chain",
  $defs: {
    chain: {
      type: "object",
      properties: { n: { type: "number" }, inner: { type: "array", items: { $ref: "#/$defs/chain" } } },
      required: ["n"],
    },
  },
});

const serializers = {
  json: json<unknown>({ strict: true }),
  typed: typed<unknown>(emittedCodec(type)),
};

interface Chain {
  n: number;
  inner?: Chain[];
}

function chainOf(levels: number): Chain {
  let chain: Chain = { n: 0 };
  for (let n = 1; n < levels; n++) chain = { n, inner: [chain] };
  return chain;
}

const throwing = (): unknown => ({
  get n() {
    throw new Error("boom");
  },
});

function tooDeep(): never {
  throw new RangeError("Maximum call stack size exceeded");
}

beforeEach(() => {
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
});

describe.each(["json", "typed"] as const)("where memory keeps values as they are, with %s,", (step) => {
  const serializer = serializers[step];

  function cacheOf(live = emittedLive(type, step, "clone")): Cache<string, unknown> {
    return new Cache({ backend: new MemoryBackend(), serializer, live });
  }

  test.each(["clone", "freeze", "share"] as const)(
    "one with a property that throws is INVALID_VALUE: %s",
    async (isolation) => {
      const cache = cacheOf(emittedLive(type, step, isolation));
      await expect(cache.set("a", throwing())).rejects.toMatchObject({
        code: "INVALID_VALUE",
        message: expect.stringContaining("boom"),
      });
      const loaded = await Promise.allSettled([1, 2].map(() => cache.getOrSet("a", throwing)));
      expect(loaded.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
      expect(await cache.health()).toMatchObject({ state: "up" });
    },
  );

  test("one of any depth is stored or INVALID_VALUE, and read or a miss", async () => {
    const cache = cacheOf();
    for (let levels = 500; levels <= 6000; levels += 100) {
      const refusal = await cache.set("a", chainOf(levels)).then(
        () => undefined,
        ({ code }) => code,
      );
      expect(["INVALID_VALUE", undefined]).toContain(refusal);
      await cache.get("a");
      await cache.delete("a");
      const load = (): Chain => chainOf(levels);
      const loaded = await Promise.all([cache.getOrSet("a", load), cache.getOrSet("a", load)]);
      expect(loaded).toEqual([expect.objectContaining({ n: levels - 1 }), expect.objectContaining({ n: levels - 1 })]);
    }
    expect(await cache.health()).toMatchObject({ state: "up" });
  });

  test("one that is too deep to be copied is kept as the serializer makes it", async () => {
    const cache = cacheOf({ size: () => 100, keep: tooDeep });
    await cache.set("a", { n: 1 });
    expect(await cache.get("a")).toStrictEqual({ n: 1 });
    await cache.setMany(new Map([["b", { n: 2 }]]));
    expect(await cache.get("b")).toStrictEqual({ n: 2 });
  });

  test("one that is too deep to be given is given as the serializer makes it", async () => {
    const kept = { n: 1 };
    const cache = cacheOf({ size: () => 100, keep: () => kept, give: tooDeep });
    await cache.set("a", { n: 1 });
    const given = await cache.get("a");
    expect(given).toStrictEqual({ n: 1 });
    expect(given).not.toBe(kept);
    const loaded = await Promise.all([cache.getOrSet("b", () => ({ n: 1 })), cache.getOrSet("b", () => ({ n: 1 }))]);
    expect(loaded).toStrictEqual([{ n: 1 }, { n: 1 }]);
    expect(loaded).not.toContain(kept);
  });
});

test("an array with a hole is not dense, whatever else it has", () => {
  expect(isDense([undefined, 1])).toBe(true);
  expect(isDense([1].concat(new Array(1)))).toBe(false);
  expect(isDense(Object.assign([1], { extra: 1 }))).toBe(false);
  expect(isDense(Object.assign([1].concat(new Array(1)), { extra: 1 }))).toBe(false);
});
