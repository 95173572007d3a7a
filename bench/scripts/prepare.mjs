// Generates the caches that are measured, compiles the benchmarks, and writes down the JSON Schemas of the payloads, which
// the codecs that need a schema get theirs from. Needs `npm run build` in the root of the repository.
import { execFile, spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const bench = fileURLToPath(new URL("..", import.meta.url));
const cachetory = fileURLToPath(new URL("../../generator/dist/bin.js", import.meta.url));
const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));

if (!existsSync(cachetory)) {
  console.error("Nothing is built yet: run `npm run build` in the root of the repository.");
  process.exit(1);
}
run(cachetory, "generate");
run(tsc, "-b");
const { payloads } = await import("../dist/src/payloads/payloads.js");
const names = payloads.map(({ name }) => name);
const schemas = Object.fromEntries(
  (await Promise.all(names.map(schemaOf))).filter(([, schema]) => schema !== undefined),
);
writeFileSync(new URL("../dist/schemas.json", import.meta.url), JSON.stringify(schemas));

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: bench, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

async function schemaOf(name) {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [cachetory, "schema", name], { cwd: bench });
    return [name, JSON.parse(stdout)];
  } catch (error) {
    // What JSON cannot say, such as a date, has none.
    if (error.code === 1) return [name, undefined];
    throw error;
  }
}
