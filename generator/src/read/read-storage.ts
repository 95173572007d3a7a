import { nearest, quote, serializerSchemes } from "@cachetory/runtime/schemes";
import type {
  CacheDeclaration,
  NamedValue,
  Offload,
  Pipeline,
  Span,
  Ttl,
  ValueDeclaration,
} from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { isShorter } from "../model/is-shorter.ts";
import { listNames } from "../model/list-names.ts";
import { propertyExamples } from "./known-properties.ts";
import { findMisfit } from "./pipeline-fit.ts";
import type { ReadBackend } from "./read-backends.ts";
import { readEventKeys } from "./read-event-keys.ts";
import { chooseFreshness, readFreshness, type WrittenFreshness } from "./read-freshness.ts";
import {
  chooseIsolation,
  findIdleIsolation,
  readIsolation,
  sharesLoads,
  type WrittenIsolation,
} from "./read-isolation.ts";
import { readKeySecret } from "./read-key-secret.ts";
import {
  chooseLayers,
  findIdleInvalidation,
  type ReadLayers,
  readInvalidation,
  readLayers,
  type WrittenInvalidation,
} from "./read-layers.ts";
import { chooseLoadPolicies, readLoadPolicies, type WrittenLoadPolicies } from "./read-load-policies.ts";
import { checkMode, findIdleBlocking, type ReadMode, readMode } from "./read-mode.ts";
import { chooseOffload, readOffload } from "./read-offload.ts";
import { type ReadPipeline, readPipeline } from "./read-pipeline.ts";
import { chooseProtection, readProtection, type WrittenProtection } from "./read-protection.ts";
import { chooseReads, readReads, type WrittenReads } from "./read-reads.ts";
import { chooseRecovery, readRecovery, type WrittenRecovery } from "./read-recovery.ts";
import { readTtl } from "./read-ttl.ts";
import { readBoundedTtl } from "./read-ttl-function.ts";
import { chooseValidate, readValidate, type WrittenValidate } from "./read-validate.ts";
import {
  checkMaxValueSize,
  chooseValuePolicies,
  readValuePolicies,
  type WrittenValuePolicies,
} from "./read-value-policies.ts";
import type { Report } from "./report.ts";
import { findUnreachableTtls } from "./unreachable-ttl.ts";
import { isText, type YamlMap, type YamlNode } from "./yaml-tree.ts";

/** A property of a cache: its value where it could be read, and where it stands. */
export interface Setting<Value> {
  /** `undefined` where it is written, but wrong. */
  readonly value: Value | undefined;
  readonly span: Span;
}

/** What holds for every cache; properties that are not written are `undefined`. */
export interface Defaults {
  readonly backend: Setting<ReadBackend> | undefined;
  readonly layers: Setting<ReadLayers> | undefined;
  readonly invalidation: WrittenInvalidation | undefined;
  readonly serializer: Setting<ReadPipeline> | undefined;
  readonly ttl: Setting<Ttl> | undefined;
  readonly maxTtl: Setting<Ttl> | undefined;
  readonly mode: ReadMode;
  readonly offload: Setting<Offload> | undefined;
  readonly validate: WrittenValidate | undefined;
  readonly isolation: WrittenIsolation | undefined;
  readonly eventKeys: Setting<boolean> | undefined;
  readonly values: WrittenValuePolicies;
  readonly loads: WrittenLoadPolicies;
  /** The environment variable that holds the secret of keys. */
  readonly keySecret: Setting<string> | undefined;
  readonly reads: WrittenReads | undefined;
  readonly recovery: WrittenRecovery | undefined;
  readonly protection: WrittenProtection;
  readonly freshness: WrittenFreshness;
}

export function readDefaults(map: YamlMap | undefined, backends: readonly ReadBackend[], report: Report): Defaults {
  const backend = setting(map, "backend", (node) => findBackend(node, backends, report));
  const layers = setting(map, "layers", (node) =>
    readLayers(node, (name) => findBackend(name, backends, report), report),
  );
  if (backend !== undefined && layers !== undefined) {
    const hint = "Leave one of them out: the second of the layers is the backend";
    report("C1534", backend.span, '"backend" stands beside "layers"', hint);
  }
  return {
    backend,
    layers,
    invalidation: readInvalidation(map),
    serializer: setting(map, "serializer", (node) => readPipeline(node, report)),
    ttl: setting(map, "ttl", (node) => readBoundedTtl(node, report)),
    maxTtl: setting(map, "max-ttl", (node) => readTtl("max-ttl", node, report)),
    mode: readMode(map),
    offload: setting(map, "offload", (node) => readOffload(node, report)),
    validate: readValidate(map),
    isolation: readIsolation(map),
    eventKeys: setting(map, "event-keys", readEventKeys),
    values: readValuePolicies(map, report),
    loads: readLoadPolicies(map, report),
    keySecret: setting(map, "key-secret", (node) => readKeySecret(node, report)),
    reads: readReads(map),
    recovery: readRecovery(map),
    protection: readProtection(map, report),
    freshness: readFreshness(map, report),
  };
}

