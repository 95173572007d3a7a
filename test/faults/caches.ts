import { type Backend, backendFromUrl, Cache, json, LayeredBackend, MemoryBackend, tag } from "@cachetory/runtime";
import { bindCaches } from "@cachetory/runtime/codegen/v1/core";
import { shared } from "../../examples/shop/src/caches/backends.gen.ts";
import { type ProductKey, productDefinition } from "../../examples/shop/src/caches/product.gen.ts";
import type { Product } from "../../examples/shop/src/models.ts";

export type ProductCache = Cache<ProductKey, Product>;

/** One cache of each kind on the same server, and the means to be rid of them. */
export interface Caches {
  readonly all: Readonly<Record<CacheKind, ProductCache>>;
  /** What they are all on. */
  readonly backend: Backend;
  close(): Promise<void>;
}

export type CacheKind =
  | "generated"
  | "plain"
  | "stale"
  | "refreshed"
  | "tagged"
  | "guarded"
  | "leased"
  | "recovering"
  | "layered"
  | "told";

/** @param prefix - before all keys but those of the generated cache, which has its own */
export function openCaches(url: string, prefix: string, ttlMs = 60_000): Caches {
  const backend = backendFromUrl(url);
  const generated = bindCaches({ product: [{ ...productDefinition, ttlMs }, shared] }, { shared: backend });
  const layers = [over(backend, prefix, "tracking"), over(backend, prefix, "bus")] as const;
  const cache = (kind: CacheKind, options: Partial<ConstructorParameters<typeof Cache<ProductKey, Product>>[0]> = {}) =>
    new Cache<ProductKey, Product>({
      backend,
      serializer: json(),
      name: kind,
      prefix: `${prefix}${kind}:`,
      keyText: ({ id }) => String(id),
      ttl: { ms: ttlMs },
      closesBackend: false,
      ...options,
    });
  const all: Record<CacheKind, ProductCache> = {
    generated: generated.product,
    plain: cache("plain"),
    stale: cache("stale", { stale: { whileRevalidate: { ms: ttlMs }, onError: { ms: ttlMs } } }),
    refreshed: cache("refreshed", { refreshAhead: "50%" }),
    tagged: cache("tagged", { tags: { ofKey: ({ id }) => [tag("product", id)] } }),
    guarded: cache("guarded", { writeBack: "guarded" }),
    leased: cache("leased", { singleFlight: "cluster" }),
    recovering: cache("recovering", { recovery: true }),
    layered: cache("layered", { backend: layers[0] }),
    told: cache("told", { backend: layers[1] }),
  };
  return {
    backend,
    all,
    async close() {
      // What they still try is theirs to end, and theirs alone.
      await Promise.all(Object.values(all).map((cache) => cache.close()));
      await generated.close();
      // Each closes the one that it is over, too, which is the same.
      await Promise.all(layers.map((layer) => layer.close()));
      await backend.close();
    },
  };
}

function over(far: Backend, prefix: string, invalidation: "tracking" | "bus"): LayeredBackend {
  return new LayeredBackend({ near: new MemoryBackend(), far, invalidation, heads: [prefix] });
}
