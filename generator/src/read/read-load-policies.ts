import { quote } from "@cachetory/runtime/schemes";
import type { Mode, Span } from "../model/declaration.ts";
import type { LoadPolicies, SingleFlight } from "../model/load-policies.ts";
import type { ReadBackend } from "./read-backends.ts";
import { isNetwork } from "./read-mode.ts";
import { readSingleFlight } from "./read-single-flight.ts";
import type { Report } from "./report.ts";
import type { YamlMap } from "./yaml-tree.ts";

/** What a cache or the defaults say of loads. */
export interface WrittenLoadPolicies {
  readonly singleFlight: Written<SingleFlight> | undefined;
  readonly writeBack: Written<"if-absent" | "guarded"> | undefined;
}

interface Written<Value> {
  /** `undefined` where it is wrong, which is reported. */
  readonly value: Value | undefined;
  readonly span: Span;
}

export function readLoadPolicies(map: YamlMap | undefined, report: Report): WrittenLoadPolicies {
  const singleFlight = map?.entries.get("single-flight")?.value;
  const writeBack = map?.entries.get("write-back")?.value;
  const word = writeBack?.kind === "scalar" ? writeBack.value : undefined;
  return {
    singleFlight: singleFlight && { value: readSingleFlight(singleFlight, report), span: singleFlight.span },
    writeBack: writeBack && {
      value: word === "guarded" || word === "if-absent" ? word : undefined,
      span: writeBack.span,
    },
  };
}

/** A cache, as far as it decides which loads it can have. */
interface LoadingCache {
  readonly name: string;
  readonly mode: Mode;
  readonly backend: ReadBackend | undefined;
}

/** What holds for a cache. A default is for those caches that can have it; what stands at a cache itself must be of use. */
export function chooseLoadPolicies(
  cache: LoadingCache,
  own: WrittenLoadPolicies,
  shared: WrittenLoadPolicies,
  report: Report,
): LoadPolicies {
  const refused = (written: Written<unknown> | undefined, property: string, why: string | undefined): boolean => {
    if (why === undefined) return false;
    if (written !== undefined) {
      const message = `cache ${quote(cache.name)} cannot have "${property}": ${why}`;
      report("C1508", written.span, message, "Leave it out");
    }
    return true;
  };
  const singleFlight = (own.singleFlight ?? shared.singleFlight)?.value;
  const isPlain = singleFlight === undefined || isAlways(singleFlight);
  const isShared = singleFlight?.scope === "cluster";
  const noFlight = isPlain ? undefined : (whyNotWaiting(cache) ?? (isShared ? whyNotShared(cache) : undefined));
  const wantsGuard = (own.writeBack ?? shared.writeBack)?.value === "guarded";
  const noGuard = wantsGuard ? (whyNotWaiting(cache) ?? whyNotShared(cache)) : undefined;
  return {
    singleFlight: isPlain || refused(own.singleFlight, "single-flight", noFlight) ? undefined : singleFlight,
    isGuarded: wantsGuard && !refused(own.writeBack, "write-back", noGuard),
  };
}

/** What every cache does, whether it says so or not. */
function isAlways({ scope, deadlineMs }: SingleFlight): boolean {
  return scope === "process" && deadlineMs === undefined;
}

function whyNotWaiting({ mode }: LoadingCache): string | undefined {
  return mode === "sync" ? "it is synchronous, and its loads wait for nobody" : undefined;
}

function whyNotShared({ backend }: LoadingCache): string | undefined {
  if (backend === undefined || backend.schemes.length === 0 || backend.schemes.some(isNetwork)) return undefined;
  return `its backend ${quote(backend.name)} is in one process, whose loads are shared, and whose changes are known, anyhow`;
}
