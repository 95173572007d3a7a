import { type BackendScheme, quote } from "@cachetory/runtime/schemes";
import type { Mode, Span } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";
import type { ReadBackend } from "./read-backends.ts";
import type { Report } from "./report.ts";
import type { YamlMap, YamlScalar } from "./yaml-tree.ts";

/** Whether a cache gives promises, and whether its calls may hold up the process; as far as that is written. */
export interface ReadMode {
  readonly mode: Written<Mode> | undefined;
  readonly blocking: Written<boolean> | undefined;
}

interface Written<Value> {
  /** `undefined` where it is wrong, which the schema finds. */
  readonly value: Value | undefined;
  readonly span: Span;
}

/** What a cache or the defaults say of it. */
export function readMode(map: YamlMap | undefined): ReadMode {
  return {
    mode: written(map, "mode", (value) => (value === "sync" || value === "async" ? value : undefined)),
    blocking: written(map, "blocking", (value) => (typeof value === "boolean" ? value : undefined)),
  };
}

function written<Value>(
  map: YamlMap | undefined,
  name: string,
  read: (value: YamlScalar["value"]) => Value | undefined,
): Written<Value> | undefined {
  const node = map?.entries.get(name)?.value;
  if (node === undefined) return undefined;
  return { value: node.kind === "scalar" ? read(node.value) : undefined, span: node.span };
}

/**
 * The mode of a cache, held against its backend: a synchronous call on a network stops the whole process until a server
 * answers, which somebody must have wanted.
 */
export function checkMode(
  cache: { readonly name: string; readonly nameSpan: Span },
  own: ReadMode,
  defaults: ReadMode,
  backend: ReadBackend | undefined,
  report: Report,
): Mode {
  const mode = own.mode ?? defaults.mode;
  const blocking = own.blocking ?? defaults.blocking;
  const mayBlock = blocking !== undefined && blocking.value !== false;
  const network = backend?.schemes.find(isNetwork);
  if (mode?.value !== "sync" || mayBlock || backend === undefined || network === undefined) {
    return mode?.value ?? "async";
  }
  const isOwn = own.mode !== undefined;
  const message =
    `cache ${quote(cache.name)} is synchronous, and its backend ${quote(backend.name)} may be a server ` +
    `(${network.scheme}://): each call would stop the whole process until it answers`;
  const hint = "Leave mode out, or write blocking: true if that is meant, as in scripts, build tools and start-up code";
  const related = isOwn ? [] : [{ span: mode.span, message: '"mode" is written here' }];
  report("C1501", isOwn ? mode.span : cache.nameSpan, message, hint, related);
  return mode.value;
}

/** What is found where a cache writes `blocking: true` and nothing of it can block. */
export function findIdleBlocking(
  cacheName: string,
  own: ReadMode,
  mode: Mode,
  backend: ReadBackend | undefined,
): Diagnostic | undefined {
  if (own.blocking?.value !== true || backend === undefined || backend.schemes.length === 0) return undefined;
  if (mode === "sync" && backend.schemes.some(isNetwork)) return undefined;
  const why = mode === "sync" ? `its backend ${quote(backend.name)} is no server` : "it is not synchronous";
  const message = `"blocking" of cache ${quote(cacheName)} has no effect, for ${why}`;
  const hint = mode === "sync" ? "Leave it out" : "Leave it out, or write mode: sync";
  return breachAt("C1504", own.blocking.span, message, hint);
}

/** Whether a call may wait for something outside of the process. */
export function isNetwork(scheme: BackendScheme): boolean {
  return scheme.isShared || scheme.address !== "none";
}
