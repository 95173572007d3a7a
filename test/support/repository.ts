import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Absolute path of the repository's root. */
export const repository: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const compilers = { "7": "typescript", "6": "typescript-6", "5.9": "typescript-5.9" } as const;

export type CompilerVersion = keyof typeof compilers;

export const compilerVersions: readonly CompilerVersion[] = ["5.9", "6", "7"];

/** Path of the script of `tsc`, to be run by node. */
export function tscOf(version: CompilerVersion): string {
  return join(repository, "node_modules", compilers[version], "bin/tsc");
}
