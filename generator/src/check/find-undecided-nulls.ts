import { quote } from "@cachetory/runtime/schemes";
import type { CacheDeclaration } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import type { TypeIr } from "../model/type-ir.ts";
import { valueIr } from "../model/value-ir.ts";

/**
 * Caches that may hold `null`, the answer that there is nothing, where nobody says how long that stays true: what comes to be
 * meanwhile is not seen before the ttl is over.
 */
export function findUndecidedNulls(
  caches: readonly CacheDeclaration[],
  types: ReadonlyMap<string, ResolvedType>,
): readonly Diagnostic[] {
  return caches.flatMap((cache) => {
    const ir = valueIr(cache, types);
    if (ir === undefined || cache.values.negative !== undefined || !mayBe("null", ir)) return [];
    const message = `cache ${quote(cache.name)} may hold null, and nothing says for how long`;
    const hint =
      "Write negative: { ttl: 30s } for a ttl of its own, negative: store for that of every value, or negative: skip not to store it";
    return [breachAt("C1714", cache.valueSpan, message, hint)];
  });
}

/** What is written at caches themselves about a `null` that they cannot hold. */
export function findIdleNegatives(
  caches: readonly CacheDeclaration[],
  types: ReadonlyMap<string, ResolvedType>,
): readonly Diagnostic[] {
  return caches.flatMap((cache) => {
    const { negativeSpan } = cache.values;
    const ir = valueIr(cache, types);
    const isKnown = cache.value.kind === "bytes" || ir !== undefined;
    if (negativeSpan === undefined || !isKnown || (ir !== undefined && (mayBe("null", ir) || mayBe("unknown", ir))))
      return [];
    const message = `"negative" of cache ${quote(cache.name)} has no effect: null is none of its values`;
    return [breachAt("C1715", negativeSpan, message, "Leave it out, or let the type of the values admit null")];
  });
}

/** Whether a value may be of this kind: `null`, or `unknown`, of which nobody can tell. */
function mayBe(kind: "null" | "unknown", { root, nodes }: TypeIr): boolean {
  const node = nodes[root];
  const members = node?.kind === "union" ? node.members.map((id) => nodes[id]) : [node];
  return members.some((member) => member?.kind === kind);
}
