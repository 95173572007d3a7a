// Generates the caches of the fault lab, and compiles it, with the servers of the tests. Needs `npm run build` in the root of the
// repository.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const faults = fileURLToPath(new URL(".", import.meta.url));
const cachetory = fileURLToPath(new URL("../../generator/dist/bin.js", import.meta.url));
const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

if (!existsSync(cachetory)) {
  console.error("Nothing is built yet: run `npm run build` in the root of the repository.");
  process.exit(1);
}
run(cachetory, "generate");
run(tsc, "-b");

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: faults, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
