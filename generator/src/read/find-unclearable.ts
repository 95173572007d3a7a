import { quote } from "@cachetory/runtime/schemes";
import type { CacheDeclaration } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";
import type { ReadBackend } from "./read-backends.ts";

/**
 * A warning where no literal text tells the keys of a cache from others' in a server that others may use too: `clear`
 * would have to look at every key there, and refuses.
 */
export function findUnclearable(cache: CacheDeclaration, backends: readonly ReadBackend[]): Diagnostic | undefined {
  const backend = backends.find(({ name }) => name === cache.backend);
  const isShared = backend?.schemes.some((scheme) => scheme.isShared) === true;
  if (!isShared || backend.declaration?.prefix !== "" || cache.key.segments[0]?.kind === "literal") return undefined;
  const message = `cache ${quote(cache.name)} cannot be cleared: its keys begin with nothing of their own`;
  const hint = `Begin the pattern with literal text, or give backend ${quote(backend.name)} a prefix`;
  return breachAt("C1402", cache.keySpan, message, hint);
}
