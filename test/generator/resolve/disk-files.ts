import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { FileSystem } from "../../../generator/src/host.ts";

/** The disk, as the generator is promised it. */
export const diskFiles: FileSystem = {
  read: (path) => orUndefined(() => readFileSync(path)),
  kind: (path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isDirectory() ? "folder" : stats?.isFile() ? "file" : undefined;
  },
  list: (path) => orUndefined(() => readdirSync(path).sort()) ?? [],
  entries: (path) => diskFiles.list(path).map((name) => ({ name, isFile: lstatSync(join(path, name)).isFile() })),
  realPath: (path) => orUndefined(() => realpathSync(path)) ?? path,
  write: (path, content) => writeFileSync(path, content),
  rename: (from, to) => renameSync(from, to),
  remove: (path) => rmSync(path),
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
};

function orUndefined<Answer>(ask: () => Answer): Answer | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
