import { clip, quote } from "@cachetory/runtime/schemes";
import type { Jitter } from "../model/value-policies.ts";
import type { Report } from "./report.ts";
import type { YamlNode } from "./yaml-tree.ts";

/** A share such as `10%`; `undefined` where it is none, which is then reported. */
export function readJitter(node: YamlNode, report: Report): Jitter | undefined {
  if (node.kind !== "scalar" || node.value === null) return undefined;
  const text = String(node.value);
  const [, percent] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  // Without what division by a hundred leaves behind.
  const share = Number((Number(percent) / 100).toPrecision(12));
  if (share > 0 && share < 1) return { text, share };
  const message = `"jitter" must be a share of the ttl, more than 0% and less than 100%, not ${quote(clip(text))}`;
  report("C1507", node.span, message, hintFor(text, percent));
  return undefined;
}

function hintFor(text: string, percent: string | undefined): string {
  if (percent !== undefined) return Number(percent) === 0 ? "Leave it out to take nothing away" : "Write 10%, for one";
  const share = Number(text);
  if (share > 0 && share < 1) return `Write ${Number((share * 100).toFixed(6))}%`;
  return "Write 10%, for one: each entry then lives for between 90% and 100% of its ttl";
}
