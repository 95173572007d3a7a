import path from "node:path";
import type { FileSystem } from "../host.ts";
import { foldersUpwards } from "./folders-upwards.ts";

/**
 * Path of the manifest of a package that an import from `folder` finds. `"unseen"` where Yarn's Plug'n'Play installs
 * without node_modules, so that what there is cannot be seen from here.
 */
export function findManifest(packageName: string, folder: string, files: FileSystem): string | "unseen" | undefined {
  const folders = foldersUpwards(folder);
  const manifests = folders.map((each) => path.join(each, "node_modules", packageName, "package.json"));
  const found = manifests.find((file) => files.kind(file) === "file");
  if (found !== undefined) return found;
  return folders.some((each) => files.kind(path.join(each, ".pnp.cjs")) === "file") ? "unseen" : undefined;
}
