import type { Host } from "../../host.ts";
import { readDeclarations } from "../../read/read-declarations.ts";
import type { ValidateOptions } from "../command-options.ts";
import { type CommandResult, exitCodeOf } from "../command-result.ts";
import { count } from "../count.ts";

/** Finds everything in a YAML file that can be found without TypeScript. */
export function validate({ file }: ValidateOptions, host: Host): CommandResult {
  const { declarations, diagnostics } = readDeclarations(file, host.files);
  const notes =
    declarations === undefined
      ? []
      : [
          `${count(declarations.caches.length, "cache")}, ${count(declarations.backends.length, "backend")}: no errors.`,
        ];
  return { diagnostics, notes, exitCode: exitCodeOf(diagnostics) };
}
