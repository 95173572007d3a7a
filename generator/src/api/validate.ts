import { validateFile } from "../generate/validate-file.ts";
import { hasError } from "../model/diagnostic.ts";
import type { ConfigOptions } from "./config-options.ts";
import type { Finding } from "./finding.ts";
import { openConfig, toFindings } from "./open-config.ts";

export interface ValidateResult {
  /** Whether there is an error among the diagnostics; warnings do not count. */
  readonly hasErrors: boolean;
  readonly diagnostics: readonly Finding[];
}

/**
 * Does what `cachetory validate` does: finds everything in the YAML that can be found without TypeScript, in some
 * milliseconds. Rejects only for wrong options (`TypeError`) and for faults of cachetory itself.
 *
 * @example
 * ```ts
 * import { validate } from "cachetory";
 *
 * const { diagnostics } = await validate({ config: "cachetory.yaml" });
 * ```
 */
export async function validate(options: ConfigOptions = {}): Promise<ValidateResult> {
  const { host, files, problem } = openConfig(options);
  const diagnostics =
    problem === undefined ? files.flatMap((file) => validateFile(file, host.files).diagnostics) : [problem];
  return { hasErrors: hasError(diagnostics), diagnostics: toFindings(diagnostics, host) };
}
