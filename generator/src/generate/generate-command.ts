import type { Host } from "../host.ts";
import { findConfig } from "./find-config.ts";

/** What the user types to generate from `files`, each shown as he would type it. */
export function generateCommand(
  files: readonly string[],
  show: (file: string) => string,
  host: Pick<Host, "cwd" | "files">,
): string {
  const found = findConfig(host);
  const [only] = files;
  if (files.length === 1 && "file" in found && found.file === only) return "npx cachetory generate";
  return ["npx cachetory generate", ...files.map((file) => `-c ${quoted(show(file))}`)].join(" ");
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
