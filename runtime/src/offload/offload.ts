import { checkedOptions } from "../checked-options.ts";
import { CachetoryError } from "../errors.ts";
import { expectOptional } from "../optional-package.ts";
import type { OptionSpecs } from "../schemes/scheme.ts";
import type { EntryContext, Serializer } from "../serializers/serializer.ts";
import { OffloadedPipeline } from "./offloaded-pipeline.ts";
import { sharedPool, WorkerPool } from "./worker-pool.ts";

/** Options of {@link offload}. */
export interface OffloadOptions {
  /** Smaller values stay on the calling thread; 0: none does. Bytes. Default 65,536 (64 KB). */
  readonly minBytes?: number | undefined;
  /** Whose threads. Default one pool that all caches of the process share. */
  readonly pool?: WorkerPool | undefined;
}

/** A pipeline of which other threads make a part. */
export interface Offloaded<V> {
  /** What is stored, or a promise of it. */
  serialize(value: V, context?: EntryContext): unknown;
  /** The value, or a promise of it. */
  deserialize(stored: unknown, context?: EntryContext): V | Promise<V>;
}

/** Lets other threads make a part of a cache's pipeline; see {@link offload}. */
export interface Offload {
  /** @throws CachetoryError `INVALID_OPTION`, `MISSING_PACKAGE` */
  pipeline<V>(serializer: Serializer<V>, cacheName: string): Offloaded<V>;
}

const specs: OptionSpecs = {
  "min-bytes": { kind: "size", default: "64kb", min: 0, description: "Smaller values stay on the calling thread." },
};

/**
 * Large values are compressed, and turned into `pickle` and `msgpack` and back, in worker threads, so that the event loop
 * goes on. For the option `offload` of caches, which may share one. Needs the package `piscina`.
 *
 * `json`, `v8`, `text` and `bytes` stay on the calling thread, for to hand over their value takes as long as they do;
 * so do `aes-gcm` and `hmac` at the end of a pipeline, whose secrets go nowhere else.
 *
 * @throws CachetoryError `INVALID_OPTION`
 *
 * @example
 * ```ts
 * const reports = new Cache<string, Report>({
 *   serializer: chain(json<Report>(), zstd()),
 *   backend: backendFromUrl("redis://localhost:6379"),
 *   offload: offload({ minBytes: 256 * 1024 }),
 * });
 * ```
 */
export function offload(options: OffloadOptions = {}): Offload {
  const { pool, ...limits } = options;
  const { minBytes } = checkedOptions<Omit<OffloadOptions, "pool">>("offload", specs, limits);
  if (pool !== undefined && !(pool instanceof WorkerPool)) {
    throw new CachetoryError("INVALID_OPTION", "offload: pool must be a WorkerPool.");
  }
  return {
    pipeline(serializer, cacheName) {
      expectOptional("piscina", "offload");
      return new OffloadedPipeline(serializer, cacheName, minBytes, pool === undefined ? sharedPool : () => pool);
    },
  };
}
