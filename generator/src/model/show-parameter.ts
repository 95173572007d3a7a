import type { KeyParameter } from "./declaration.ts";

/** As a pattern has it. */
export function showParameter({ name, type }: KeyParameter): string {
  if (type.kind === "string") return `{${name}}`;
  return `{${name}:${type.kind === "union" ? type.members.join("|") : type.kind}}`;
}
