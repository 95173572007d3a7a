import type { Host } from "../host.ts";
import { findConfig } from "./find-config.ts";

/** What the user types to generate from `file`, of which `shown` is the path that he would type. */
export function generateCommand(file: string, shown: string, host: Host): string {
  const found = findConfig(undefined, host);
  if ("file" in found && found.file === file) return "npx cachetory generate";
  return `npx cachetory generate -c ${/^[\w./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", `'\\''`)}'`}`;
}
