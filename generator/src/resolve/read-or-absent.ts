import type { FileSystem } from "../host.ts";
import { isClosed } from "../is-closed.ts";

/** The content of a file; `undefined` also for one that may not be read, which is no part of a project for the compiler. */
export function readOrAbsent(path: string, files: Pick<FileSystem, "read">): Uint8Array | undefined {
  try {
    return files.read(path);
  } catch (error) {
    if (isClosed(error)) return undefined;
    throw error;
  }
}
