import type { FileSystem } from "../host.ts";

/** The content of a file; `undefined` also for one that may not be read, which is no part of a project for the compiler. */
export function readOrAbsent(path: string, files: Pick<FileSystem, "read">): Uint8Array | undefined {
  try {
    return files.read(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EACCES" || code === "EPERM" || code === "ELOOP") return undefined;
    throw error;
  }
}
