import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { main, root, runBin, runCommand } from "./run-command.mjs";

const packages = ["runtime", "generator"];

/** What is imported of the runtime, by its name in `dist`; classes are the same ones in both. */
const runtimeEntries = {
  index: "index.ts",
  "codegen/v1/core": "codegen/v1/core.ts",
  "codegen/v1/steps": "codegen/v1/steps.ts",
  "codegen/v1/typed": "codegen/v1/typed.ts",
  "testing/index": "testing/index.ts",
};

/**
 * What these share: what every cache needs is one file, and what only some need are further ones, for each file more takes time
 * at every start, and so does what is in it.
 */
const runtimeChunks = {
  shared: [
    "backends/from-url.ts",
    "backends/sync-face.ts",
    "cache/cache.ts",
    "cache/sync-cache.ts",
    "layers/layered-backend.ts",
    "serializers/bytes.ts",
    "serializers/json.ts",
    "serializers/noop.ts",
    "serializers/pickle/python-types.ts",
    "serializers/text.ts",
    "tags/tag.ts",
  ],
  steps: [
    "compressors/brotli.ts",
    "compressors/gzip.ts",
    "compressors/zlib.ts",
    "compressors/zstd.ts",
    "offload/offload.ts",
    "secrets/aes-gcm.ts",
    "secrets/hmac.ts",
    "serializers/msgpack.ts",
    "serializers/pickle/pickle.ts",
    "serializers/v8.ts",
  ],
};

/**
 * What tools import, and what runs in threads: each a file that needs no other, for what they shared with the rest would
 * be further files for everybody.
 */
const runtimeAlone = {
  "opentelemetry/index": "opentelemetry/index.ts",
  "prometheus/index": "prometheus/index.ts",
  "schemes/index": "schemes/index.ts",
  "redis-worker": "backends/redis-worker.ts",
  worker: "offload/worker.ts",
};

const generatorEntries = { bin: "bin.ts", index: "index.ts" };

const generatorAlone = { "progress-worker": "progress-worker.ts" };

/** What a run loads of the generator: all of them, one where nothing has changed, two without types to resolve. */
const generatorChunks = {
  start: [
    "cli/commands/generate.ts",
    "cli/count.ts",
    "cli/report/has-colors.ts",
    "cli/report/json.ts",
    "cli/report/printable.ts",
    "diff/change.ts",
    "generate/find-config.ts",
    "message-of.ts",
    "node-host.ts",
  ],
  run: ["generate/generate-outputs.ts", "generate/keep-generation.ts", "generate/validate-file.ts"],
  resolve: ["resolve/resolve-types.ts"],
};

/** Builds both packages. */
export async function build() {
  // It needs a package, which is there only once this repository is installed.
  const { bundle } = await import("./bundle.mjs");
  runBin("tsc", ["-b", ...packages]);
  for (const name of packages) removeStale(join(root, name));
  await bundle("runtime", runtimeEntries, runtimeAlone, runtimeChunks);
  await bundle("generator", generatorEntries, generatorAlone, generatorChunks);
  runCommand(process.execPath, [join(root, "scripts/copy-schemas.mjs")]);
}

/** tsc leaves the declarations that it made of a source that is gone, and a package would ship them. */
function removeStale(folder) {
  for (const path of readdirSync(join(folder, "dist"), { recursive: true })) {
    const source = path.replace(/\.d\.ts$/, ".ts");
    if (source !== path && !existsSync(join(folder, "src", source))) rmSync(join(folder, "dist", path));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(build);
