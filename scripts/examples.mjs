import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run-command.mjs";

/** Folders of the examples, relative to the root, sorted. */
export function examples() {
  return readdirSync(join(root, "examples"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `examples/${entry.name}`)
    .sort();
}
