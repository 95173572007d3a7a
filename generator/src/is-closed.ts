/** Whether an error says that a path is closed to us: a folder that is somebody else's, or a link onto itself. For a compiler, nothing is there. */
export function isClosed(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EACCES" || code === "EPERM" || code === "ELOOP";
}