export function setting<Value>(
  map: YamlMap | undefined,
  name: string,
  read: (node: YamlNode) => Value | undefined,
): Setting<Value> | undefined {
  const node = map?.entries.get(name)?.value;
  return node === undefined ? undefined : { value: read(node), span: node.span };
}

/** A cache without its key. */
export interface Unkeyed {
  readonly name: string;
  readonly nameSpan: Span;
  readonly node: YamlMap;
  readonly value: Setting<ValueDeclaration> | undefined;
}

/** Where and how the entries of a cache are stored. */
type Storage = Omit<CacheDeclaration, "description" | "key" | "keySpan">;

export interface ReadStorage {
  /** `undefined` where anything of it is wrong. */
  readonly storage: Storage | undefined;
  readonly backend: string | undefined;
  readonly revision: number | undefined;
  /** As it is written at the cache itself. */
  readonly keySecret: Setting<string> | undefined;
  readonly named: NamedValue | undefined;
  readonly warnings: readonly Diagnostic[];
}

export function readStorage(
  { name, nameSpan, node, value }: Unkeyed,
  defaults: Defaults,
  backends: readonly ReadBackend[],
  report: Report,
): ReadStorage {
  const own = readDefaults(node, backends, report);
  const layers = own.layers ?? (own.backend === undefined ? defaults.layers : undefined);
  const far = layers && { value: layers.value?.far, span: layers.value?.farSpan ?? layers.span };
  const backend = far ?? own.backend ?? defaults.backend;
  /** Where entries are in the process, if any are. */
  const nearest = layers === undefined ? backend?.value : layers.value?.near;
  const ttl = own.ttl ?? defaults.ttl;
  const maxTtl = own.maxTtl ?? defaults.maxTtl;
  for (const [property, written] of [
    ["backend", backend],
    ["ttl", ttl],
  ] as const) {
    if (written === undefined) {
      const hint = `For example: ${propertyExamples[property]}, here or in "defaults"`;
      report("C1007", nameSpan, `cache ${quote(name)} has no "${property}", and "defaults" has none`, hint);
    }
  }
  checkMaxTtl(name, nameSpan, ttl, maxTtl, own, report);
  const mode = checkMode({ name, nameSpan }, own.mode, defaults.mode, backend?.value, report);
  const idle = findIdleBlocking(name, own.mode, mode, backend?.value);
  const idleIsolation = findIdleIsolation(name, mode, own.isolation, nearest);
  const idleInvalidation = findIdleInvalidation(name, own.invalidation, layers !== undefined);
  const chosenLayers = chooseLayers(
    { name, nameSpan, mode, ttl: ttl?.value, maxTtl: maxTtl?.value },
    layers && { ...layers, isOwn: layers === own.layers },
    own.invalidation ?? defaults.invalidation,
    report,
  );
  const warnings = [
    ...[idle, idleIsolation, idleInvalidation].filter((found) => found !== undefined),
    ...findUnreachableTtls(name, own, defaults),
  ];

  const serializer = own.serializer ?? defaults.serializer ?? defaultSerializer(value?.value, nameSpan);
  const isFit = checkFit(
    name,
    nameSpan,
    serializer,
    own.serializer !== undefined,
    value?.value,
    backend?.value,
    report,
  );

  const pipeline: Pipeline | undefined = serializer?.value?.pipeline;
  const offload = chooseOffload(mode, pipeline, own.offload, defaults.offload, report);
  const isValidated = chooseValidate(pipeline, own.validate, defaults.validate, report);
  const kept = { name, mode, backend: nearest, pipeline, offload };
  const isolation = chooseIsolation(kept, own.isolation, defaults.isolation, report);
  const values = chooseValuePolicies(own.values, defaults.values, pipeline);
  checkMaxValueSize(name, pipeline, own.values, report);
  const loading = { name, mode, backend: backend?.value };
  const loads = chooseLoadPolicies(loading, own.loads, defaults.loads, report);
  const served = { name, mode, backend: backend?.value, hasLayers: layers !== undefined, isGuarded: loads.isGuarded };
  const reads = chooseReads(served, own.reads, defaults.reads, report);
  const recovery = chooseRecovery(served, own.recovery, defaults.recovery, report);
  const protection = chooseProtection(served, own.protection, defaults.protection, report);
  const { deadlineMs } = loads.singleFlight ?? {};
  const fresh = { name, mode, ttl: ttl?.value, deadlineMs };
  const freshness = chooseFreshness(fresh, own.freshness, defaults.freshness, report);
  const named: NamedValue | undefined = value?.value && {
    name,
    ttlFunction: values.ttlFunction,
    value: value.value,
    span: value.span,
    serializer: isFit ? pipeline : undefined,
    isolation: own.isolation && isolation && { value: isolation, span: own.isolation.span },
  };
  const written = node.entries.get("revision")?.value;
  const revision = written?.kind === "scalar" && typeof written.value === "number" ? written.value : undefined;
  const found = { backend: backend?.value?.name, revision, keySecret: own.keySecret, named, warnings };
  if (!isFit || ttl?.value === undefined || value?.value === undefined) return { ...found, storage: undefined };
  if (layers !== undefined && chosenLayers === undefined) return { ...found, storage: undefined };
  if (backend?.value === undefined || pipeline === undefined) return { ...found, storage: undefined };
  const storage: Storage = {
    name,
    nameSpan,
    backend: backend.value.name,
    revision,
    value: value.value,
    valueSpan: value.span,
    serializer: pipeline,
    serializerSpan: serializer?.span ?? nameSpan,
    ttl: ttl.value,
    ttlSpan: own.ttl?.span ?? nameSpan,
    maxTtl: maxTtl?.value,
    values,
    loads,
    freshness,
    mode,
    offload,
    isValidated,
    layers: chosenLayers,
    isLocal: nearest?.isLocal === true,
    isolation,
    sharesLoads: sharesLoads(mode, own.isolation, defaults.isolation),
    hasEventKeys: (own.eventKeys ?? defaults.eventKeys)?.value === true,
    reads,
    recovery,
    protection,
    tags: [],
  };
  return { ...found, storage };
}

