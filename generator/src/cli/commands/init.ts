import { dirname, relative } from "node:path";
import { generateCommand } from "../../generate/generate-command.ts";
import type { Host } from "../../host.ts";
import { messageOf } from "../../message-of.ts";
import { type Diagnostic, errorAt } from "../../model/diagnostic.ts";
import type { InitOptions } from "../command-options.ts";
import type { CommandResult } from "../command-result.ts";
import { displayPath } from "../report/source-texts.ts";
import { initialYaml } from "./initial-yaml.ts";
import { recommendExtension } from "./recommend-extension.ts";

/** Writes a small YAML file to begin with; one that is there is never touched. */
export function init({ file, vscode }: InitOptions, host: Host): CommandResult {
  const name = displayPath(file, host.cwd);
  const isThere = host.files.kind(file) !== undefined;
  // Who asks for the editor's file may have the other one already.
  if (isThere && !vscode) {
    const hint = "Remove it first, or name another file with -c";
    return refused(errorAt("C1012", undefined, `${name} is there already; it was not touched`, hint));
  }
  const settings = vscode ? recommendExtension(host) : undefined;
  if (settings !== undefined && "code" in settings) return refused(settings);
  const notes: string[] = [];
  if (isThere) notes.push(`${name} is there already; it was not touched.`);
  else {
    const refusal = write(file, initialYaml(schemaPath(file, host)), host);
    if (refusal !== undefined) return refused(refusal);
    notes.push(`Wrote ${name}. Edit it, then run: ${generateCommand([file], () => name, host)}`);
  }
  if (settings === undefined) return { diagnostics: [], notes, exitCode: 0 };
  if (settings.text !== undefined) {
    const refusal = write(settings.file, settings.text, host);
    if (refusal !== undefined) return { ...refused(refusal), notes };
  }
  return { diagnostics: [], notes: [...notes, settings.note], exitCode: 0 };
}

function refused(finding: Diagnostic): CommandResult {
  return { diagnostics: [finding], notes: [], exitCode: 1 };
}

function write(file: string, text: string, host: Host): Diagnostic | undefined {
  try {
    host.files.makeFolder(dirname(file));
    host.files.write(file, text);
    return undefined;
  } catch (error) {
    const reason = messageOf(error);
    const message = `${displayPath(file, host.cwd)} cannot be written: ${reason}`;
    return errorAt("C3002", undefined, message, "Check that you may write there");
  }
}

/** Where an editor finds the schema from the YAML file: packages are installed in the folder in which one works. */
function schemaPath(file: string, { cwd }: Host): string {
  const toCwd = relative(dirname(file), cwd).replaceAll("\\", "/");
  return `${toCwd === "" ? "." : toCwd}/node_modules/cachetory/schemas/caches.schema.json`;
}
