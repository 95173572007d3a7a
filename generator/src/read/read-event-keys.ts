import type { YamlNode } from "./yaml-tree.ts";

/** Whether events hold keys; `undefined` where it is neither true nor false, which the schema finds. */
export function readEventKeys(node: YamlNode): boolean | undefined {
  return node.kind === "scalar" && typeof node.value === "boolean" ? node.value : undefined;
}
