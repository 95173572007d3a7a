import { quote } from "@cachetory/runtime/schemes";
import type { Mode, Span } from "../model/declaration.ts";
import type { ReadBackend } from "./read-backends.ts";
import type { Report } from "./report.ts";
import { textOf, type YamlMap } from "./yaml-tree.ts";

/** Who answers reads, as far as that is written. */
export interface WrittenReads {
  /** `undefined` where it is neither, which the schema finds. */
  readonly value: "master" | "replica" | undefined;
  readonly span: Span;
}

/** What a cache or the defaults say of it. */
export function readReads(map: YamlMap | undefined): WrittenReads | undefined {
  const node = map?.entries.get("reads")?.value;
  if (node === undefined) return undefined;
  const value = textOf(map, "reads")?.value;
  return { value: value === "master" || value === "replica" ? value : undefined, span: node.span };
}

interface ReadingCache {
  readonly name: string;
  readonly mode: Mode;
  readonly backend: ReadBackend | undefined;
  readonly hasLayers: boolean;
}

/** Who answers, where it is not the masters. A default is for those caches that can use it; what stands at the cache itself must be of use. */
export function chooseReads(
  { name, mode, backend, hasLayers }: ReadingCache,
  own: WrittenReads | undefined,
  shared: WrittenReads | undefined,
  report: Report,
): "replica" | undefined {
  if ((own ?? shared)?.value !== "replica" || backend === undefined || backend.schemes.length === 0) return undefined;
  if (mode === "async" && backend.hasReplicas && !hasLayers) return "replica";
  if (own === undefined) return undefined;
  if (mode === "sync") {
    const message = `the synchronous cache ${quote(name)} reads where it writes, and no replicas`;
    report("C1921", own.span, message, "Leave reads out, or leave out mode");
    return undefined;
  }
  if (hasLayers) {
    const message = `cache ${quote(name)} keeps near what it has read, and a replica may be older than what the near layer was told of`;
    report("C1921", own.span, message, "Leave reads out, or layers");
    return undefined;
  }
  const message = `cache ${quote(name)} cannot read replicas: the url of its backend ${quote(backend.name)} may name one server alone, or none`;
  const hint =
    "Write a redis+cluster:// or redis+sentinel:// URL, or schemes: [redis+cluster] where it comes from the environment; or leave reads out";
  report("C1921", own.span, message, hint);
  return undefined;
}
