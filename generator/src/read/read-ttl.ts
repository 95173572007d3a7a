import { clip, parseDuration, quote } from "@cachetory/runtime/schemes";
import type { Ttl } from "../model/declaration.ts";
import type { Report } from "./report.ts";
import type { YamlNode } from "./yaml-tree.ts";

/** The properties that are durations. */
type TtlName =
  | "ttl"
  | "max-ttl"
  | "max"
  | "long-lived"
  | "lease"
  | "deadline"
  | "while-revalidate"
  | "on-error"
  | "throttle"
  | "soft"
  | "hard";

/** A ttl, or a bound of one; `undefined` where it is none, which is then reported (here, or by the schema for other kinds). */
export function readTtl(name: TtlName, node: YamlNode, report: Report): Ttl | undefined {
  if (node.kind !== "scalar") return undefined;
  if (typeof node.value === "number" || (typeof node.value === "string" && /^[-+]?\d+$/.test(node.value))) {
    const text = clip(node.written.replace(/^(["'])(.*)\1$/, "$2"));
    const hint = `Write ${text}s for seconds or ${text}ms for milliseconds`;
    report("C1101", node.span, `"${name}" is the bare number ${text}, which could be seconds or milliseconds`, hint);
    return undefined;
  }
  if (typeof node.value !== "string") return undefined;
  if (node.value === "forever") return "forever";
  const ms = parseDuration(node.value);
  if (ms === undefined && isDuration(node.value.replace(/(?<![.\d])\d+/g, "1"))) {
    const hint = `Write ${longestDays}d at most; forever has no end`;
    report("C1101", node.span, `"${name}" is longer than a duration can be`, hint);
    return undefined;
  }
  if (ms === undefined) {
    report("C1101", node.span, `"${name}" must be a duration, not ${quote(node.value)}`, hintFor(node.value));
    return undefined;
  }
  if (ms === 0) {
    const hint = "Leave the cache out if nothing is to be kept; forever keeps entries without end";
    report("C1101", node.span, `"${name}" must be longer than zero`, hint);
    return undefined;
  }
  return { ms };
}

/** Milliseconds that a number tells apart. */
const longestDays = Math.floor(Number.MAX_SAFE_INTEGER / 86_400_000);

function isDuration(text: string): boolean {
  return parseDuration(text) !== undefined;
}

const units: Readonly<Record<string, string>> = {
  ms: "ms",
  msec: "ms",
  millis: "ms",
  millisecond: "ms",
  s: "s",
  sec: "s",
  second: "s",
  m: "m",
  min: "m",
  mins: "m",
  minute: "m",
  h: "h",
  hr: "h",
  hour: "h",
  d: "d",
  day: "d",
};

function hintFor(text: string): string {
  const written = text.trim().toLowerCase();
  const general = "Durations are written 500ms, 30s, 10m, 1h, 7d or PT5M; forever has no end";
  if (["never", "infinite", "infinity", "none", "no"].includes(written)) return `Did you mean forever? ${general}`;
  const [, count, unit = ""] = /^(\d+)\s*([a-z]+?)$/.exec(written) ?? [];
  if (count === undefined) return general;
  const known = units[unit] ?? units[unit.replace(/s$/, "")] ?? "";
  const meant = /^w(eeks?)?$/.test(unit) ? `${Number(count) * 7}d` : `${count}${known}`;
  return isDuration(meant) ? `Did you mean ${meant}? ${general}` : general;
}
