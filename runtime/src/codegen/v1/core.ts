/// <reference lib="esnext.disposable" preserve="true" />
/**
 * What generated code stands on is in three parts, of which it imports those that it uses: a program loads no others. Nothing
 * may be taken away from them: what is exported here stays, with its meaning; what has to change becomes `v2`.
 *
 * This one is for every cache.
 */
export type { Backend } from "../../backends/backend.ts";
export type { Cache } from "../../cache/cache.ts";
export type { LiveValues } from "../../cache/live-values.ts";
export type { LoaderContext } from "../../cache/one-load.ts";
export type { Loader, SyncLoader } from "../../cache/options.ts";
export type { SyncCache } from "../../cache/sync-cache.ts";
export {
  badPart,
  bigintPart,
  boolPart,
  datePart,
  type HashInput,
  hashPart,
  intPart,
  numberPart,
  stringPart,
  uuidPart,
} from "../../keys/key-parts.ts";
export { fitKey, type KeyPattern } from "../../keys/key-pattern.ts";
export { secretPart } from "../../keys/secret-part.ts";
export {
  type Fields,
  hasNames,
  isBare,
  isDense,
  isJsonNumber,
  isList,
  isPlain,
  leafBytes,
  plainNames,
} from "../../live/exact-values.ts";
export { listOf, plainObjects } from "../../live/plain-objects.ts";
export type { CachedFunction, SyncCachedFunction } from "../../memoize/cached-function.ts";
export { bytes } from "../../serializers/bytes.ts";
export { json } from "../../serializers/json.ts";
export { noop } from "../../serializers/noop.ts";
export { isSurelyJson } from "../../serializers/strict-json.ts";
export { isPlainJson, isPlainJsonArray, plainJsonNames } from "../../serializers/sure-json.ts";
export { text } from "../../serializers/text.ts";
export { type Tag, tag } from "../../tags/tag.ts";
export { tagsOf } from "../../tags/tags-of.ts";
export { type Misfit, misfit, misfitOfNames, nameStep, within } from "../../validation/misfit.ts";
export { Tries } from "../../validation/tries.ts";
export { isBuiltin, isJsonRecord, isMap, isOwn, isRecord, isSet } from "../../validation/type-tests.ts";
export { Visits } from "../../validation/visits.ts";
export { bindCaches, type CacheSet, collectCaches } from "./cache-set.ts";
export { type DeclaredBackend, declareBackend } from "./declare-backend.ts";
export { type CacheDefinition, defineCache, defineSyncCache } from "./define-cache.ts";
export { type Layers, type LayersDeclaration, layers } from "./layers.ts";
export { type BatchedCalls, memoizeBatch, perInstance } from "./memoize-batch.ts";
export { memoizeFunction, memoizeSyncFunction } from "./memoize-function.ts";
export { type MemoizedLoader, type Memoizer, memoizer } from "./memoizer.ts";
export {
  type MutatingFunction,
  mutateFunction,
  mutateSyncFunction,
  type SyncMutatingFunction,
} from "./mutate-function.ts";
export { type SyncMemoizedLoader, type SyncMemoizer, syncMemoizer } from "./sync-memoizer.ts";
