import { quote } from "@cachetory/runtime/schemes";
import type { Isolation, Mode, Offload, Pipeline, Span } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";
import { liveStep } from "../model/live-types.ts";
import type { ReadBackend } from "./read-backends.ts";
import type { Report } from "./report.ts";
import type { YamlMap } from "./yaml-tree.ts";

/** How values are isolated, as far as that is written. */
export interface WrittenIsolation {
  /** `undefined` where it is none of the words, which the schema finds. */
  readonly value: Isolation | undefined;
  readonly span: Span;
}

/** What a cache or the defaults say of it. */
export function readIsolation(map: YamlMap | undefined): WrittenIsolation | undefined {
  const node = map?.entries.get("isolation")?.value;
  if (node === undefined) return undefined;
  const value = node.kind === "scalar" ? node.value : undefined;
  const isKnown = value === "clone" || value === "freeze" || value === "share";
  return { value: isKnown ? value : undefined, span: node.span };
}

/**
 * Whether callers that wait for one load have the very value that it gave, and no copies. Who is synchronous waits for no
 * other's load.
 */
export function sharesLoads(
  mode: Mode,
  own: WrittenIsolation | undefined,
  shared: WrittenIsolation | undefined,
): boolean {
  return mode === "async" && (own ?? shared)?.value === "share";
}

/** How and where the values of a cache are stored, as far as that is known. */
interface IsolatedCache {
  readonly name: string;
  readonly mode: Mode;
  readonly backend: ReadBackend | undefined;
  readonly pipeline: Pipeline | undefined;
  readonly offload: Offload | undefined;
}

/**
 * What holds for a cache whose backend keeps values as they are; `undefined` where it keeps what the serializer makes, of
 * which every reader has a value of its own. What stands at the cache itself must be of use.
 */
export function chooseIsolation(
  { backend, pipeline, offload, mode, ...cache }: IsolatedCache,
  own: WrittenIsolation | undefined,
  shared: WrittenIsolation | undefined,
  report: Report,
): Isolation | undefined {
  if (backend === undefined || pipeline === undefined || !backend.isLocal) return undefined;
  if (liveStep(pipeline) !== undefined && offload === undefined) return (own ?? shared)?.value ?? "clone";
  const scheme = pipeline[0]?.scheme;
  const isKept = own?.value === undefined || own.value === (scheme === "noop" ? "share" : "clone");
  if (isKept || sharesLoads(mode, own, undefined)) return undefined;
  const steps = pipeline.map((step) => step.scheme).join("+");
  const why =
    scheme === "noop"
      ? "noop hands out the very value that it was given"
      : `of ${offload === undefined ? quote(steps) : "what is offloaded"} the stored form is kept, and each reader has a value of its own`;
  const hint =
    scheme === "noop"
      ? "Leave it out, or write json or typed, which know how to copy a value"
      : "Leave it out, or write json or typed alone, of which values are kept as they are";
  report("C1506", own.span, `cache ${quote(cache.name)} cannot ${own.value} its values: ${why}`, hint);
  return undefined;
}

/** What is found where a cache says it of a backend that keeps nothing in the process, and no load is concerned. */
export function findIdleIsolation(
  name: string,
  mode: Mode,
  own: WrittenIsolation | undefined,
  backend: ReadBackend | undefined,
): Diagnostic | undefined {
  if (own === undefined || backend === undefined || backend.schemes.length === 0 || backend.isLocal) return undefined;
  if (mode === "async" && own.value !== "freeze") return undefined;
  const message = `"isolation" of cache ${quote(name)} has no effect: what the url of its backend ${quote(backend.name)} names keeps no values in the process`;
  return breachAt("C1713", own.span, message, "Leave it out: whoever reads has a value of its own");
}
