import { createHash } from "node:crypto";
import { dirname } from "node:path";
import type { Host } from "../host.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { contentHash } from "../resolve/content-hash.ts";
import type { FileQuestion } from "../resolve/resolution.ts";
import type { ExistingEntry } from "../write/output-plan.ts";
import { readOutput } from "../write/read-output.ts";
import { answersHold, maxQuestions } from "./answers-hold.ts";
import { generatorIdentity } from "./generator-identity.ts";
import { readSealed, sealedPath, writeSealed } from "./sealed-file.ts";

/** A run after which the output folders hold exactly what they shall. */
export interface KeptGeneration {
  /** Warnings, for an error ends in no output. */
  readonly diagnostics: readonly Diagnostic[];
  readonly outputs: readonly KeptOutput[];
  /** All else that the run depends on: while the answers hold, and the output folders, it would come to the same. */
  readonly questions: readonly FileQuestion[];
}

export interface KeptOutput {
  /** Absolute. */
  readonly folder: string;
  /** Of the files in it, sorted. */
  readonly names: readonly string[];
  /** What `outputHash` says of what a plan must know of the folder. */
  readonly hash: string;
}

/** The last run for these YAML files, if it would come to the same now. */
export function loadGeneration(
  files: readonly string[],
  host: Pick<Host, "cwd" | "files">,
): KeptGeneration | undefined {
  const path = storePath(files, host);
  const key = keyOf(files, host);
  const kept = path === undefined ? undefined : (readSealed(path, key, host.files) as KeptGeneration | undefined);
  if (kept === undefined || !answersHold(kept.questions, host.files)) return undefined;
  return kept.outputs.every((output) => isAsKept(output, host)) ? kept : undefined;
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

/** One hash for all of a folder: a question for each of a thousand files takes longer to ask than to read them. */
export function outputHash(entries: readonly ExistingEntry[]): string {
  const hash = createHash("sha256");
  for (const { name, content } of entries) {
    hash.update(JSON.stringify([name, content?.length]));
    if (content !== undefined) hash.update(content);
  }
  return hash.digest("base64url");
}

function isAsKept({ folder, names, hash }: KeptOutput, { files }: Pick<Host, "files">): boolean {
  try {
    return outputHash(readOutput(folder, names, files)) === hash;
  } catch {
    // What cannot be read any more is not what was kept; the run that follows says so.
    return false;
  }
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
