import { basename, dirname } from "node:path";
import type { FileSystem } from "../host.ts";
import { foldersWithin } from "../resolve/far-reaching-files.ts";
import type { FileQuestion } from "../resolve/resolution.ts";

/** Folders that are there, each with the names in it that matter. */
export type WatchedNames = ReadonlyMap<string, { readonly all: boolean; readonly names: ReadonlySet<string> }>;

/**
 * Where something has to happen for one of these questions to get another answer. What lies in a folder that is not there
 * is announced by the folder; and as a folder may be replaced as a whole, each counts in the one that it lies in.
 */
export function watchedNames(
  questions: readonly FileQuestion[],
  files: Pick<FileSystem, "kind" | "list" | "realPath">,
): WatchedNames {
  const folders = new Map<string, { all: boolean; readonly names: Set<string> }>();
  const isThere = new Map<string, boolean>();
  const existing = (folder: string): boolean => {
    const known = isThere.get(folder) ?? files.kind(folder) === "folder";
    isThere.set(folder, known);
    return known;
  };
  const watched = (folder: string): { all: boolean; readonly names: Set<string> } => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const added = { all: false, names: new Set<string>() };
    folders.set(folder, added);
    addEntry(folder);
    return added;
  };
  const addEntry = (path: string): void => {
    const folder = dirname(path);
    if (folder === path) return;
    if (existing(folder)) watched(folder).names.add(nameKey(basename(path)));
    else addEntry(folder);
  };
  for (const question of questions) {
    const { kind, path } = question;
    if (kind === "list" && existing(path)) watched(path).all = true;
    addEntry(path);
    if (kind !== "farReaching" || !existing(path)) continue;
    for (const [folder] of foldersWithin(path, question.without, files)) watched(folder).all = true;
  }
  return folders;
}

/** Systems may report a name in another form than it was asked for: composed otherwise, or with other case. */
export function nameKey(name: string): string {
  return name.normalize().toLowerCase();
}
