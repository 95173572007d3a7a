import type { Backend } from "../../backends/backend.ts";
import { Cache } from "../../cache/cache.ts";
import type { KeyPattern } from "../../keys/key-pattern.ts";
import type { Offload } from "../../offload/offload.ts";
import type { Serializer } from "../../serializers/serializer.ts";
import type { DeclaredBackend } from "./declare-backend.ts";

/** A cache as declared in the YAML, without its backend. */
export interface CacheDefinition<K, V> {
  readonly name: string;
  readonly pattern: KeyPattern;
  readonly keyText: (key: K) => string;
  readonly serializer: () => Serializer<V>;
  readonly ttlMs: number | "forever";
  /** The longest ttl that a call may ask for. Default `ttlMs`. */
  readonly maxTtlMs?: number | "forever";
  /** Which values worker threads serialize and compress. Default none. */
  readonly offload?: () => Offload;
}

/** The cache on its declared backend, which opens when it is first used. */
export function defineCache<K, V>(definition: CacheDefinition<K, V>, backend: DeclaredBackend): Cache<K, V> {
  return bindCache(definition, backend.prefix, () => backend.shared());
}

/** The cache on any backend. */
export function bindCache<K, V>(
  definition: CacheDefinition<K, V>,
  prefix: string,
  backend: Backend | (() => Backend),
): Cache<K, V> {
  return new Cache({
    name: definition.name,
    prefix,
    pattern: definition.pattern,
    keyText: definition.keyText,
    serializer: definition.serializer,
    offload: definition.offload?.(),
    backend,
    ttl: asTtl(definition.ttlMs),
    maxTtl: asTtl(definition.maxTtlMs ?? definition.ttlMs),
    closesBackend: false,
  });
}

function asTtl(ms: number | "forever"): "forever" | { readonly ms: number } {
  return ms === "forever" ? ms : { ms };
}
