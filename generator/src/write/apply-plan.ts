import path from "node:path";
import type { FileSystem } from "../host.ts";
import type { OutputPlan, PlannedFile } from "./output-plan.ts";
import { newName, oldName } from "./staged-name.ts";

/** Why nothing was written. */
export interface WriteFailure {
  /** As the file system threw it. */
  readonly error: unknown;
  /** Names that could not be put back either; empty as a rule. They are whole, and the next run mends them. */
  readonly notRestored: readonly string[];
}

type Change = Exclude<PlannedFile, { readonly kind: "same" }>;

/**
 * Brings the disk to what `plan` says, all or nothing. Whatever needs space is written beside its place first, the
 * old contents included, so that from the first change on there is nothing but renaming, forth and, should one fail,
 * back. A run that is killed leaves every file whole, old or new, and leftovers that the next run removes.
 */
export function applyPlan(plan: OutputPlan, files: FileSystem): WriteFailure | undefined {
  if (plan.inTheWay.length > 0) throw new Error("A plan with files in the way must not be applied.");
  const at = (name: string): string => path.join(plan.folder, name);
  const changes = inOrder(plan.files.filter((file) => file.kind !== "same"));
  try {
    for (const name of plan.leftovers) files.remove(at(name));
    if (changes.length > 0) files.makeFolder(plan.folder);
    for (const change of changes) stage(change, at, files);
  } catch (error) {
    for (const change of changes) discardStaged(change, at, files);
    return { error, notRestored: [] };
  }
  const begun: Change[] = [];
  try {
    for (const change of changes) {
      begun.push(change);
      commit(change, at, files);
    }
  } catch (error) {
    const notRestored = begun.reverse().filter((change) => !succeeds(() => revert(change, at, files)));
    for (const change of changes) if (!notRestored.includes(change)) discardStaged(change, at, files);
    return { error, notRestored: notRestored.map((change) => change.name).sort() };
  }
  for (const { kind, name } of changes) if (kind !== "create") succeeds(() => files.remove(at(oldName(name))));
  return undefined;
}

/** Orphans go first: where letter case does not part names, a new file may need the place of one. */
function inOrder(changes: readonly Change[]): readonly Change[] {
  const isOrphan = (change: Change): boolean => change.kind === "orphan";
  return [...changes.filter(isOrphan), ...changes.filter((change) => !isOrphan(change))];
}

type At = (name: string) => string;

function stage(change: Change, at: At, files: FileSystem): void {
  if (change.kind === "orphan") return;
  files.write(at(newName(change.name)), change.text);
  if (change.kind === "update") files.write(at(oldName(change.name)), change.before);
}

function commit(change: Change, at: At, files: FileSystem): void {
  if (change.kind === "orphan") removeOrphan(change.name, at, files);
  else files.rename(at(newName(change.name)), at(change.name));
}

function removeOrphan(name: string, at: At, files: FileSystem): void {
  try {
    files.rename(at(name), at(oldName(name)));
  } catch (error) {
    // Another run at once has removed it.
    const isGone = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isGone || files.kind(at(name)) !== undefined) throw error;
  }
}

/** Also where the change only may have happened: an error can come after the deed. */
function revert({ kind, name }: Change, at: At, files: FileSystem): void {
  if (kind === "create") {
    const wasRenamed = files.kind(at(newName(name))) === undefined;
    if (wasRenamed && files.kind(at(name)) !== undefined) files.remove(at(name));
  } else if (files.kind(at(oldName(name))) !== undefined) {
    files.rename(at(oldName(name)), at(name));
  }
}

/** What cannot be removed now, the next run removes. */
function discardStaged({ name }: Change, at: At, files: FileSystem): void {
  for (const staged of [at(newName(name)), at(oldName(name))]) {
    succeeds(() => {
      if (files.kind(staged) !== undefined) files.remove(staged);
    });
  }
}

function succeeds(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
