import { clip, formatDuration, quote } from "@cachetory/runtime/schemes";
import type { Mode, Span, Ttl } from "../model/declaration.ts";
import { type Freshness, noFreshness, type StaleDeclaration, type TimeoutsDeclaration } from "../model/freshness.ts";
import { readTtl } from "./read-ttl.ts";
import type { Report } from "./report.ts";
import { isMap, type YamlMap, type YamlNode } from "./yaml-tree.ts";

/** What a cache or the defaults say of values that are not fresh, and of loads that are late. */
export interface WrittenFreshness {
  readonly stale: Written<StaleDeclaration> | undefined;
  readonly refreshAhead: Written<string> | undefined;
  readonly timeouts: Written<TimeoutsDeclaration> | undefined;
}

interface Written<Value> {
  /** `undefined` where it is wrong, which is reported. */
  readonly value: Value | undefined;
  readonly span: Span;
}

/** A cache, as far as it matters here. */
interface FreshCache {
  readonly name: string;
  readonly mode: Mode;
  readonly ttl: Ttl | undefined;
  /** For how long a load is waited for by those who come later; `undefined` for the default. */
  readonly deadlineMs: number | undefined;
}

/** Of a load, where nothing is said of it. */
const defaultDeadlineMs = 30_000;

export function readFreshness(map: YamlMap | undefined, report: Report): WrittenFreshness {
  return {
    stale: setting(map, "stale", (node) => readStale(node, report)),
    refreshAhead: setting(map, "refresh-ahead", (node) => readRefreshAhead(node, report)),
    timeouts: setting(map, "timeouts", (node) => readTimeouts(node, report)),
  };
}

function setting<Value>(
  map: YamlMap | undefined,
  name: string,
  read: (node: YamlNode) => Value | undefined,
): Written<Value> | undefined {
  const node = map?.entries.get(name)?.value;
  return node === undefined ? undefined : { value: read(node), span: node.span };
}

/**
 * What holds for a cache. What it says itself must be of use; what the defaults say is left out where it is of none. Loads of a
 * synchronous cache have nobody who could wait for something else.
 */
export function chooseFreshness(
  cache: FreshCache,
  own: WrittenFreshness,
  shared: WrittenFreshness,
  report: Report,
): Freshness {
  if (cache.mode === "sync") {
    refuseOnSync(cache.name, own, report);
    return noFreshness;
  }
  const isEndless = cache.ttl === "forever";
  if (isEndless) refuseEndless(cache.name, own, report);
  const written = own.stale ?? shared.stale;
  const stale = isEndless ? undefined : written?.value;
  const refreshAhead = isEndless ? undefined : (own.refreshAhead ?? shared.refreshAhead)?.value;
  return {
    stale,
    refreshAhead: refreshAhead === undefined ? undefined : { text: refreshAhead },
    timeouts:
      // Where it is wrong, nobody knows what there would be to serve.
      written !== undefined && written.value === undefined
        ? undefined
        : chooseTimeouts(cache, stale, own.timeouts, shared.timeouts, report),
  };
}

function chooseTimeouts(
  { name: cacheName, deadlineMs = defaultDeadlineMs }: FreshCache,
  stale: StaleDeclaration | undefined,
  own: Written<TimeoutsDeclaration> | undefined,
  shared: Written<TimeoutsDeclaration> | undefined,
  report: Report,
): TimeoutsDeclaration | undefined {
  const timeouts = (own ?? shared)?.value;
  if (timeouts?.hardMs !== undefined && timeouts.hardMs >= deadlineMs) {
    const message = `"hard" of cache ${quote(cacheName)} ends no sooner than the deadline of a load, ${formatDuration(deadlineMs)}`;
    const span = (own ?? shared)?.span;
    if (span !== undefined) report("C1516", span, message, "Make it shorter, or the deadline of single-flight longer");
    return undefined;
  }
  if (timeouts?.softMs === undefined || stale?.onErrorMs !== undefined) return timeouts;
  if (own !== undefined) {
    const message = `"soft" of cache ${quote(cacheName)} has nothing to serve: no stale value is kept for loads that are late`;
    report("C1516", timeouts.softSpan ?? own.span, message, "Write stale: { on-error: 1h } as well, or leave it out");
    return undefined;
  }
  return timeouts.hardMs === undefined ? undefined : { ...timeouts, softMs: undefined };
}

function refuseOnSync(cacheName: string, own: WrittenFreshness, report: Report): void {
  for (const [name, setting] of propertiesOf(own)) {
    const message = `${quote(name)} of cache ${quote(cacheName)} needs loads that go on while others are served, and the cache is synchronous`;
    report("C1508", setting.span, message, "Leave it out, or leave out mode: sync");
  }
}

