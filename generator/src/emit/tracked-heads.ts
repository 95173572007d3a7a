import type { BackendDeclaration, CacheDeclaration } from "../model/declaration.ts";

/**
 * What the keys begin with of which the server of a backend is to tell near layers: the fewest texts, for it refuses one that
 * begins with another. Sorted.
 */
export function trackedHeads(
  { name, prefix }: BackendDeclaration,
  caches: readonly CacheDeclaration[],
): readonly string[] {
  const tracked = caches.filter(({ backend, layers }) => backend === name && layers?.invalidation === "tracking");
  const heads = tracked.map(
    ({
      key: {
        segments: [first],
      },
    }) => prefix + (first?.kind === "literal" ? first.text : ""),
  );
  return [...new Set(heads)]
    .sort()
    .filter((head, _, all) => !all.some((other) => other !== head && head.startsWith(other)));
}
