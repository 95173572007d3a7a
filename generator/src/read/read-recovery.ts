import { quote } from "@cachetory/runtime/schemes";
import type { CacheDeclaration, Mode, Recovery, Span } from "../model/declaration.ts";
import { findUnclearable } from "./find-unclearable.ts";
import type { ReadBackend } from "./read-backends.ts";
import type { Report } from "./report.ts";
import type { YamlMap, YamlNode } from "./yaml-tree.ts";

/** Whether invalidations that fail are kept, and how many, as far as that is written. */
export interface WrittenRecovery {
  /** `"none"` for `false`; `undefined` where it is wrong, which the schema finds. */
  readonly value: Recovery | "none" | undefined;
  readonly span: Span;
}

const defaultMaxKeys = 1000;

/** What a cache or the defaults say of it. */
export function readRecovery(map: YamlMap | undefined): WrittenRecovery | undefined {
  const node = map?.entries.get("recovery")?.value;
  return node && { value: recoveryOf(node), span: node.span };
}

function recoveryOf(node: YamlNode): Recovery | "none" | undefined {
  if (node.kind === "scalar" && typeof node.value === "boolean") {
    return node.value ? { maxKeys: defaultMaxKeys } : "none";
  }
  if (node.kind !== "map") return undefined;
  const written = node.entries.get("max-keys")?.value;
  if (written === undefined) return { maxKeys: defaultMaxKeys };
  const isNumber = written.kind === "scalar" && typeof written.value === "number";
  return isNumber ? { maxKeys: Number(written.value) } : undefined;
}

interface RecoveringCache {
  readonly name: string;
  readonly mode: Mode;
  readonly backend: ReadBackend | undefined;
  readonly isGuarded: boolean;
}

/** A default is for those caches that can use it; what stands at the cache itself must be of use. */
export function chooseRecovery(
  { name, mode, backend, isGuarded }: RecoveringCache,
  own: WrittenRecovery | undefined,
  shared: WrittenRecovery | undefined,
  report: Report,
): Recovery | undefined {
  const value = (own ?? shared)?.value;
  if (value === undefined || value === "none" || backend === undefined || backend.schemes.length === 0)
    return undefined;
  const canFail = backend.schemes.some((scheme) => scheme.isShared);
  if (mode === "async" && canFail && !isGuarded) return value;
  if (own !== undefined && mode === "async" && canFail) {
    const message = `cache ${quote(name)} cannot have both "recovery" and "write-back: guarded": a deletion that is done later leaves loads of now their guards`;
    report("C1920", own.span, message, "Leave out one of them");
    return undefined;
  }
  if (own !== undefined) {
    const why =
      mode === "sync"
        ? `the synchronous cache ${quote(name)} has nobody who could try again later`
        : `what the backend ${quote(backend.name)} of cache ${quote(name)} has is in the process, and always answers`;
    const hint = mode === "sync" ? "Leave it out, or leave out mode" : "Leave it out";
    report("C1920", own.span, `"recovery" has nothing to do: ${why}`, hint);
  }
  return undefined;
}

/** Reports a cache that recovers and cannot be cleared: that is what too many invalidations become. */
export function reportUnrecoverable(cache: CacheDeclaration, backends: readonly ReadBackend[], report: Report): void {
  const unclearable = cache.recovery && findUnclearable(cache, backends);
  if (unclearable === undefined) return;
  const message = `cache ${quote(cache.name)} cannot recover: too many invalidations become one of all keys, and its keys begin with nothing of their own`;
  report("C1920", cache.keySpan, message, unclearable.hint);
}
