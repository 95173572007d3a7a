import { dirname } from "node:path";
import type { Host } from "../host.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { contentHash } from "../resolve/content-hash.ts";
import type { FileQuestion } from "../resolve/resolution.ts";
import { answersHold, maxQuestions } from "./answers-hold.ts";
import { generatorIdentity } from "./generator-identity.ts";
import { readSealed, sealedPath, writeSealed } from "./sealed-file.ts";

/** A run after which the output folders hold exactly what they shall. */
export interface KeptGeneration {
  /** Warnings, for an error ends in no output. */
  readonly diagnostics: readonly Diagnostic[];
  readonly outputs: readonly KeptOutput[];
  /** All that the run depends on, the output folders included: while the answers hold, it would come to the same. */
  readonly questions: readonly FileQuestion[];
}

export interface KeptOutput {
  /** Absolute. */
  readonly folder: string;
  /** Of the files in it, sorted. */
  readonly names: readonly string[];
}

/** The last run for these YAML files, if it would come to the same now. */
export function loadGeneration(
  files: readonly string[],
  host: Pick<Host, "cwd" | "files">,
): KeptGeneration | undefined {
  const path = storePath(files, host);
  const key = keyOf(files, host);
  const kept = path === undefined ? undefined : (readSealed(path, key, host.files) as KeptGeneration | undefined);
  return kept !== undefined && answersHold(kept.questions, host.files) ? kept : undefined;
}

export function saveGeneration(
  files: readonly string[],
  kept: KeptGeneration,
  host: Pick<Host, "cwd" | "files">,
): void {
  const path = storePath(files, host);
  if (path === undefined || kept.questions.length > maxQuestions) return;
  writeSealed(path, keyOf(files, host), kept, host.files);
}

/** Findings name files from the working folder. */
function keyOf(files: readonly string[], { cwd }: Pick<Host, "cwd">): string {
  return JSON.stringify([generatorIdentity(), cwd, files]);
}

function storePath(files: readonly string[], host: Pick<Host, "files">): string | undefined {
  const [first] = files;
  if (first === undefined) return undefined;
  return sealedPath(dirname(first), `run-${contentHash(JSON.stringify(files)).slice(0, 16)}`, host.files);
}