function refuseEndless(cacheName: string, own: WrittenFreshness, report: Report): void {
  for (const [name, setting] of propertiesOf({ ...own, timeouts: undefined })) {
    const message = `${quote(name)} of cache ${quote(cacheName)} has no effect: with ttl: forever its entries are always fresh`;
    report("C1516", setting.span, message, "Leave it out, or give the cache a ttl that ends");
  }
}

function propertiesOf({
  stale,
  refreshAhead,
  timeouts,
}: WrittenFreshness): readonly (readonly [name: string, written: Written<unknown>])[] {
  const all = [
    ["stale", stale],
    ["refresh-ahead", refreshAhead],
    ["timeouts", timeouts],
  ] as const;
  return all.flatMap(([name, setting]) => (setting === undefined ? [] : [[name, setting] as const]));
}

function readStale(node: YamlNode, report: Report): StaleDeclaration | undefined {
  if (!isMap(node)) return undefined;
  const read: StaleDeclaration = {
    whileRevalidateMs: readEnding("while-revalidate", node, report),
    onErrorMs: readEnding("on-error", node, report),
    throttleMs: readEnding("throttle", node, report),
  };
  if (hasNoneOf(node, ["while-revalidate", "on-error"], ["throttle"])) {
    const hint = "For example: stale: { while-revalidate: 5m, on-error: 1h }";
    report("C1507", node.span, '"stale" says neither while-revalidate nor on-error, so nothing stale is served', hint);
    return undefined;
  }
  // What is wrong has been reported.
  if (Object.values(read).filter((ms) => ms !== undefined).length < node.entries.size) return undefined;
  const { whileRevalidateMs, onErrorMs } = read;
  if (whileRevalidateMs !== undefined && onErrorMs !== undefined && onErrorMs <= whileRevalidateMs) {
    const span = node.entries.get("on-error")?.value.span ?? node.span;
    const message =
      '"on-error" ends no later than "while-revalidate", within which a value is served whatever becomes of its load';
    report("C1516", span, message, "Make it longer, or leave it out");
    return undefined;
  }
  return read;
}

function readTimeouts(node: YamlNode, report: Report): TimeoutsDeclaration | undefined {
  if (!isMap(node)) return undefined;
  const [soft, hard] = [node.entries.get("soft")?.value, node.entries.get("hard")?.value];
  const softMs = readEnding("soft", node, report);
  const hardMs = readEnding("hard", node, report);
  if (hasNoneOf(node, ["soft", "hard"], [])) {
    const hint = "For example: timeouts: { soft: 100ms, hard: 2s }";
    report("C1507", node.span, '"timeouts" says neither soft nor hard', hint);
    return undefined;
  }
  if ((soft !== undefined && softMs === undefined) || (hard !== undefined && hardMs === undefined)) return undefined;
  if (soft !== undefined && softMs !== undefined && hardMs !== undefined && softMs >= hardMs) {
    const message = '"soft" ends no sooner than "hard", so it is never reached';
    report("C1516", soft.span, message, "Make it shorter, or leave it out");
    return undefined;
  }
  return { softMs, softSpan: soft?.span, hardMs };
}

/** Whether it lacks what it needs, and not for a property that is misspelt, which is found by itself. */
function hasNoneOf({ entries }: YamlMap, needed: readonly string[], others: readonly string[]): boolean {
  return [...entries.keys()].every((name) => others.includes(name)) && !needed.some((name) => entries.has(name));
}

/** A timer for longer would end at once. */
const longestMs = 2 ** 31 - 1;

function readEnding(
  name: "while-revalidate" | "on-error" | "throttle" | "soft" | "hard",
  map: YamlMap,
  report: Report,
): number | undefined {
  const node = map.entries.get(name)?.value;
  const duration = node && readTtl(name, node, report);
  if (node === undefined || duration === undefined) return undefined;
  if (duration === "forever") {
    report("C1101", node.span, `${quote(name)} must end, and forever does not`, "Write a duration, such as 5m");
    return undefined;
  }
  if ((name === "soft" || name === "hard") && duration.ms > longestMs) {
    report("C1101", node.span, `${quote(name)} is longer than a timer can be`, "Write 24d at most");
    return undefined;
  }
  return duration.ms;
}

function readRefreshAhead(node: YamlNode, report: Report): string | undefined {
  if (node.kind !== "scalar" || node.value === null) return undefined;
  const text = String(node.value);
  if (text === "xfetch") return text;
  const share = Number(/^(\d+(?:\.\d+)?)%$/.exec(text)?.[1] ?? Number.NaN);
  if (share > 0 && share < 100) return text;
  const message = `"refresh-ahead" must be a share of the ttl, more than 0% and less than 100%, or xfetch, not ${quote(clip(text))}`;
  report("C1507", node.span, message, "Write 80%, for one: a load then refreshes what has a fifth of its ttl left");
  return undefined;
}
