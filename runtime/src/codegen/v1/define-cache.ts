import type { Backend } from "../../backends/backend.ts";
import { Cache } from "../../cache/cache.ts";
import type { KeyPath } from "../../cache/key-index.ts";
import type { LiveValues } from "../../cache/live-values.ts";
import type { BasicCacheOptions, RecoveryOptions } from "../../cache/options.ts";
import { SyncCache } from "../../cache/sync-cache.ts";
import type { Ttl } from "../../cache/ttl.ts";
import type { KeyPattern } from "../../keys/key-pattern.ts";
import type { Offload } from "../../offload/offload.ts";
import type { GutterOptions } from "../../policies/gutter.ts";
import type { Negative } from "../../policies/negative.ts";
import type { RefreshAhead } from "../../policies/refresh-ahead.ts";
import type { SingleFlightOptions } from "../../policies/single-flight.ts";
import type { StaleOptions } from "../../policies/stale.ts";
import type { TimeoutOptions } from "../../policies/timeouts.ts";
import type { Serializer } from "../../serializers/serializer.ts";
import type { TagOptions } from "../../tags/tag-versions.ts";
import type { Validate } from "../../validation/misfit.ts";
import type { DeclaredBackend } from "./declare-backend.ts";
import type { Layers } from "./layers.ts";

/** A cache as declared in the YAML, without its backend. */
export interface CacheDefinition<K, V> {
  readonly name: string;
  readonly pattern: KeyPattern;
  readonly keyText: (key: K) => string;
  /** How an entry in this process is found by the parameters of its key. Default: by the text. */
  readonly keyPath?: KeyPath<K>;
  readonly serializer: () => Serializer<V>;
  readonly ttlMs: number | "forever";
  /** The longest ttl that a call may ask for. Default `ttlMs`. */
  readonly maxTtlMs?: number | "forever";
  /** How long an entry with this value lives, `ttlMs` at most. Default `ttlMs`. A method: so definitions of any value are of one type. */
  ttlOf?(value: V): Ttl;
  /** What becomes of `null`. Default: it is stored as any other value. */
  readonly negative?: Negative;
  /** The share of each lifetime that chance may take away. Default none. */
  readonly jitter?: number;
  /** The most bytes that the stored form of a value may have. Default without limit. */
  readonly maxValueBytes?: number;
  /** For how long after its ttl a value may still be served. Default: not at all. */
  readonly stale?: StaleOptions;
  /** When what loads refreshes an entry that is still fresh. Default: never. */
  readonly refreshAhead?: RefreshAhead;
  /** How long a caller waits for a load. Default: as long as it takes. */
  readonly timeouts?: TimeoutOptions;
  /** What holds near what was read of the backend. Default none. */
  readonly layers?: Layers;
  /** Who shares the load of a key. Default: the callers of one process. */
  readonly singleFlight?: "cluster" | SingleFlightOptions;
  /** When a loaded value is stored. Default: if the key has no entry by then. */
  readonly writeBack?: "guarded";
  /** Which values worker threads serialize and compress. Default none. */
  readonly offload?: () => Offload;
  /** Finds the first misfit of a value that was read. Default: none is looked for. */
  readonly validate?: Validate;
  /** How a backend in this process keeps values as they are. Default: it keeps what the serializer makes of them. */
  readonly live?: LiveValues;
  /** Whether callers that wait for one load have the very value that it gave. Default: each has one of its own. */
  readonly isolation?: "share";
  /** Whether events hold the text of keys. Default: they do not. */
  readonly eventKeys?: true;
  /** Who answers reads. Default the masters. */
  readonly reads?: "replica";
  /** How many invalidations that fail are kept. Default: they are rejected. */
  readonly recovery?: RecoveryOptions;
  /** What is kept of what is loaded while the backend does not answer. Default: for a second. */
  readonly gutter?: false | GutterOptions;
  /** How many loads run at once in one process. Default without limit. */
  readonly maxLoads?: number;
  /** What becomes of reads that the backend does not answer. Default: they are misses. */
  readonly onBackendError?: "throw";
  /** Which tags entries have. Default none. */
  readonly tags?: TagOptions<K, V>;
}

/** The cache on its declared backend, which opens when it is first used. */
export function defineCache<K, V>(definition: CacheDefinition<K, V>, backend: DeclaredBackend): Cache<K, V> {
  return bindCache(definition, backend, (declared) => declared.shared());
}

/** As `defineCache`, without promises; a synchronous and an asynchronous cache of one declared backend share it. */
export function defineSyncCache<K, V>(definition: CacheDefinition<K, V>, backend: DeclaredBackend): SyncCache<K, V> {
  return bindSyncCache(definition, backend, (declared) => declared.shared());
}

/** The cache on what `open` gives for its declared backends. */
export function bindCache<K, V>(
  definition: CacheDefinition<K, V>,
  declared: DeclaredBackend,
  open: (backend: DeclaredBackend) => Backend,
): Cache<K, V> {
  const { layers, reads, recovery, tags } = definition;
  const backend =
    layers === undefined ? () => open(declared) : () => layers.over(open(layers.near), open(declared), declared.heads);
  return new Cache({
    ...optionsOf(definition, declared),
    offload: definition.offload?.(),
    isolation: definition.isolation,
    singleFlight: definition.singleFlight,
    writeBack: definition.writeBack,
    reads,
    recovery,
    maxLoads: definition.maxLoads,
    tags,
    stale: definition.stale,
    refreshAhead: definition.refreshAhead,
    timeouts: definition.timeouts,
    backend,
  });
}

/** The same without promises, where that is a backend that has such a face. */
export function bindSyncCache<K, V>(
  definition: CacheDefinition<K, V>,
  declared: DeclaredBackend,
  open: (backend: DeclaredBackend) => Backend,
): SyncCache<K, V> {
  return new SyncCache({ ...optionsOf(definition, declared), backend: () => open(declared) });
}

function optionsOf<K, V>(definition: CacheDefinition<K, V>, declared: DeclaredBackend): BasicCacheOptions<K, V> {
  return {
    name: definition.name,
    backendName: declared.name,
    prefix: declared.prefix,
    eventKeys: definition.eventKeys,
    pattern: definition.pattern,
    keyText: definition.keyText,
    keyPath: definition.keyPath,
    serializer: definition.serializer,
    validate: definition.validate,
    live: definition.live,
    ttlOf: definition.ttlOf?.bind(definition),
    negative: definition.negative,
    jitter: definition.jitter,
    maxValueBytes: definition.maxValueBytes,
    onBackendError: definition.onBackendError,
    gutter: definition.gutter,
    ttl: asTtl(definition.ttlMs),
    maxTtl: asTtl(definition.maxTtlMs ?? definition.ttlMs),
    closesBackend: false,
  };
}

function asTtl(ms: number | "forever"): "forever" | { readonly ms: number } {
  return ms === "forever" ? ms : { ms };
}
