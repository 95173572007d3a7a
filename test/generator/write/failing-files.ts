import type { FileSystem } from "../../../generator/src/host.ts";
import { systemError } from "./memory-files.ts";

export interface Fault {
  /** The how-manieth change of the disk it is, from 1. */
  readonly at: number;
  /** `"once"`: this change fails. `"killed"`: it and all that would follow, as if the process were gone. */
  readonly lasts: "once" | "killed";
  /** Whether the change has happened when it fails; of a written file, the first half. */
  readonly leaves: "nothing" | "part" | "all";
  readonly code?: string;
}

/** A disk on which one change of those made goes wrong. */
export function failing(files: FileSystem, fault: Fault): FileSystem & { readonly changes: number } {
  let changes = 0;
  const change = (all: () => void, part: () => void = () => {}): void => {
    changes++;
    const isFault = fault.lasts === "once" ? changes === fault.at : changes >= fault.at;
    if (!isFault) {
      all();
      return;
    }
    if (changes === fault.at && fault.leaves === "all") all();
    if (changes === fault.at && fault.leaves === "part") part();
    throw systemError(fault.code ?? "EIO");
  };
  return {
    get changes() {
      return changes;
    },
    read: (path) => files.read(path),
    kind: (path) => files.kind(path),
    list: (path) => files.list(path),
    entries: (path) => files.entries(path),
    realPath: (path) => files.realPath(path),
    write: (path, content) =>
      change(
        () => files.write(path, content),
        () => files.write(path, content.slice(0, content.length / 2)),
      ),
    rename: (from, to) => change(() => files.rename(from, to)),
    remove: (path) => change(() => files.remove(path)),
    makeFolder: (path) => change(() => files.makeFolder(path)),
  };
}
