import { formatDuration, quote } from "@cachetory/runtime/schemes";
import type { Invalidation, Layers, Mode, Span, Ttl } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";
import { isShorter } from "../model/is-shorter.ts";
import type { ReadBackend } from "./read-backends.ts";
import { readTtl } from "./read-ttl.ts";
import type { Report } from "./report.ts";
import { isMap, type YamlMap, type YamlNode } from "./yaml-tree.ts";

/** Two backends of which the first one holds what was read of the second, as far as they could be read. */
export interface ReadLayers {
  readonly near: ReadBackend | undefined;
  readonly nearTtl: Ttl | undefined;
  readonly nearTtlSpan: Span | undefined;
  readonly far: ReadBackend | undefined;
  readonly farSpan: Span;
}

/** What ends near entries, as far as that is written. */
export interface WrittenInvalidation {
  /** `undefined` where it is none of the words, which the schema finds. */
  readonly value: Invalidation | undefined;
  readonly span: Span;
}

/** `undefined` where they are no pair, which the schema finds, or cannot be layers. */
export function readLayers(
  node: YamlNode,
  findBackend: (node: YamlNode) => ReadBackend | undefined,
  report: Report,
): ReadLayers | undefined {
  if (node.kind !== "list" || node.items.length !== 2) return undefined;
  const [near, far] = node.items.map((item) => ({
    node: partOf(item, "backend") ?? item,
    ttl: partOf(item, "ttl"),
  }));
  if (near === undefined || far === undefined) return undefined;
  if (far.ttl !== undefined) {
    const hint = 'Write "ttl" beside "layers"; what is here is for the first layer, which may be shorter';
    report("C1530", far.ttl.span, "the second layer has the ttl of the cache", hint);
  }
  const found = {
    near: findBackend(near.node),
    nearTtl: near.ttl && readTtl("ttl", near.ttl, report),
    nearTtlSpan: near.ttl?.span,
    far: findBackend(far.node),
    farSpan: far.node.span,
  };
  checkKinds(found, near.node.span, report);
  return found;
}

export function readInvalidation(map: YamlMap | undefined): WrittenInvalidation | undefined {
  const node = map?.entries.get("invalidation")?.value;
  if (node === undefined) return undefined;
  const value = node.kind === "scalar" ? node.value : undefined;
  const isKnown = value === "tracking" || value === "bus" || value === "none";
  return { value: isKnown ? value : undefined, span: node.span };
}

/** The property of a layer that is a mapping. */
function partOf(item: YamlNode, name: string): YamlNode | undefined {
  return isMap(item) ? item.entries.get(name)?.value : undefined;
}

/** The first one must be in the process, whatever serves at run time; the second one must be shared in production. */
function checkKinds({ near, far, farSpan }: ReadLayers, nearSpan: Span, report: Report): void {
  const stranger = near?.schemes.find((scheme) => scheme.isLocal !== true);
  if (near !== undefined && stranger !== undefined) {
    const message = `the first layer keeps entries in the process, and backend ${quote(near.name)} may be ${stranger.scheme}://`;
    report("C1530", nearSpan, message, "Name a backend whose url is memory://, then the one that processes share");
  }
  if (far === undefined || far.schemes.length === 0) return;
  if (!far.isLocal && far.schemes.some((scheme) => scheme.isShared)) return;
  const message = `the second layer is what processes share, and backend ${quote(far.name)} is of each process alone`;
  report("C1530", farSpan, message, "Name a Redis; a cache in the process alone has a backend, and no layers");
}

/** What of a cache its layers are held against. */
export interface LayeredCache {
  readonly name: string;
  readonly nameSpan: Span;
  readonly mode: Mode;
  readonly ttl: Ttl | undefined;
  readonly maxTtl: Ttl | undefined;
}

/** The layers of a cache, held against the rest of what it says; `undefined` where it has none, or wrong ones. */
export function chooseLayers(
  cache: LayeredCache,
  layers: { readonly value: ReadLayers | undefined; readonly span: Span; readonly isOwn: boolean } | undefined,
  invalidation: WrittenInvalidation | undefined,
  report: Report,
): Layers | undefined {
  const { near, nearTtl, nearTtlSpan } = layers?.value ?? {};
  if (layers === undefined) return undefined;
  const at = (span: Span | undefined): Span => (layers.isOwn ? (span ?? layers.span) : cache.nameSpan);
  const subject = `cache ${quote(cache.name)}`;
  if (cache.mode === "sync") {
    const message = `${subject} is synchronous, and cannot have layers: a thread that stands still hears of no change`;
    report("C1531", at(undefined), message, "Give it a backend, or leave mode out");
  }
  const longest = cache.maxTtl ?? cache.ttl;
  if (nearTtl !== undefined && longest !== undefined && isShorter(longest, nearTtl)) {
    const [shown, most] = [nearTtl, longest].map((ttl) => formatDuration(ttl === "forever" ? ttl : ttl.ms));
    const message = `the first layer of ${subject} keeps entries for ${shown}, and the cache for ${most} at most`;
    report("C1532", at(nearTtlSpan), message, "Shorten it, or leave it out: near entries end with those of the cache");
  }
  const kind = invalidation?.value ?? "tracking";
  if (kind === "none" && nearTtlSpan === undefined) {
    const message = `nothing ends what the first layer of ${subject} holds when another process changes it`;
    const hint =
      "Give the first layer a ttl, as in layers: [{ backend: local, ttl: 5s }, shared], or leave invalidation out";
    report("C1533", layers.isOwn ? layers.span : cache.nameSpan, message, hint);
  }
  return near === undefined ? undefined : { near: near.name, nearTtl, invalidation: kind };
}

/** What is found where a cache says what ends near entries, and has none. */
export function findIdleInvalidation(
  name: string,
  own: WrittenInvalidation | undefined,
  isLayered: boolean,
): Diagnostic | undefined {
  if (own === undefined || isLayered) return undefined;
  const message = `"invalidation" of cache ${quote(name)} has no effect: it has no layers`;
  return breachAt("C1730", own.span, message, "Leave it out, or write layers: [local, shared]");
}
