import { join } from "node:path";
import { generateKept } from "../generate/generate-kept.ts";
import type { GenerateMode } from "../generate/generate-outputs.ts";
import { hasError } from "../model/diagnostic.ts";
import type { PlannedFile } from "../write/output-plan.ts";
import type { ConfigOptions } from "./config-options.ts";
import type { Finding } from "./finding.ts";
import { openConfig, toFindings } from "./open-config.ts";

/** What `generate` is to do. */
export interface GenerateOptions extends ConfigOptions {
  /**
   * `"write"`, the default, writes the modules. The others write nothing: `"check"` finds an error in each module that is
   * not as it should be, as in CI, and `"dry-run"` tells what would be written.
   */
  readonly mode?: "write" | "check" | "dry-run" | undefined;
}

/** What came of it. */
export interface GenerateResult {
  /** Whether there is an error among the diagnostics; warnings do not count. The command would end with 1. */
  readonly hasErrors: boolean;
  /** What is wrong: with the YAML, the types, the output folder. */
  readonly diagnostics: readonly Finding[];
  /** Every module, by path; none where the YAML or a type has an error, for then nothing is written. */
  readonly files: readonly GeneratedModule[];
}

/** One module of the output folder. */
export interface GeneratedModule {
  /** Absolute. */
  readonly path: string;
  /** What became of the file, or would. */
  readonly change: "created" | "updated" | "removed" | "unchanged";
}

/**
 * Does what `cachetory generate` does, and prints nothing. Mistakes in the YAML and in types, and a disk that refuses, are
 * diagnostics; it rejects only for wrong options (`TypeError`) and for faults of cachetory itself.
 *
 * @example
 * ```ts
 * import { generate } from "cachetory";
 *
 * const { hasErrors, diagnostics } = await generate({ config: "packages/shop/cachetory.yaml" });
 * for (const { code, message, file, start } of diagnostics) console.error(`${file}:${start?.line} ${code} ${message}`);
 * if (hasErrors) process.exitCode = 1;
 * ```
 */
export async function generate(options: GenerateOptions = {}): Promise<GenerateResult> {
  const { mode = "write" } = options;
  if (!modes.includes(mode)) throw new TypeError(`mode must be ${modes.join(", ")}, not ${JSON.stringify(mode)}.`);
  const { host, files, problem } = openConfig(options);
  if (problem !== undefined) return { hasErrors: true, diagnostics: toFindings([problem], host), files: [] };
  const { diagnostics, plans } = await generateKept(files, mode, host);
  return {
    hasErrors: hasError(diagnostics),
    diagnostics: toFindings(diagnostics, host),
    files: plans.flatMap((plan) =>
      plan.files.map(({ name, kind }) => ({ path: join(plan.folder, name), change: changes[kind] })),
    ),
  };
}

const modes: readonly GenerateMode[] = ["write", "check", "dry-run"];

const changes: Readonly<Record<PlannedFile["kind"], GeneratedModule["change"]>> = {
  create: "created",
  update: "updated",
  orphan: "removed",
  same: "unchanged",
};
