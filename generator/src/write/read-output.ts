import path from "node:path";
import type { FileSystem } from "../host.ts";
import { isGenerated } from "./is-generated.ts";
import type { ExistingEntry } from "./output-plan.ts";
import { isStagedElsewhere, isStagedName } from "./staged-name.ts";

/** More often than runs at once could change the folder between two looks. */
const maxLooks = 10;

/**
 * What a plan must know of the output folder: the files to be, and whatever may be an earlier run's. What another run writes
 * while it is looked at is not in the way: that is only what stands there at a second look too.
 */
export function readOutput(
  folder: string,
  wanted: readonly string[],
  files: Pick<FileSystem, "entries" | "kind" | "read">,
): readonly ExistingEntry[] {
  let entries = look(folder, wanted, files);
  for (let looks = 1; looks < maxLooks && unread(entries) !== ""; looks++) {
    const before = unread(entries);
    entries = look(folder, wanted, files);
    if (unread(entries) === before) break;
  }
  return entries;
}

function unread(entries: readonly ExistingEntry[]): string {
  return entries.flatMap(({ name, content }) => (content === undefined ? [name] : [])).join("\n");
}

function look(
  folder: string,
  wanted: readonly string[],
  files: Pick<FileSystem, "entries" | "kind" | "read">,
): readonly ExistingEntry[] {
  const listed = files.entries(folder);
  const isListed = new Set(listed.map(({ name }) => name));
  const isWanted = new Set(wanted);
  const entries = listed
    .filter(({ name }) => isWanted.has(name) || name === "index.ts" || name.endsWith(".gen.ts") || isStagedName(name))
    .filter(({ name }) => !isStagedElsewhere(name))
    .map(({ name, isFile }) => ({ name, content: isFile ? files.read(path.join(folder, name)) : undefined }));
  // Where letter case does not part names, `User.gen.ts` answers for `user.gen.ts` too. As an orphan it is out of the
  // way before the new file comes; if it is nobody's orphan, it stands in the way.
  const byLowerCase = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  const shadows = wanted
    .filter((name) => !isListed.has(name) && files.kind(path.join(folder, name)) !== undefined)
    .filter((name) => !isGenerated(byLowerCase.get(name.toLowerCase())?.content))
    .map((name) => ({ name, content: undefined }));
  return [...entries, ...shadows];
}
