import { requireOptional } from "../optional-package.ts";

/**
 * Loads ioredis, which nobody needs who has no Redis. It is no module of ECMAScript: Node 20 takes twice as long to import it.
 *
 * @throws CachetoryError `MISSING_PACKAGE`
 */
export function loadIoredis(): typeof import("ioredis") {
  return requireOptional("ioredis", "A redis backend") as typeof import("ioredis");
}
