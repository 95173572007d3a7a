import { validateFile } from "../../generate/validate-file.ts";
import type { Host } from "../../host.ts";
import type { Declarations } from "../../model/declaration.ts";
import { hasError } from "../../model/diagnostic.ts";
import { type EnterPhase, ignorePhases } from "../../timing/phase.ts";
import { showFrom } from "../../write/show-path.ts";
import type { ValidateOptions } from "../command-options.ts";
import { type CommandResult, exitCodeOf } from "../command-result.ts";
import { count } from "../count.ts";

/** Finds everything in YAML files that can be found without TypeScript. */
export function validate({ files }: ValidateOptions, host: Host, enter: EnterPhase = ignorePhases): CommandResult {
  enter("read");
  const read = files.map((file) => validateFile(file, host.files));
  const diagnostics = read.flatMap((each) => each.diagnostics);
  const show = showFrom(host.cwd);
  const notes = read.flatMap(({ declarations, diagnostics: found }) => {
    if (declarations === undefined || hasError(found)) return [];
    return [
      `${files.length === 1 ? "" : `${show(declarations.file)}: `}${countsOf(declarations)}: no errors in the YAML. Types are checked by generate.`,
    ];
  });
  return { diagnostics, notes, exitCode: exitCodeOf(diagnostics) };
}

function countsOf({ caches, backends, included }: Declarations): string {
  const counts = [count(caches.length, "cache"), count(backends.length, "backend")];
  return [...counts, ...(included.length === 0 ? [] : [count(included.length + 1, "file")])].join(", ");
}
