import { clip, quote } from "@cachetory/runtime/schemes";
import type { YamlNode } from "./yaml-tree.ts";

/** What somebody wrote, for a message: `the text "x"`, `a list`. */
export function kindOf(node: YamlNode): string {
  if (node.kind === "map") return "a mapping";
  if (node.kind === "list") return "a list";
  if (typeof node.value === "string") return `the text ${quote(node.value)}`;
  if (node.value === null && node.written === "") return "nothing";
  return typeof node.value === "number" ? `the number ${clip(node.written)}` : clip(node.written);
}
