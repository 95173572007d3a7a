// Bundles the fuzzer, which is TypeScript, and runs it: all that reads what others have written, a million inputs each.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { main, root, StepError } from "./run-command.mjs";

// As deep as the sources of the generator and of the tests, which find their own files from where they are.
const folder = join(root, "generator/.cache");

await main(async () => {
  if (!existsSync(join(root, "runtime/dist/index.js"))) throw new StepError("Run `npm run build` first.");
  const build = await rolldown({
    input: join(root, "test/fuzz/main.ts"),
    platform: "node",
    // What is packaged is fuzzed as it is built; packages stay packages.
    external: /^[a-z@](?!:)/,
    logLevel: "silent",
  });
  await build.write({ dir: folder, format: "esm", entryFileNames: "fuzz.js", chunkFileNames: "fuzz-[name].js" });
  await build.close();
  const { status, signal } = spawnSync(
    process.execPath,
    ["--no-warnings", join(folder, "fuzz.js"), ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: "inherit",
    },
  );
  if (status !== 0) throw new StepError(`The fuzzer ended with ${signal ?? status}.`);
});
