import { clip, parseSize, quote } from "@cachetory/runtime/schemes";
import type { MaxValueSize } from "../model/value-policies.ts";
import type { Report } from "./report.ts";
import type { YamlNode } from "./yaml-tree.ts";

/** A size such as `1mb`; `undefined` where it is none, which is then reported. */
export function readMaxValueSize(node: YamlNode, report: Report): MaxValueSize | undefined {
  if (node.kind !== "scalar" || node.value === null) return undefined;
  const text = String(node.value);
  if (/^\d+$/.test(text)) {
    const number = clip(text);
    const message = `"max-value-size" is the bare number ${number}, which could be bytes or kilobytes`;
    report("C1507", node.span, message, `Write ${number}kb for kilobytes or ${number}b for bytes`);
    return undefined;
  }
  const bytes = parseSize(text);
  if (bytes !== undefined && bytes > 0) return { text: text.toLowerCase(), bytes };
  const message = `"max-value-size" must be a size, not ${quote(clip(text))}`;
  report("C1507", node.span, message, "Sizes are written 500b, 64kb, 16mb or 1gb");
  return undefined;
}
