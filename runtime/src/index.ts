/// <reference lib="esnext.disposable" preserve="true" />
export type { AbortSignalLike } from "./abort.ts";
export type { Backend, KeyRange, StoreOptions } from "./backends/backend.ts";
export { type ClearOptions, type ClearProgress, ClearRun } from "./backends/clear-run.ts";
export { DummyBackend } from "./backends/dummy.ts";
export type { BackendClock, EntryUnlessFresh, Envelopes } from "./backends/envelopes.ts";
export { type BackendFactory, backendFromUrl, registerBackend } from "./backends/from-url.ts";
export type { GuardedBackend, GuardedEntry, GuardedRead, LeaveGuard } from "./backends/guarded-backend.ts";
export { KeyvBackend, type KeyvBackendOptions } from "./backends/keyv.ts";
export type { KeyvLike, KeyvSetEntry } from "./backends/keyv-like.ts";
export { KeyvStore, type KeyvStoreOptions } from "./backends/keyv-store.ts";
export type { HeardChange, Leases } from "./backends/leases.ts";
export type { LiveValue, ValueKeeper } from "./backends/live-value.ts";
export type { LocalEntries, LocalEntry } from "./backends/local-entries.ts";
export { MemoryBackend, type MemoryOptions } from "./backends/memory.ts";
export { RedisBackend } from "./backends/redis.ts";
export type { IoredisClient, NodeRedisClient, RedisClient } from "./backends/redis-client.ts";
export type { GivenClientOptions } from "./backends/redis-given-connection.ts";
export type {
  RedisAddress,
  RedisConnectionOptions,
  RedisSentinelOptions,
  RedisTlsOptions,
} from "./backends/redis-options.ts";
export type { SyncBackend, SyncClearOptions } from "./backends/sync-backend.ts";
export { SyncClearRun } from "./backends/sync-clear-run.ts";
export { syncBackendFromUrl } from "./backends/sync-face.ts";
export type { UrlLike } from "./backends/url-like.ts";
export type { Batch } from "./cache/batch.ts";
export { Cache } from "./cache/cache.ts";
export type { Hits } from "./cache/hits.ts";
export type { Items } from "./cache/items.ts";
export type { KeyLevel, KeyPath } from "./cache/key-index.ts";
export type { LiveValues } from "./cache/live-values.ts";
export type { LoadedMany } from "./cache/loaded-many.ts";
export type { MissReason } from "./cache/miss.ts";
export type { LoaderContext } from "./cache/one-load.ts";
export type {
  BatchLoader,
  BatchOptions,
  CacheOptions,
  DeleteOptions,
  ItemBatchOptions,
  KeySelection,
  Loader,
  LoadOptions,
  ReadOptions,
  RecoveryOptions,
  RefreshOptions,
  SetOptions,
  SyncCacheOptions,
  SyncLoader,
  SyncLoadOptions,
  SyncRefreshOptions,
  SyncSetOptions,
  SyncTtlOptions,
  TtlOptions,
  WaitOptions,
} from "./cache/options.ts";
export { SyncCache } from "./cache/sync-cache.ts";
export type { Duration, Ttl } from "./cache/ttl.ts";
export type { Versions } from "./cache/versions.ts";
export type { RawLimits, SizeLimits } from "./compressors/bounded-compressor.ts";
export { type BrotliOptions, brotli } from "./compressors/brotli.ts";
export { type GzipOptions, gzip } from "./compressors/gzip.ts";
export { type ZlibOptions, zlib } from "./compressors/zlib.ts";
export { type ZstdOptions, zstd } from "./compressors/zstd.ts";
export { type OpenedEnvelope, openEnvelope } from "./envelope/envelope.ts";
export type { Header as EnvelopeHeader } from "./envelope/header.ts";
export {
  BackendUnavailableError,
  CacheMissError,
  CachetoryError,
  type CachetoryErrorCode,
  InvalidationError,
  LoadTimeoutError,
  NotReplicatedError,
  type Outcome,
  OverloadError,
} from "./errors.ts";
export type { AgedEntry, FarEntries } from "./layers/far-entries.ts";
export type { Change, Feed, FeedKind, FeedListener } from "./layers/feed.ts";
export { LayeredBackend, type LayeredBackendOptions } from "./layers/layered-backend.ts";
export type { FarRead, NearLayer } from "./layers/near-layer.ts";
export { cached } from "./memoize/cached.ts";
export {
  type BatchCacheChoice,
  type BatchCacheLike,
  type CachedBatch,
  type CachedBatchOptions,
  cachedBatch,
  type OneOf,
} from "./memoize/cached-batch.ts";
export { Cached, CachedSync, type MethodContext } from "./memoize/cached-decorator.ts";
export type {
  CacheChoice,
  CachedFunction,
  CachedMethods,
  CachedOptions,
  CacheLike,
  SyncCacheChoice,
  SyncCachedFunction,
  SyncCachedMethods,
  SyncCacheLike,
} from "./memoize/cached-function.ts";
export { cachedSync } from "./memoize/cached-sync.ts";
export { defaultHashedKey, defaultKey } from "./memoize/default-key.ts";
export { cachedMethod } from "./memoize/read-through.ts";
export { type AroundLoad, aroundLoads, type LoadCall } from "./observe/around-loads.ts";
export type {
  BreakerEvent,
  CacheEventMap,
  EventSource,
  EvictionEvent,
  HitEvent,
  InvalidationEvent,
  LifetimeEvent,
  LoadEvent,
  MissEvent,
  Operation,
  OutageEvent,
  OverloadEvent,
  RecoveryEvent,
  StoreEvent,
  TimedEvent,
} from "./observe/event-types.ts";
export type { BackendHealth, CachesHealth } from "./observe/health.ts";
export { onCacheEvent } from "./observe/on-cache-event.ts";
export { type Offload, type Offloaded, type OffloadOptions, offload } from "./offload/offload.ts";
export { WorkerPool, type WorkerPoolOptions } from "./offload/worker-pool.ts";
export type { OnBackendError } from "./policies/backend-errors.ts";
export type { WriteBack } from "./policies/guarded-write-back.ts";
export type { GutterOptions } from "./policies/gutter.ts";
export type { Negative } from "./policies/negative.ts";
export type { RefreshAhead } from "./policies/refresh-ahead.ts";
export type { SingleFlightOptions } from "./policies/single-flight.ts";
export type { BoundedDuration, StaleOptions } from "./policies/stale.ts";
export type { TimeoutOptions } from "./policies/timeouts.ts";
export { aesGcm } from "./secrets/aes-gcm.ts";
export { hmac } from "./secrets/hmac.ts";
export type { SealOptions } from "./secrets/sealing-step.ts";
export type { SecretKey, SecretKeys } from "./secrets/secret-keys.ts";
export { bytes } from "./serializers/bytes.ts";
export { chain } from "./serializers/chain.ts";
export { registerSerializer, type SerializerDefinition, serializerFromUrl } from "./serializers/from-url.ts";
export { type JsonOptions, json } from "./serializers/json.ts";
export { msgpack } from "./serializers/msgpack.ts";
export { noop } from "./serializers/noop.ts";
export { type PickleOptions, pickle } from "./serializers/pickle/pickle.ts";
export { PythonDate, PythonDecimal, PythonTimedelta, PythonUuid } from "./serializers/pickle/python-types.ts";
export type {
  BytesSerializer,
  Compressor,
  EntryContext,
  Kind,
  SealingStep,
  Serializer,
  TextSerializer,
  ValueSerializer,
} from "./serializers/serializer.ts";
export { text } from "./serializers/text.ts";
export { v8 } from "./serializers/v8.ts";
export { type Tag, type TagPart, tag } from "./tags/tag.ts";
export type { TagOptions } from "./tags/tag-versions.ts";
export { type Misfit, misfitText, type Validate } from "./validation/misfit.ts";
