import type { AbortSignalLike } from "../abort.ts";
import type { StoreRule } from "./lifetimes.ts";

/** What a loader gets besides the key. */
export interface LoaderContext {
  /** Aborted when every caller that waits for the load has aborted. */
  readonly signal: AbortSignalLike;
}

/** A load of one key, as its caller asks for it. */
export interface OneLoad<V> {
  readonly text: string;
  readonly key: unknown;
  readonly rule: StoreRule<V>;
  load(context: LoaderContext): Promise<V | undefined>;
}
