import type { CacheDeclaration, UnkeyedCache } from "../model/declaration.ts";
import { isDescribing } from "../model/describing-steps.ts";
import type { DeclaredDefault } from "../model/usage.ts";
import type { ReadBackend } from "./read-backends.ts";
import { isNetwork } from "./read-mode.ts";
import { isOffloadable } from "./read-offload.ts";
import { isMeasured } from "./read-value-policies.ts";
import { isSameTtl } from "./unreachable-ttl.ts";
import type { YamlMap } from "./yaml-tree.ts";

/** A cache as it is written, and what came of it with the defaults of its file. */
export interface DefaultTaker {
  readonly node: YamlMap;
  readonly declaration: CacheDeclaration | UnkeyedCache;
}

/** The properties of `defaults`, and whether one of the caches of the file takes them. */
export function declaredDefaults(
  defaults: YamlMap | undefined,
  takers: readonly DefaultTaker[],
  backends: readonly ReadBackend[],
): readonly DeclaredDefault[] {
  return [...(defaults?.entries.values() ?? [])].map(({ key: name, keySpan: span }) => {
    const isTaken = takers.some(
      ({ node, declaration }) => !node.entries.has(name) && hasUse(name, declaration, backends),
    );
    return { name, span, isTaken };
  });
}

/** Whether the cache would be another one without such a property. */
function hasUse(name: string, cache: CacheDeclaration | UnkeyedCache, backends: readonly ReadBackend[]): boolean {
  const { ttl, maxTtl, mode, serializer, backend, layers, isolation, sharesLoads, loads, freshness } = cache;
  const { keySecret, reads, recovery, protection } = cache;
  switch (name) {
    case "max-ttl":
      return !isSameTtl(maxTtl, ttl);
    case "single-flight":
      return loads.singleFlight !== undefined;
    case "write-back":
      return loads.isGuarded;
    case "max-value-size":
      return isMeasured(serializer);
    case "stale":
      return freshness.stale !== undefined;
    case "refresh-ahead":
      return freshness.refreshAhead !== undefined;
    case "timeouts":
      return freshness.timeouts !== undefined;
    case "validate":
      return isDescribing(serializer);
    case "layers":
    case "invalidation":
      return layers !== undefined;
    case "isolation":
      return isolation !== undefined || sharesLoads;
    case "key-secret":
      return keySecret !== undefined;
    case "reads":
      return reads !== undefined;
    case "recovery":
      return recovery !== undefined;
    case "gutter":
      return protection.gutter !== undefined;
    case "max-loads":
      return protection.maxLoads !== undefined;
    case "on-backend-error":
      return protection.onBackendError !== undefined;
    case "offload":
      return mode === "async" && isOffloadable(serializer);
    case "blocking":
      return mode === "sync" && backends.find((each) => each.name === backend)?.schemes.some(isNetwork) === true;
    default:
      return true;
  }
}
