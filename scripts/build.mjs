import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { main, root, runBin, runCommand } from "./run-command.mjs";

const packages = ["runtime", "generator"];

/** What is imported of the runtime, by its name in `dist`; classes are the same ones in both. */
const runtimeEntries = {
  index: "index.ts",
  "codegen/v1/index": "codegen/v1/index.ts",
};

/**
 * What tools import, and what runs in threads: each a file that needs no other, for what they shared with the rest would
 * be further files for everybody.
 */
const runtimeAlone = {
  "schemes/index": "schemes/index.ts",
  "redis-worker": "backends/redis-worker.ts",
  worker: "offload/worker.ts",
};

/** Builds both packages. */
export async function build() {
  // It needs a package, which is there only once this repository is installed.
  const { bundle } = await import("./bundle.mjs");
  runBin("tsc", ["-b", ...packages]);
  // The scripts of the runtime are the bundler's.
  removeStale(join(root, "runtime"), /\.d\.ts$/);
  removeStale(join(root, "generator"), /\.d\.ts$|\.js$/);
  await bundle("runtime", runtimeEntries, runtimeAlone);
  runCommand(process.execPath, [join(root, "scripts/copy-schemas.mjs")]);
}

/** tsc leaves what it made of a source that is gone, and a package would ship it. */
function removeStale(folder, made) {
  for (const path of readdirSync(join(folder, "dist"), { recursive: true })) {
    const source = path.replace(made, ".ts");
    if (source !== path && !existsSync(join(folder, "src", source))) rmSync(join(folder, "dist", path));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(build);
