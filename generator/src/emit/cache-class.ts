import type { CacheDeclaration } from "../model/declaration.ts";
import { type ImportedName, runtimeType } from "./code.ts";

/** What a cache is an instance of. */
export function cacheClass({ mode }: CacheDeclaration): ImportedName {
  return runtimeType(mode === "sync" ? "SyncCache" : "Cache");
}
