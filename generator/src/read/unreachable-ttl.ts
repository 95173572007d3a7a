import { quote } from "@cachetory/runtime/schemes";
import type { Span, Ttl } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";

interface WrittenTtl {
  /** `undefined` where it is written, but wrong. */
  readonly value: Ttl | undefined;
  readonly span: Span;
}

/** What a cache, or the defaults, say of lifetimes. */
export interface WrittenTtls {
  readonly ttl: WrittenTtl | undefined;
  readonly maxTtl: WrittenTtl | undefined;
}

/** Lifetimes of a cache that no entry can have. */
export function findUnreachableTtls(cacheName: string, own: WrittenTtls, defaults: WrittenTtls): readonly Diagnostic[] {
  const ttl = own.ttl ?? defaults.ttl;
  const maxTtl = own.maxTtl ?? defaults.maxTtl;
  const tooLong = [["ttl", ttl] as const, ["max-ttl", maxTtl] as const].flatMap(([property, written]) => {
    if (written?.value === undefined || written.value === "forever" || written.value.ms <= centuryMs) return [];
    const message = `"${property}" is longer than a hundred years, which no entry lives to see`;
    return [breachAt("C1708", written.span, message, "Write forever if it is to have no end")];
  });
  if (own.maxTtl?.value === undefined || ttl?.value === undefined) return tooLong;
  // Where the default is longer, the cache takes that back.
  const takesBack = defaults.maxTtl !== undefined && !isSameTtl(defaults.maxTtl.value, ttl.value);
  if (takesBack || !isSameTtl(own.maxTtl.value, ttl.value)) return tooLong;
  const message = `"max-ttl" of cache ${quote(cacheName)} has no effect: it is as long as the "ttl", which no call exceeds without it`;
  return [...tooLong, breachAt("C1708", own.maxTtl.span, message, 'Leave it out, or make it longer than "ttl"')];
}

const centuryMs = 36_525 * 86_400_000;

export function isSameTtl(a: Ttl | undefined, b: Ttl | undefined): boolean {
  if (a === undefined || b === undefined || a === "forever" || b === "forever") return a === b;
  return a.ms === b.ms;
}
