import type { FileSystem } from "../../../generator/src/host.ts";

/** A disk of files alone, which nothing can be written to. */
export function readOnlyFiles(files: Readonly<Record<string, string | Uint8Array>>): FileSystem {
  const refuse = (): never => {
    throw new Error("reading must not write");
  };
  return {
    read: (path) => {
      const content = files[path];
      return typeof content === "string" ? new TextEncoder().encode(content) : content;
    },
    kind: (path) => (Object.hasOwn(files, path) ? "file" : undefined),
    list: () => [],
    entries: () => [],
    realPath: (path) => path,
    write: refuse,
    rename: refuse,
    remove: refuse,
    makeFolder: refuse,
  };
}
