import { dirname, relative } from "node:path";
import { generateCommand } from "../../generate/generate-command.ts";
import type { Host } from "../../host.ts";
import { errorAt } from "../../model/diagnostic.ts";
import type { InitOptions } from "../command-options.ts";
import type { CommandResult } from "../command-result.ts";
import { displayPath } from "../report/source-texts.ts";
import { initialYaml } from "./initial-yaml.ts";

/** Writes a small YAML file to begin with; one that is there is never touched. */
export function init({ file }: InitOptions, host: Host): CommandResult {
  const name = displayPath(file, host.cwd);
  if (host.files.kind(file) !== undefined) {
    const hint = "Remove it first, or name another file with -c";
    return {
      diagnostics: [errorAt("C1012", undefined, `${name} is there already; it was not touched`, hint)],
      notes: [],
      exitCode: 1,
    };
  }
  try {
    host.files.makeFolder(dirname(file));
    host.files.write(file, initialYaml(schemaPath(file, host)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const finding = errorAt(
      "C3002",
      undefined,
      `${name} cannot be written: ${reason}`,
      "Check that you may write there",
    );
    return { diagnostics: [finding], notes: [], exitCode: 1 };
  }
  const notes = [`Wrote ${name}. Edit it, then run: ${generateCommand([file], () => name, host)}`];
  return { diagnostics: [], notes, exitCode: 0 };
}

/** Where an editor finds the schema from the YAML file: packages are installed in the folder in which one works. */
function schemaPath(file: string, { cwd }: Host): string {
  const toCwd = relative(dirname(file), cwd).replaceAll("\\", "/");
  return `${toCwd === "" ? "." : toCwd}/node_modules/cachetory/schemas/caches.schema.json`;
}
