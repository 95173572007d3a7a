import { type Backend, Cache, json, MemoryBackend, RedisBackend } from "@cachetory/runtime";
import {
  type CacheDefinition,
  type DeclaredBackend,
  declareBackend,
  defineCache,
  fitKey,
  intPart,
  json as jsonStep,
  type KeyPattern,
} from "@cachetory/runtime/codegen/v1";
import { type Contender, ttlMs } from "../contender.ts";
import type { Product } from "../product.ts";

/** The runtime alone, with text as keys. */
export async function openBare(backend: Backend): Promise<Contender> {
  const cache = new Cache<string, Product>({ backend, serializer: json(), ttl: { ms: ttlMs } });
  return contender(cache, (id) => `product:${id}`);
}

export function memory(): Backend {
  return new MemoryBackend();
}

export function redis(url: string): Backend {
  const { hostname, port, pathname } = new URL(url);
  return new RedisBackend({ host: hostname, port: Number(port), db: Number(pathname.slice(1)) });
}

interface ProductKey {
  readonly id: number;
}

const pattern: KeyPattern = { segments: ["product:", { name: "id", type: "int" }] };

function keyText(key: ProductKey): string {
  return fitKey(`product:${intPart(key.id, "product.id")}`, pattern);
}

const definition: CacheDefinition<ProductKey, Product> = {
  name: "product",
  pattern,
  keyText,
  serializer: () => jsonStep(),
  ttlMs,
};

/** What `cachetory generate` makes of `key: product:{id:int}`. */
export async function openGenerated(url: string): Promise<Contender> {
  const backend: DeclaredBackend = declareBackend({ name: "bench", url: [url] });
  const { close, ...operations } = contender(defineCache(definition, backend), (id) => ({ id }));
  return { ...operations, close: async () => backend.opened?.close() };
}

function contender<K>(cache: Cache<K, Product>, keyOf: (id: number) => K): Contender {
  return {
    get: (id) => cache.get(keyOf(id)),
    set: (id, product) => cache.set(keyOf(id), product),
    getMany: async (ids) => (await cache.getMany(ids.map(keyOf))).values(),
    setMany: (items) => cache.setMany(items.map(([id, product]) => [keyOf(id), product])),
    getOrSet: (id, load) => cache.getOrSet(keyOf(id), load),
    close: () => cache.close(),
  };
}
