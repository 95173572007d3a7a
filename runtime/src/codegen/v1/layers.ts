import type { Backend } from "../../backends/backend.ts";
import type { FeedKind } from "../../layers/feed.ts";
import { LayeredBackend } from "../../layers/layered-backend.ts";
import { nameBackend } from "../../observe/backend-names.ts";
import type { DeclaredBackend } from "./declare-backend.ts";

/** The near layer of a cache, as declared in the YAML. */
export interface Layers {
  readonly near: DeclaredBackend;
  /** The two backends as one. `heads` is what the keys of the far one begin with of which the server is to tell. */
  over(near: Backend, far: Backend, heads: readonly string[] | undefined): Backend;
}

export interface LayersDeclaration {
  readonly near: DeclaredBackend;
  /** The longest that an entry is kept near. Default: as long as it lives, with `"bus"` 5,000. */
  readonly ttlMs?: number;
  /** Default `"tracking"`. */
  readonly invalidation?: FeedKind | "none";
}

/** Declares what is in front of the backend of a cache. */
export function layers({ near, ttlMs, invalidation }: LayersDeclaration): Layers {
  return {
    near,
    over(nearBackend, far, heads) {
      nameBackend(nearBackend, near.name);
      const ttl = ttlMs === undefined ? undefined : { ms: ttlMs };
      return new LayeredBackend({ near: nearBackend, far, ttl, invalidation, heads });
    },
  };
}
