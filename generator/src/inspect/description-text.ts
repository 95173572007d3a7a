import { formatDuration } from "@cachetory/runtime/schemes";
import { textOfGutter } from "../emit/protection.ts";
import type { CacheDescription } from "./cache-description.ts";

/** A description for people: a line for each thing that holds. */
export function descriptionText(cache: CacheDescription): string {
  const { key, value, backend } = cache;
  const longest = cache.maxTtlMs === cache.ttlMs ? "" : `, by call up to ${formatDuration(cache.maxTtlMs)}`;
  const rows: readonly (readonly [label: string, text: string | undefined])[] = [
    ["about", cache.description?.replace(/\s+/g, " ")],
    ["declared", cache.file],
    ["pattern", key.pattern],
    ["prefix", key.prefix],
    ["revision", key.revision === undefined ? undefined : String(key.revision)],
    ["secret", key.secret],
    ["key", key.text],
    ["type", value.from === undefined ? value.type : `${value.type} of ${value.from}`],
    ["holds", value.shape === value.type ? undefined : value.shape],
    ["fingerprint", value.fingerprint],
    ["serializer", cache.serializer.join(", then ")],
    ["validation", cache.validate === false ? "none" : undefined],
    ["ttl", formatDuration(cache.ttlMs) + longest],
    ["ttl of value", cache.ttlOf],
    ["jitter", cache.jitter === undefined ? undefined : `${Number((cache.jitter * 100).toPrecision(12))}%`],
    ["null", nullText(cache.negative)],
    ["stale", staleText(cache.stale)],
    ["refresh", refreshText(cache.refreshAhead)],
    ["timeouts", timeoutsText(cache.timeouts)],
    ["loads", loadsText(cache.singleFlight)],
    ["write-back", cache.writeBack],
    ["at most", cache.maxValueBytes === undefined ? undefined : `${cache.maxValueBytes} bytes`],
    ["backend", `${backend.name}: ${backend.url}`],
    ["development", backend.development],
    ["near", nearText(cache.near)],
    ["mode", cache.mode],
    ["offload", cache.offload === undefined ? undefined : `from ${cache.offload.minBytes} bytes on`],
    ["isolation", cache.isolation],
    ["events", cache.eventKeys === true ? "with keys" : undefined],
    ["reads", cache.reads && "replicas, and masters where these do not answer"],
    ["recovery", cache.recovery && `keeps up to ${cache.recovery.maxKeys} invalidations`],
    ["gutter", gutterText(cache.gutter)],
    ["loads at once", cache.maxLoads === undefined ? undefined : String(cache.maxLoads)],
    ["no answer", cache.onBackendError && "rejects reads"],
    ["tags", cache.tags?.join(", ")],
    ...(cache.filledBy ?? []).map(({ name, function: reference, batch, key }) => {
      const many = batch === undefined ? "" : `, many by ${batch}`;
      return ["filled by", `${name}: ${reference} ${keyText(key)}${many}`] as const;
    }),
    ...(cache.invalidatedBy ?? []).map(({ name, function: reference, key, before }) => {
      return ["invalidated", `by ${name}: ${reference} ${keyText(key)}${before ? ", before it too" : ""}`] as const;
    }),
  ];
  const lines = rows.flatMap(([label, text]) => (text === undefined ? [] : [`  ${label.padEnd(12)} ${text}\n`]));
  return `${cache.name}\n${lines.join("")}`;
}

function gutterText(gutter: CacheDescription["gutter"]): string | undefined {
  if (gutter === undefined) return undefined;
  if (gutter === false) return textOfGutter("none");
  const { ttlMs, maxEntries } = gutter;
  return textOfGutter({ ttlMs, maxEntries }) ?? "as by default";
}

function loadsText(shared: CacheDescription["singleFlight"]): string | undefined {
  if (shared === undefined) return undefined;
  const { scope, leaseMs, deadlineMs } = shared;
  const lease = leaseMs === undefined ? "" : `, lease ${formatDuration(leaseMs)}`;
  const deadline = deadlineMs === undefined ? "" : `, deadline ${formatDuration(deadlineMs)}`;
  return `shared by ${scope === "cluster" ? "all processes" : "the process"}${lease}${deadline}`;
}

function nullText(negative: CacheDescription["negative"]): string | undefined {
  if (typeof negative === "object") return formatDuration(negative.ttlMs);
  return negative === "skip" ? "not stored" : negative && "as any value";
}

function staleText(stale: CacheDescription["stale"]): string | undefined {
  if (stale === undefined) return undefined;
  const { whileRevalidateMs, onErrorMs, throttleMs } = stale;
  return [
    ...(whileRevalidateMs === undefined ? [] : [`${formatDuration(whileRevalidateMs)} while a load refreshes it`]),
    ...(onErrorMs === undefined ? [] : [`${formatDuration(onErrorMs)} where its load fails`]),
    ...(throttleMs === undefined ? [] : [`throttle ${formatDuration(throttleMs)}`]),
  ].join(", ");
}

function refreshText(refreshAhead: string | undefined): string | undefined {
  if (refreshAhead === undefined || refreshAhead === "xfetch") return refreshAhead;
  return `after ${refreshAhead} of the ttl`;
}

function timeoutsText(timeouts: CacheDescription["timeouts"]): string | undefined {
  if (timeouts === undefined) return undefined;
  const { softMs, hardMs } = timeouts;
  return [
    ...(softMs === undefined ? [] : [`soft ${formatDuration(softMs)}`]),
    ...(hardMs === undefined ? [] : [`hard ${formatDuration(hardMs)}`]),
  ].join(", ");
}

function nearText(near: CacheDescription["near"]): string | undefined {
  if (near === undefined) return undefined;
  const longest = near.ttlMs === undefined ? "" : `, up to ${formatDuration(near.ttlMs)}`;
  return `${near.name}${longest}, invalidation: ${near.invalidation}`;
}

function keyText(key: Readonly<Record<string, string>>): string {
  const parts = Object.entries(key).map(([parameter, source]) =>
    parameter === source ? parameter : `${parameter}: ${source}`,
  );
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}
