// Whether the packed packages can be published and their types be found: publint and are-the-types-wrong; and whether nothing is
// in them but what is listed here.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main, runBin, runNpm, StepError, say, tryCommand } from "./run-command.mjs";

/** All that may be in each; a file more has to be written down here first. */
const allowed = {
  "cachetory-runtime": [
    /^(?:LICENSE|README\.md|package\.json)$/,
    /^dist\/(?:index|shared|steps|worker|redis-worker)\.js$/,
    /^dist\/codegen\/v1\/(?:core|steps|typed)\.js$/,
    /^dist\/(?:opentelemetry|prometheus|schemes|testing)\/index\.js$/,
    // A declaration of each source.
    /^dist\/(?:[a-z0-9-]+\/)*[a-z0-9-]+\.d\.ts$/,
  ],
  cachetory: [
    /^(?:LICENSE|README\.md|package\.json)$/,
    /^bin\/cachetory\.js$/,
    /^schemas\/caches\.schema\.json$/,
    /^dist\/[a-z0-9-]+\.js$/,
    /^dist\/(?:index|api\/(?:config-options|finding|generate|validate))\.d\.ts$/,
  ],
};

await main(() => {
  const folder = mkdtempSync(join(tmpdir(), "cachetory-packages-"));
  try {
    runNpm(["pack", "--silent", "--ignore-scripts", "-w", "runtime", "-w", "generator", "--pack-destination", folder]);
    for (const name of readdirSync(folder).sort()) {
      const tarball = join(folder, name);
      checkFiles(name, tarball);
      say(`publint ${name}`);
      runBin("publint", ["run", tarball, "--strict"], { label: `publint ${name}` });
      say(`attw ${name}`);
      runBin("attw", [tarball, "--profile", "esm-only", "--no-emoji", "--format", "ascii"], { label: `attw ${name}` });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function checkFiles(name, tarball) {
  const { isSuccess, output } = tryCommand("tar", ["-tzf", tarball]);
  if (!isSuccess) throw new StepError(`The files of ${name} cannot be listed: ${output}`);
  const known = allowed[name.replace(/-\d.*$/, "")];
  const files = output.trim().split("\n");
  const others = files.filter((file) => !known?.some((form) => form.test(file.replace(/^package\//, ""))));
  if (others.length > 0) throw new StepError(`${name} holds what it does not need:\n${others.join("\n")}`);
  say(`${name}: ${files.length} files, each of which is allowed`);
}
