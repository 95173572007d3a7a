import { redactUrl } from "../emit/redact-url.ts";
import { serializerTexts } from "../emit/serializer-call.ts";
import type {
  BackendDeclaration,
  CacheDeclaration,
  Invalidation,
  Isolation,
  KeyType,
  Layers,
  Mode,
  Recovery,
  Ttl,
} from "../model/declaration.ts";
import { isDescribing } from "../model/describing-steps.ts";
import type { Freshness } from "../model/freshness.ts";
import { generatedNames } from "../model/generated-names.ts";
import { isolationOf } from "../model/live-types.ts";
import type { LoadPolicies } from "../model/load-policies.ts";
import type { Protection } from "../model/protection.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import type { SchemaType } from "../model/schema-type.ts";
import { typeFingerprints } from "../model/type-fingerprints.ts";
import type { ValuePolicies } from "../model/value-policies.ts";
import type { FillingFunction, InvalidatingFunction } from "./cache-functions.ts";
import { shapeText } from "./shape-text.ts";

/** A cache with all that holds for it, whoever says so; what does not is absent. Plain data, for `inspect --json`. */
export interface CacheDescription {
  readonly name: string;
  readonly description?: string;
  /** The YAML file that declares it. */
  readonly file: string;
  readonly key: {
    readonly pattern: string;
    /** The type of each parameter, as the pattern writes it. */
    readonly parameters: Readonly<Record<string, string>>;
    readonly prefix?: string;
    readonly revision?: number;
    /** The environment variable that holds the secret of secret parameters. */
    readonly secret?: string;
    /** The key in the backend, for the parameters that were given. */
    readonly text?: string;
  };
  readonly value: {
    /** As generated code names it. */
    readonly type: string;
    /** The file or package that it comes from; of a JSON Schema, the file that it is written in. */
    readonly from?: string;
    /** What it holds. */
    readonly shape: string;
    /** The same for every type that allows the same values. */
    readonly fingerprint?: string;
  };
  /** Each step from the value to what is stored, as in a URL. */
  readonly serializer: readonly string[];
  /** Where entries that are read are not checked. */
  readonly validate?: false;
  readonly ttlMs: number | "forever";
  readonly maxTtlMs: number | "forever";
  /** The function that says how long each value lives. */
  readonly ttlOf?: string;
  /** The share of each lifetime that chance may take away. */
  readonly jitter?: number;
  /** What becomes of `null`, where that is said. */
  readonly negative?: "store" | "skip" | { readonly ttlMs: number | "forever" };
  readonly maxValueBytes?: number;
  /** Who shares loads, where that is said. */
  readonly singleFlight?: {
    readonly scope: "process" | "cluster";
    readonly leaseMs?: number;
    readonly deadlineMs?: number;
  };
  readonly writeBack?: "guarded";
  /** For how long after the ttl a value may still be served. */
  readonly stale?: StaleDescription;
  /** As declared: a share of the ttl, or `xfetch`. */
  readonly refreshAhead?: string;
  /** How long a caller waits for a load. */
  readonly timeouts?: { readonly softMs?: number; readonly hardMs?: number };
  readonly backend: { readonly name: string; readonly url: string; readonly development?: string };
  /** What holds near what was read of the backend. */
  readonly near?: { readonly name: string; readonly ttlMs?: number; readonly invalidation: Invalidation };
  readonly mode: Mode;
  readonly offload?: { readonly minBytes: number };
  /** Where values are kept in memory as they are, or callers who wait for one load share them. */
  readonly isolation?: Isolation;
  /** Whether events hold the text of keys. */
  readonly eventKeys?: true;
  /** Who answers reads, where it is not the masters. */
  readonly reads?: "replica";
  readonly recovery?: Recovery;
  /** What is kept of what is loaded in an outage, as far as it is declared; `false` for nothing. */
  readonly gutter?: false | { readonly ttlMs?: number; readonly maxEntries?: number };
  /** How many loads run at once in one process. */
  readonly maxLoads?: number;
  /** What becomes of reads that the backend does not answer, where they are no misses. */
  readonly onBackendError?: "throw";
  readonly tags?: readonly string[];
  /** Functions of `memoize`; others may fill it too. */
  readonly filledBy?: readonly FillingFunction[];
  /** Functions of `mutate`; others may delete of it too. */
  readonly invalidatedBy?: readonly InvalidatingFunction[];
}

interface StaleDescription {
  readonly whileRevalidateMs?: number;
  readonly onErrorMs?: number;
  readonly throttleMs?: number;
}

/** The functions that the YAML has for a cache. */
export interface CacheFunctions {
  readonly filledBy: readonly FillingFunction[];
  readonly invalidatedBy: readonly InvalidatingFunction[];
}

