import { clip, quote } from "@cachetory/runtime/schemes";
import type { Negative } from "../model/value-policies.ts";
import { readTtl } from "./read-ttl.ts";
import type { Report } from "./report.ts";
import { isMap, type YamlNode } from "./yaml-tree.ts";

/** `store`, `skip` or `{ ttl: 30s }`; `undefined` where it is none of them, which is reported here or by the schema. */
export function readNegative(node: YamlNode, report: Report): Negative | undefined {
  if (isMap(node)) {
    const written = node.entries.get("ttl")?.value;
    const ttl = written && readTtl("ttl", written, report);
    return ttl && { kind: "ttl", ttl };
  }
  if (node.kind !== "scalar" || typeof node.value !== "string") return undefined;
  if (node.value === "store" || node.value === "skip") return { kind: node.value };
  const message = `"negative" must be store, skip or a ttl for null, not ${quote(clip(node.value))}`;
  report("C1507", node.span, message, "For example: negative: { ttl: 30s }");
  return undefined;
}
