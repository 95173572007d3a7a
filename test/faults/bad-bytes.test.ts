import { randomBytes } from "node:crypto";
import {
  aesGcm,
  backendFromUrl,
  brotli,
  Cache,
  type CacheOptions,
  chain,
  gzip,
  hmac,
  json,
  msgpack,
  pickle,
  tag,
  v8,
  zlib,
  zstd,
} from "@cachetory/runtime";
import { type Misfit, misfit } from "@cachetory/runtime/codegen/v1/core";
import { typed } from "@cachetory/runtime/codegen/v1/typed";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { productDefinition } from "../../examples/shop/src/caches/product.gen.ts";
import type { Product } from "../../examples/shop/src/models.ts";
import { emittedCodec } from "../support/emitted-codec.ts";
import { type RedisServer, startRedisServer } from "../support/redis-server.ts";
import { productOf } from "./steady-load.ts";

let server: RedisServer;
let client: Redis;

beforeAll(async () => {
  server = await startRedisServer();
  client = new Redis(server.port, "127.0.0.1");
  // Each cache says once that an entry does not fit.
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
});
afterAll(async () => {
  vi.restoreAllMocks();
  client.disconnect();
  await server.stop();
});

type Options = Omit<CacheOptions<string, Product>, "backend">;

const keys = [{ id: "k1", key: randomBytes(32) }];
const codec = emittedCodec({
  root: 0,
  nodes: [
    {
      kind: "object",
      properties: [
        { name: "id", type: 1, isOptional: false },
        { name: "name", type: 2, isOptional: false },
        { name: "priceCents", type: 1, isOptional: false },
        { name: "tags", type: 3, isOptional: false },
      ],
      indexes: [],
    },
    { kind: "number" },
    { kind: "string" },
    { kind: "array", items: 2 },
  ],
  files: [],
});

/** Those that tell of themselves whether a byte of them was changed. */
const proven: readonly (readonly [string, Options])[] = [
  ["json+zlib", { serializer: chain(json<Product>(), zlib()) }],
  ["json+gzip", { serializer: chain(json<Product>(), gzip()) }],
  ["json+aes-gcm", { serializer: chain(json<Product>(), aesGcm({ keys })) }],
  ["json+hmac", { serializer: chain(json<Product>(), hmac({ keys })) }],
];

/** What of another form comes out of them is caught by the check of the type; what is of the type is a value. */
const checked: readonly (readonly [string, Options])[] = [
  ["json", { serializer: json() }],
  ["msgpack", { serializer: msgpack() }],
  ["pickle", { serializer: pickle() }],
  ["v8", { serializer: v8() }],
  ["json+brotli", { serializer: chain(json<Product>(), brotli()) }],
  ["json+zstd", { serializer: chain(json<Product>(), zstd()) }],
  // Bytes are what this codec writes, and products what it was emitted for.
  ["typed", { serializer: typed(codec) as Options["serializer"] }],
  ["json in an envelope", { serializer: json(), stale: { onError: "1h" } }],
  ["json with tags", { serializer: json(), tags: { ofKey: (id) => [tag("product", id)] } }],
];

const foreign: readonly (string | Buffer)[] = [
  "",
  "null",
  "hello",
  '{"id":1}',
  '{"__proto__":{"isAdmin":true}}',
  "~c1 ",
  "~c9 f000000000\n{}",
  'O:8:"stdClass":1:{s:2:"id";i:1;}',
  Buffer.alloc(64),
  Buffer.alloc(64, 0xff),
  randomBytes(100),
];

describe.each([...proven, ...checked])("an entry of %s", (name, options) => {
  const isProven = proven.some(([of]) => of === name);
  const right = productOf(1);
  const loaded = { ...right, name: "loaded" };

  /** What is asked for finds these bytes; what is stored afterwards. */
  async function readThrough(cache: Cache<string, Product>, bytes: string | Buffer): Promise<Product> {
    await client.set(cache.keyOf("1"), bytes, "PX", 60_000);
    return cache.getOrSet("1", () => loaded);
  }

  test("that is cut off, changed, or somebody else's is loaded anew", async () => {
    await using cache = new Cache<string, Product>({
      ...options,
      backend: backendFromUrl(server.url),
      prefix: `${name}:`,
      ttl: "1m",
      validate: checkProduct,
    });
    await cache.set("1", right);
    const whole = await client.getBuffer(cache.keyOf("1"));
    if (whole === null) throw new Error("Nothing was stored.");
    expect(await readThrough(cache, whole)).toEqual(right);

    for (let length = 0; length < whole.length; length += 3) {
      expect(await readThrough(cache, whole.subarray(0, length))).toEqual(loaded);
      expect(await cache.get("1")).toEqual(loaded);
    }
    for (const bytes of foreign) {
      expect(await readThrough(cache, bytes)).toEqual(loaded);
      expect(await cache.get("1")).toEqual(loaded);
    }
    for (let at = 0; at < whole.length; at += 2) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      const found = await readThrough(cache, changed);
      if (isProven) expect([right, loaded]).toContainEqual(found);
      else expect(checkProduct(found)).toBeUndefined();
    }
    expect(Object.hasOwn(Object.prototype, "isAdmin")).toBe(false);
  });
});

/** The check of the generated cache. */
function checkProduct(value: unknown): Misfit | undefined {
  return productDefinition.validate?.(value) ?? (value === undefined ? misfit("a product", value) : undefined);
}
