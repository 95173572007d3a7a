import { clip, quote } from "@cachetory/runtime/schemes";
import type { BackendDeclaration, Span } from "../model/declaration.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";
import { type CacheKeys, cacheKeys, type KeyedCache } from "./cache-keys.ts";
import { KeyComparison } from "./key-comparison.ts";
import { type Found, KeyIndex } from "./key-index.ts";
import { type Sameness, samenessOf } from "./same-server.ts";

/**
 * No two keys meet: whether a key can be of two caches whose entries may lie in one place, or be deleted by the `clear` of
 * a cache that it is not of. Each cache is reported once, with the first one before it that it meets; so `caches` come in
 * the order of the files.
 */
export function checkKeys(
  caches: readonly KeyedCache[],
  backends: readonly BackendDeclaration[],
): readonly Diagnostic[] {
  const comparison = new KeyComparison();
  const places = new Map(backends.map((backend) => [backend.name, { backend, index: new KeyIndex(comparison) }]));
  const order = new Map<CacheKeys, number>();
  const diagnostics: Diagnostic[] = [];
  for (const cache of caches) {
    const own = places.get(cache.backend);
    if (own === undefined) continue;
    const keys = cacheKeys(cache, own.backend);
    const found: PlacedFinding[] = [...places.values()].flatMap(({ backend, index }) => {
      const sameness = samenessOf(own.backend, backend);
      if (sameness === "different") return [];
      return [...index.encounters(keys)].map((one) => ({ ...one, sameness }));
    });
    const [first] = found.sort((a, b) => rank(a) - rank(b) || (order.get(a.other) ?? 0) - (order.get(b.other) ?? 0));
    if (first !== undefined) diagnostics.push(diagnosticOf(keys, first));
    order.set(keys, order.size);
    own.index.add(keys);
  }
  return diagnostics;
}

interface PlacedFinding extends Found {
  readonly sameness: Sameness;
}

function rank({ encounter: { kind } }: Found): number {
  return kind === "meet" || kind === "meet-hashed" ? 0 : 1;
}

function diagnosticOf(keys: CacheKeys, found: PlacedFinding): Diagnostic {
  const { cache } = keys;
  const other = found.other.cache;
  // Where an anchor gives both their key, the names tell them apart.
  const isShared = cache.keySpan.file === other.keySpan.file && cache.keySpan.start === other.keySpan.start;
  const span: Span = isShared ? cache.nameSpan : cache.keySpan;
  const related = [
    {
      span: isShared ? other.nameSpan : other.keySpan,
      message: `${isShared ? "cache" : "the key of cache"} ${quote(other.name)} is declared here`,
    },
  ];
  const code = rank(found) === 0 ? "C1204" : "C1205";
  return errorAt(code, span, messageOf(keys, found) + whereabouts(keys, found), hintOf(keys, found), related);
}

function messageOf({ cache }: CacheKeys, { other, encounter }: Found): string {
  const names = [quote(cache.name), quote(other.cache.name)];
  switch (encounter.kind) {
    case "meet": {
      const [own, others] = encounter.values;
      const both = `${quote(encounter.key)} is ${own} of ${names[0]} and ${others} of ${names[1]}`;
      return `keys of cache ${names[0]} meet keys of cache ${names[1]}: ${both}`;
    }
    case "meet-hashed":
      return `keys of cache ${names[0]} meet keys of cache ${names[1]}: over 512 bytes, both are ${quote(encounter.key)}`;
    case "clear": {
      const owner = quote(encounter.owner.cache.name);
      const key = `${quote(encounter.key)}, which is ${encounter.values} of ${owner}`;
      return `clear of cache ${quote(encounter.clearing.cache.name)} would delete keys of cache ${owner}: ${key}`;
    }
    case "clear-hashed": {
      const owner = quote(encounter.owner.cache.name);
      const keys = `those over 512 bytes, ${quote(encounter.key)}`;
      return `clear of cache ${quote(encounter.clearing.cache.name)} would delete keys of cache ${owner}: ${keys}`;
    }
    default:
      return encounter satisfies never;
  }
}

function whereabouts(keys: CacheKeys, { other, sameness }: PlacedFinding): string {
  if (keys.backend === other.backend) return "";
  const both = `backend ${quote(keys.backend.name)} and backend ${quote(other.backend.name)}`;
  return `, where ${both} ${sameness === "same" ? "are" : "may be"} one server`;
}

function hintOf(keys: CacheKeys, { other, sameness }: PlacedFinding): string {
  const text = `Begin the key with text of its own, for example ${clip(keys.cache.name)}:`;
  if (keys.backend === other.backend) return text;
  const prefix = `Give the backends prefixes that differ, such as "${clip(keys.backend.name)}:"`;
  return sameness === "same" ? prefix : `${prefix}; or write distinct: true, if they never are one server`;
}
