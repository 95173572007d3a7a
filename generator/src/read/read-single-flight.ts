import { clip, quote } from "@cachetory/runtime/schemes";
import type { SingleFlight } from "../model/load-policies.ts";
import { readTtl } from "./read-ttl.ts";
import type { Report } from "./report.ts";
import { isMap, isText, type YamlMap, type YamlNode } from "./yaml-tree.ts";

/** `process`, `cluster` or `{ scope: cluster, lease: 5s, deadline: 30s }`; `undefined` where it is none of them. */
export function readSingleFlight(node: YamlNode, report: Report): SingleFlight | undefined {
  if (!isMap(node)) {
    const scope = readScope(node, report);
    return scope && { scope, leaseMs: undefined, deadlineMs: undefined };
  }
  const written = node.entries.get("scope")?.value;
  const scope = written === undefined ? "process" : readScope(written, report);
  const lease = node.entries.get("lease")?.value;
  if (lease !== undefined && scope === "process") {
    const hint = "Leave it out, or write scope: cluster";
    report("C1507", lease.span, '"lease" is for loads that processes share', hint);
  }
  const leaseMs = readMs("lease", node, report);
  const deadlineMs = readMs("deadline", node, report);
  return scope && { scope, leaseMs, deadlineMs };
}

function readScope(node: YamlNode, report: Report): SingleFlight["scope"] | undefined {
  if (!isText(node)) return undefined;
  if (node.value === "process" || node.value === "cluster") return node.value;
  const message = `loads are shared by a process or by a cluster, not by ${quote(clip(node.value))}`;
  report("C1507", node.span, message, "Write single-flight: process or single-flight: cluster");
  return undefined;
}

function readMs(name: "lease" | "deadline", map: YamlMap, report: Report): number | undefined {
  const node = map.entries.get(name)?.value;
  const ttl = node && readTtl(name, node, report);
  if (node === undefined || ttl === undefined) return undefined;
  if (ttl !== "forever") return ttl.ms;
  report("C1507", node.span, `"${name}" must have an end`, `For example: ${name}: ${name === "lease" ? "5s" : "30s"}`);
  return undefined;
}
