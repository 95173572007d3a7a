import { quote } from "@cachetory/runtime/schemes";
import type { Mode, Span } from "../model/declaration.ts";
import type { GutterDeclaration, Protection } from "../model/protection.ts";
import type { ReadBackend } from "./read-backends.ts";
import { readTtl } from "./read-ttl.ts";
import type { Report } from "./report.ts";
import { textOf, type YamlMap, type YamlNode } from "./yaml-tree.ts";

/** What a cache or the defaults say of outages and of many loads at once. */
export interface WrittenProtection {
  readonly gutter: Written<GutterDeclaration | "none"> | undefined;
  readonly maxLoads: Written<number> | undefined;
  readonly onBackendError: Written<"miss" | "throw"> | undefined;
}

interface Written<Value> {
  /** `undefined` where it is wrong, which is reported. */
  readonly value: Value | undefined;
  readonly span: Span;
}

export function readProtection(map: YamlMap | undefined, report: Report): WrittenProtection {
  return {
    gutter: written(map, "gutter", (node) => readGutter(node, report)),
    maxLoads: written(map, "max-loads", readCount),
    onBackendError: written(map, "on-backend-error", () => {
      const value = textOf(map, "on-backend-error")?.value;
      return value === "miss" || value === "throw" ? value : undefined;
    }),
  };
}

function written<Value>(
  map: YamlMap | undefined,
  name: string,
  read: (node: YamlNode) => Value | undefined,
): Written<Value> | undefined {
  const node = map?.entries.get(name)?.value;
  return node === undefined ? undefined : { value: read(node), span: node.span };
}

function readGutter(node: YamlNode, report: Report): GutterDeclaration | "none" | undefined {
  if (node.kind === "scalar" && typeof node.value === "boolean") {
    return node.value ? { ttlMs: undefined, maxEntries: undefined } : "none";
  }
  if (node.kind !== "map") return undefined;
  const [ttl, maxEntries] = [node.entries.get("ttl")?.value, node.entries.get("max-entries")?.value];
  const duration = ttl && readTtl("ttl", ttl, report);
  if (ttl !== undefined && duration === "forever") {
    report("C1101", ttl.span, '"ttl" of gutter must end, and forever does not', "Write a duration, such as 1s");
  }
  if (ttl !== undefined && (duration === undefined || duration === "forever")) return undefined;
  const count = maxEntries && readCount(maxEntries);
  if (maxEntries !== undefined && count === undefined) return undefined;
  return { ttlMs: duration === "forever" ? undefined : duration?.ms, maxEntries: count };
}

function readCount(node: YamlNode): number | undefined {
  return node.kind === "scalar" && typeof node.value === "number" ? node.value : undefined;
}

/** A cache, as far as it matters here. */
interface ProtectedCache {
  readonly name: string;
  readonly mode: Mode;
  readonly backend: ReadBackend | undefined;
}

/** A default is for those caches that can use it; what stands at the cache itself must be of use. */
export function chooseProtection(
  cache: ProtectedCache,
  own: WrittenProtection,
  shared: WrittenProtection,
  report: Report,
): Protection {
  const onBackendError = chooseOnBackendError(cache, own, shared, report);
  return {
    onBackendError,
    gutter: chooseGutter(cache, onBackendError !== undefined, own, shared, report),
    maxLoads: chooseMaxLoads(cache, own, shared, report),
  };
}

function chooseOnBackendError(
  { name, backend }: ProtectedCache,
  own: WrittenProtection,
  shared: WrittenProtection,
  report: Report,
): "throw" | undefined {
  if ((own.onBackendError ?? shared.onBackendError)?.value !== "throw") return undefined;
  if (canFail(backend)) return "throw";
  if (own.onBackendError !== undefined && isKnown(backend)) {
    const message = `"on-backend-error" has nothing to do: ${alwaysAnswers(name, backend)}`;
    report("C1925", own.onBackendError.span, message, "Leave it out");
  }
  return undefined;
}

function chooseGutter(
  { name, backend }: ProtectedCache,
  areErrorsThrown: boolean,
  own: WrittenProtection,
  shared: WrittenProtection,
  report: Report,
): Protection["gutter"] {
  const value = (own.gutter ?? shared.gutter)?.value;
  if (canFail(backend) && !areErrorsThrown) return value;
  // To have none is no more than what is so anyway.
  if (own.gutter === undefined || value === undefined || value === "none" || !isKnown(backend)) return undefined;
  if (areErrorsThrown) {
    const message = `cache ${quote(name)} cannot have both "gutter" and "on-backend-error: throw": reads without an answer are rejected, and nothing is loaded`;
    report("C1925", own.gutter.span, message, "Leave out one of them, or write on-backend-error: miss");
  } else {
    const message = `"gutter" has nothing to do: ${alwaysAnswers(name, backend)}`;
    report("C1925", own.gutter.span, message, "Leave it out");
  }
  return undefined;
}

function chooseMaxLoads(
  { name, mode }: ProtectedCache,
  own: WrittenProtection,
  shared: WrittenProtection,
  report: Report,
): number | undefined {
  if (mode === "async") return (own.maxLoads ?? shared.maxLoads)?.value;
  if (own.maxLoads !== undefined) {
    const message = `"max-loads" has nothing to do: loads of the synchronous cache ${quote(name)} run one after another`;
    report("C1925", own.maxLoads.span, message, "Leave it out, or leave out mode");
  }
  return undefined;
}

function canFail(backend: ReadBackend | undefined): boolean {
  return backend?.schemes.some((scheme) => scheme.isShared) === true;
}

/** What is wrong with a backend is told by itself. */
function isKnown(backend: ReadBackend | undefined): backend is ReadBackend {
  return backend !== undefined && backend.schemes.length > 0;
}

function alwaysAnswers(name: string, backend: ReadBackend | undefined): string {
  return `what the backend ${quote(backend?.name ?? "")} of cache ${quote(name)} has is in the process, and always answers`;
}
