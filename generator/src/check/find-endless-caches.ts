import { quote } from "@cachetory/runtime/schemes";
import type { BackendDeclaration, CacheDeclaration, KeySegment } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";
import { mayBeServer } from "./same-server.ts";

/**
 * Caches that may fill a server up: their entries never expire, there is no end of their keys, and nothing says that the
 * server makes room. Memory always does.
 */
export function findEndlessCaches(
  caches: readonly CacheDeclaration[],
  backends: readonly BackendDeclaration[],
): readonly Diagnostic[] {
  return caches.flatMap(({ name, backend: backendName, ttl, ttlSpan, key }) => {
    const backend = backends.find((each) => each.name === backendName);
    if (ttl !== "forever" || backend === undefined || backend.isEvicting || !mayBeServer(backend)) return [];
    if (!key.segments.some(isEndless)) return [];
    const message = `entries of cache ${quote(name)} live forever on backend ${quote(backend.name)}, which may never make room`;
    const hint =
      'Write a ttl; or write evicts: true under the backend if the server has "maxmemory" and an allkeys policy';
    return [breachAt("C1711", ttlSpan, message, hint)];
  });
}

/** Of a boolean and of a union there are some values, of everything else any number. */
function isEndless(segment: KeySegment): boolean {
  return segment.kind === "parameter" && segment.type.kind !== "bool" && segment.type.kind !== "union";
}
