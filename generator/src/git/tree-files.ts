import { basename, dirname, join } from "node:path";
import type { FileSystem } from "../host.ts";
import type { GitTree } from "./git-tree.ts";

/**
 * The disk as a commit had it: what git does not keep, as `node_modules`, is as it is now. To read alone; whoever writes
 * meets an error.
 */
export function treeFiles(tree: Pick<GitTree, "contents" | "absent">, disk: FileSystem): FileSystem {
  const folders = new Map<string, Set<string>>();
  for (const path of tree.contents.keys()) {
    for (let [folder, name] = [dirname(path), basename(path)]; ; [folder, name] = [dirname(folder), basename(folder)]) {
      const names = folders.get(folder) ?? new Set();
      folders.set(folder, names);
      names.add(name);
      if (folder === dirname(folder)) break;
    }
  }
  const realFolders = new Map<string, string>();
  const realFolder = (folder: string): string => {
    const known = realFolders.get(folder);
    if (known !== undefined) return known;
    const isThere = disk.kind(folder) !== undefined || folder === dirname(folder);
    const real = isThere ? disk.realPath(folder) : join(realFolder(dirname(folder)), basename(folder));
    realFolders.set(folder, real);
    return real;
  };
  // Packages of one repository are linked to one another: git knows the files by where they are.
  const real = (path: string): string => join(realFolder(dirname(path)), basename(path));
  const refuse = (): never => {
    throw new Error("What a commit had is not to be written, nor looked at for that.");
  };
  return {
    read(path) {
      const at = real(path);
      return tree.absent.has(at) ? undefined : (tree.contents.get(at) ?? disk.read(path));
    },
    kind(path) {
      const at = real(path);
      if (tree.contents.has(at)) return "file";
      if (folders.has(at)) return "folder";
      return tree.absent.has(at) ? undefined : disk.kind(path);
    },
    list(path) {
      const at = realFolder(path);
      const now = disk.list(path).filter((name) => !tree.absent.has(join(at, name)));
      return [...new Set([...now, ...(folders.get(at) ?? [])])].sort();
    },
    entries: refuse,
    realPath(path) {
      const at = real(path);
      return tree.contents.has(at) || disk.kind(path) === undefined ? at : disk.realPath(path);
    },
    write: refuse,
    rename: refuse,
    remove: refuse,
    makeFolder: refuse,
  };
}
