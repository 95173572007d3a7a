// Whether the packed packages can be published and their types be found: publint and are-the-types-wrong.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main, runBin, runNpm, say } from "./run-command.mjs";

await main(() => {
  const folder = mkdtempSync(join(tmpdir(), "cachetory-packages-"));
  try {
    runNpm(["pack", "--silent", "--ignore-scripts", "-w", "runtime", "-w", "generator", "--pack-destination", folder]);
    for (const name of readdirSync(folder).sort()) {
      const tarball = join(folder, name);
      say(`publint ${name}`);
      runBin("publint", ["run", tarball, "--strict"], { label: `publint ${name}` });
      say(`attw ${name}`);
      runBin("attw", [tarball, "--profile", "esm-only", "--no-emoji", "--format", "ascii"], { label: `attw ${name}` });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
