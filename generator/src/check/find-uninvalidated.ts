import { clip, formatDuration, quote } from "@cachetory/runtime/schemes";
import type { MemoizedDeclaration, MutationDeclaration, Span, Ttl } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";
import { isShorter } from "../model/is-shorter.ts";

/** A cache, and from which ttl on one is long-lived. */
export interface LivingCache {
  readonly name: string;
  readonly nameSpan: Span;
  readonly ttl: Ttl;
  readonly longLived: Ttl;
}

/**
 * Warnings about caches that keep for long what no mutation deletes. What calls of `delete` do is not known here, so only
 * where the YAML knows of functions is it asked: of every cache where there are mutations, else of those that are filled by
 * a function.
 */
export function findUninvalidated(
  caches: readonly LivingCache[],
  memoized: readonly MemoizedDeclaration[],
  mutations: readonly MutationDeclaration[],
): readonly Diagnostic[] {
  const invalidated = new Set(mutations.flatMap(({ invalidations }) => invalidations.map(({ cache }) => cache.name)));
  const filled = new Set(memoized.map(({ cache }) => cache.name));
  return caches
    .filter(({ name, ttl, longLived }) => !isShorter(ttl, longLived) && !invalidated.has(name))
    .filter(({ name }) => mutations.length > 0 || filled.has(name))
    .map(({ name, nameSpan, ttl }) => {
      const life = ttl === "forever" ? "for ever" : `for ${formatDuration(ttl.ms)}`;
      const message = `cache ${quote(name)} keeps entries ${life}, and no mutation invalidates any`;
      const hint = `Name it under "invalidates" of what changes its values: "${clip(name)}(…)"; or shorten its ttl`;
      return breachAt("C1604", nameSpan, message, hint);
    });
}
