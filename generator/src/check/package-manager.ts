import path from "node:path";
import type { FileSystem } from "../host.ts";
import { foldersUpwards } from "./folders-upwards.ts";

const addCommands: readonly (readonly [lockfile: string, command: string])[] = [
  ["pnpm-lock.yaml", "pnpm add"],
  ["yarn.lock", "yarn add"],
  ["bun.lock", "bun add"],
  ["bun.lockb", "bun add"],
  ["package-lock.json", "npm install"],
];

/** How the project around `folder` adds a package, as its lockfile tells; npm's way where there is none. */
export function installCommand(folder: string, packageName: string, files: FileSystem): string {
  for (const each of foldersUpwards(folder)) {
    const found = addCommands.find(([lockfile]) => files.kind(path.join(each, lockfile)) === "file");
    if (found !== undefined) return `${found[1]} ${packageName}`;
  }
  return `npm install ${packageName}`;
}
