import { CachetoryError } from "../errors.ts";
import type { Backend } from "./backend.ts";
import { backendFromUrl } from "./from-url.ts";
import { noteFace } from "./running-loads.ts";
import type { SyncBackend } from "./sync-backend.ts";
import type { UrlLike } from "./url-like.ts";

/**
 * The backend without promises that a URL describes; as `backendFromUrl(url).sync()`, of which it is the only face.
 *
 * @throws CachetoryError `INVALID_URL`, `UNKNOWN_SCHEME`; `INVALID_OPTION` also for a backend that has no such face;
 * `MISSING_PACKAGE`
 *
 * @example
 * ```ts
 * using backend = syncBackendFromUrl("redis://localhost:6379?command-timeout=200ms");
 * backend.set("greeting", "hello", { ttlMs: 60_000 });
 * ```
 */
export function syncBackendFromUrl(url: string | UrlLike): SyncBackend {
  return syncFaceOf(backendFromUrl(url));
}

/**
 * The face of a backend that synchronous callers see; the backend itself where it has no other.
 *
 * @throws CachetoryError `INVALID_OPTION` where it answers with promises alone
 */
export function syncFaceOf(backend: SyncBackend | Backend): SyncBackend {
  if (!(Symbol.asyncDispose in backend)) return backend;
  const face = backend.sync?.();
  if (face !== undefined) {
    noteFace(face, backend);
    return face;
  }
  throw new CachetoryError(
    "INVALID_OPTION",
    `The backend ${backend.name} answers with promises alone, so no synchronous cache can stand on it. Use Cache, or a ` +
      "backend that has sync().",
  );
}
