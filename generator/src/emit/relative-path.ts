import path from "node:path";

/** The way from a folder to a file, with `/` on every platform. */
export function relativePath(folder: string, file: string): string {
  // Chosen by the path, not by the platform, so that the same project gives the same text everywhere.
  const isWindows = /^(?:[A-Za-z]:[\\/]|\\\\)/.test(folder);
  return isWindows ? path.win32.relative(folder, file).replaceAll("\\", "/") : path.posix.relative(folder, file);
}