function findBackend(node: YamlNode, backends: readonly ReadBackend[], report: Report): ReadBackend | undefined {
  if (!isText(node)) return undefined;
  const found = backends.find(({ name }) => name === node.value);
  if (found !== undefined) return found;
  const names = backends.map(({ name }) => name);
  const near = nearest(node.value, names);
  const declared = names.length === 0 ? "No backend is declared" : `Declared: ${listNames(names)}`;
  const hint = near === undefined ? declared : `Did you mean ${quote(near)}? ${declared}`;
  report("C1106", node.span, `no backend is called ${quote(node.value)}`, hint);
  return undefined;
}

function checkMaxTtl(
  name: string,
  nameSpan: Span,
  ttl: Setting<Ttl> | undefined,
  maxTtl: Setting<Ttl> | undefined,
  own: Defaults,
  report: Report,
): void {
  if (ttl?.value === undefined || maxTtl?.value === undefined || !isShorter(maxTtl.value, ttl.value)) return;
  // Where both are defaults, the caches that take them are not to blame.
  const span = own.maxTtl?.span ?? (own.ttl === undefined ? maxTtl.span : nameSpan);
  const subject =
    own.maxTtl === undefined && own.ttl === undefined ? '"max-ttl" in "defaults"' : `"max-ttl" of cache ${quote(name)}`;
  report("C1101", span, `${subject} is shorter than its "ttl"`, 'Raise "max-ttl", or leave it out', [
    {
      span: own.maxTtl === undefined ? maxTtl.span : ttl.span,
      message: own.maxTtl === undefined ? '"max-ttl" is written here' : '"ttl" is written here',
    },
  ]);
}

function defaultSerializer(value: ValueDeclaration | undefined, span: Span): Setting<ReadPipeline> | undefined {
  if (value === undefined) return undefined;
  const isString = value.kind === "type" && value.module === undefined && value.expression === "string";
  const scheme = value.kind === "bytes" ? "bytes" : isString ? "text" : "json";
  const schemes = serializerSchemes.filter((known) => known.scheme === scheme);
  return { value: { pipeline: [{ scheme, options: [] }], schemes, spans: [span] }, span };
}

function checkFit(
  name: string,
  nameSpan: Span,
  serializer: Setting<ReadPipeline> | undefined,
  isOwn: boolean,
  value: ValueDeclaration | undefined,
  backend: ReadBackend | undefined,
  report: Report,
): boolean {
  if (serializer?.value === undefined) return false;
  const misfit = findMisfit(serializer.value, value, backend);
  if (misfit === undefined) return true;
  const stepSpan = serializer.value.spans[misfit.step] ?? serializer.span;
  if (isOwn || stepSpan === nameSpan) report("C1105", stepSpan, misfit.message, misfit.hint);
  else {
    const related = [{ span: stepSpan, message: "the serializer is written here" }];
    report(
      "C1105",
      nameSpan,
      `cache ${quote(name)}: ${misfit.message}`,
      `${misfit.hint}; or give this cache a serializer of its own`,
      related,
    );
  }
  return false;
}
