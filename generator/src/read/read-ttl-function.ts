import type { NamedFunction, Ttl } from "../model/declaration.ts";
import { readFunction } from "./read-function.ts";
import { readTtl } from "./read-ttl.ts";
import type { Report } from "./report.ts";
import { isMap, textOf, type YamlMap, type YamlNode } from "./yaml-tree.ts";

/** The ttl itself, or the longest one that a function may say: `{ function: ./src/ttl.ts#pageTtl, max: 1h }`. */
export function readBoundedTtl(node: YamlNode, report: Report): Ttl | undefined {
  if (!isMap(node)) return readTtl("ttl", node, report);
  const max = node.entries.get("max")?.value;
  return max && readTtl("max", max, report);
}

/** The function that says how long each value lives; `undefined` where there is none, or it is wrong, which is then reported. */
export function readTtlFunction(map: YamlMap | undefined, report: Report): NamedFunction | undefined {
  const ttl = map?.entries.get("ttl")?.value;
  const written = isMap(ttl) ? textOf(ttl, "function") : undefined;
  return written && readFunction(written, "C2106", report);
}
