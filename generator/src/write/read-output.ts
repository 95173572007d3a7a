import path from "node:path";
import type { FileSystem } from "../host.ts";
import { isGenerated } from "./is-generated.ts";
import type { ExistingEntry } from "./output-plan.ts";
import { isStagedName } from "./staged-name.ts";

/** What a plan must know of the output folder: the files to be, and whatever may be an earlier run's. */
export function readOutput(folder: string, wanted: readonly string[], files: FileSystem): readonly ExistingEntry[] {
  const listed = files.list(folder);
  const isListed = new Set(listed);
  const isWanted = new Set(wanted);
  const realFolder = files.realPath(folder);
  const entries = listed
    .filter((name) => isWanted.has(name) || name === "index.ts" || name.endsWith(".gen.ts") || isStagedName(name))
    .map((name) => ({ name, content: plainContent(folder, realFolder, name, files) }));
  // Where letter case does not part names, `User.gen.ts` answers for `user.gen.ts` too. As an orphan it is out of the
  // way before the new file comes; if it is nobody's orphan, it stands in the way.
  const byLowerCase = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  const shadows = wanted
    .filter((name) => !isListed.has(name) && files.kind(path.join(folder, name)) !== undefined)
    .filter((name) => !isGenerated(byLowerCase.get(name.toLowerCase())?.content))
    .map((name) => ({ name, content: undefined }));
  return [...entries, ...shadows];
}

function plainContent(folder: string, realFolder: string, name: string, files: FileSystem): Uint8Array | undefined {
  const file = path.join(folder, name);
  const isLink = files.realPath(file) !== path.join(realFolder, name);
  return isLink || files.kind(file) !== "file" ? undefined : files.read(file);
}