/** @param type - absent for `bytes` and for a JSON Schema */
export function describeCache(
  cache: CacheDeclaration,
  backend: BackendDeclaration,
  type: ResolvedType | undefined,
  key: string | undefined,
  { filledBy, invalidatedBy }: CacheFunctions,
  show: (path: string) => string,
): CacheDescription {
  const kept = isolationOf(cache, cache.value.kind === "schema" ? cache.value.type.ir : type?.ir);
  const isolation = kept ?? (cache.sharesLoads ? "share" : undefined);
  const parameters = cache.key.segments.filter((segment) => segment.kind === "parameter");
  return {
    name: cache.name,
    ...(cache.description !== undefined && { description: cache.description.trim() }),
    file: show(cache.nameSpan.file),
    key: {
      pattern: cache.key.text,
      parameters: Object.fromEntries(parameters.map((parameter) => [parameter.name, keyTypeText(parameter.type)])),
      ...(backend.prefix !== "" && { prefix: backend.prefix }),
      ...(cache.revision !== undefined && { revision: cache.revision }),
      ...(cache.keySecret !== undefined && { secret: cache.keySecret.variable }),
      ...(key !== undefined && { text: key }),
    },
    value: cache.value.kind === "schema" ? describeSchema(cache, cache.value.type, show) : describeType(type, show),
    serializer: serializerTexts(cache.serializer),
    ...(!cache.isValidated && isDescribing(cache.serializer) && { validate: false }),
    ttlMs: msOf(cache.ttl),
    maxTtlMs: msOf(cache.maxTtl ?? cache.ttl),
    ...describePolicies(cache.values),
    ...describeLoads(cache.loads),
    ...describeFreshness(cache.freshness),
    backend: {
      name: backend.name,
      url: redactUrl(backend.url.text),
      ...(backend.development !== undefined && { development: redactUrl(backend.development.text) }),
    },
    ...(cache.layers !== undefined && { near: describeLayers(cache.layers) }),
    mode: cache.mode,
    ...(cache.offload !== undefined && { offload: { minBytes: cache.offload.minBytes } }),
    ...(isolation !== undefined && { isolation }),
    ...(cache.hasEventKeys && { eventKeys: true }),
    ...(cache.reads !== undefined && { reads: cache.reads }),
    ...(cache.recovery !== undefined && { recovery: cache.recovery }),
    ...describeProtection(cache.protection),
    ...(cache.tags.length > 0 && { tags: cache.tags.map(({ text }) => text) }),
    ...(filledBy.length > 0 && { filledBy }),
    ...(invalidatedBy.length > 0 && { invalidatedBy }),
  };
}

function describeProtection({ gutter, maxLoads, onBackendError }: Protection): Partial<CacheDescription> {
  return {
    ...(gutter === "none" && { gutter: false }),
    ...(gutter !== undefined &&
      gutter !== "none" && {
        gutter: {
          ...(gutter.ttlMs !== undefined && { ttlMs: gutter.ttlMs }),
          ...(gutter.maxEntries !== undefined && { maxEntries: gutter.maxEntries }),
        },
      }),
    ...(maxLoads !== undefined && { maxLoads }),
    ...(onBackendError !== undefined && { onBackendError }),
  };
}

function describePolicies({ ttlFunction, jitter, negative, maxValueSize }: ValuePolicies): Partial<CacheDescription> {
  return {
    ...(ttlFunction !== undefined && { ttlOf: `${ttlFunction.module}#${ttlFunction.path.join(".")}` }),
    ...(jitter !== undefined && { jitter: jitter.share }),
    ...(negative !== undefined && {
      negative: negative.kind === "ttl" ? { ttlMs: msOf(negative.ttl) } : negative.kind,
    }),
    ...(maxValueSize !== undefined && { maxValueBytes: maxValueSize.bytes }),
  };
}

function describeLoads({ singleFlight, isGuarded }: LoadPolicies): Partial<CacheDescription> {
  return {
    ...(singleFlight !== undefined && {
      singleFlight: {
        scope: singleFlight.scope,
        ...(singleFlight.leaseMs !== undefined && { leaseMs: singleFlight.leaseMs }),
        ...(singleFlight.deadlineMs !== undefined && { deadlineMs: singleFlight.deadlineMs }),
      },
    }),
    ...(isGuarded && { writeBack: "guarded" }),
  };
}

function describeFreshness({ stale, refreshAhead, timeouts }: Freshness): Partial<CacheDescription> {
  return {
    ...(stale !== undefined && {
      stale: {
        ...(stale.whileRevalidateMs !== undefined && { whileRevalidateMs: stale.whileRevalidateMs }),
        ...(stale.onErrorMs !== undefined && { onErrorMs: stale.onErrorMs }),
        ...(stale.throttleMs !== undefined && { throttleMs: stale.throttleMs }),
      },
    }),
    ...(refreshAhead !== undefined && { refreshAhead: refreshAhead.text }),
    ...(timeouts !== undefined && {
      timeouts: {
        ...(timeouts.softMs !== undefined && { softMs: timeouts.softMs }),
        ...(timeouts.hardMs !== undefined && { hardMs: timeouts.hardMs }),
      },
    }),
  };
}

function describeType(type: ResolvedType | undefined, show: (path: string) => string): CacheDescription["value"] {
  if (type === undefined) return { type: "Uint8Array", shape: "Uint8Array" };
  const { text, module, ir } = type;
  const fingerprint = typeFingerprints(ir.nodes)[ir.root];
  return {
    type: text.map((part) => (typeof part === "string" ? part : part.imported)).join(""),
    ...(module !== undefined && { from: module.kind === "file" ? show(module.path) : module.specifier }),
    shape: shapeText(ir),
    ...(fingerprint !== undefined && { fingerprint }),
  };
}

function describeSchema(
  { name }: CacheDeclaration,
  { file, ir }: SchemaType,
  show: (path: string) => string,
): CacheDescription["value"] {
  const fingerprint = typeFingerprints(ir.nodes)[ir.root];
  return {
    type: generatedNames(name).value,
    from: show(file),
    shape: shapeText(ir),
    ...(fingerprint !== undefined && { fingerprint }),
  };
}

function keyTypeText(type: KeyType): string {
  return type.kind === "union" ? type.members.join("|") : type.kind;
}

function describeLayers({ near, nearTtl, invalidation }: Layers): NonNullable<CacheDescription["near"]> {
  const isBounded = nearTtl !== undefined && nearTtl !== "forever";
  return { name: near, ...(isBounded && { ttlMs: nearTtl.ms }), invalidation };
}

function msOf(ttl: Ttl): number | "forever" {
  return ttl === "forever" ? ttl : ttl.ms;
}
