import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { main, root, runBin, runCommand } from "./run-command.mjs";

const packages = ["runtime", "generator"];

/** Builds both packages; takes a moment where nothing changed. */
export function build() {
  runBin("tsc", ["-b", ...packages]);
  for (const name of packages) removeStale(join(root, name));
  runCommand(process.execPath, [join(root, "scripts/copy-schemas.mjs")]);
}

/** tsc leaves what it made of a source that is gone, and a package would ship it. */
function removeStale(folder) {
  for (const path of readdirSync(join(folder, "dist"), { recursive: true })) {
    const source = path.replace(/\.d\.ts$|\.js$/, ".ts");
    if (source !== path && !existsSync(join(folder, "src", source))) rmSync(join(folder, "dist", path));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(build);
