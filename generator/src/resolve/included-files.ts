import { basename, dirname, join } from "node:path";
import { ts } from "ts-morph";
import type { FileSystem } from "../host.ts";
import { isPassedOver, isSource } from "./far-reaching-files.ts";
import type { RecordedFiles } from "./recorded-files.ts";

/**
 * The files that a tsconfig includes by patterns, as the compiler finds them, of which only those count that may without
 * being imported: a project has thousands of others, and to compile them takes long.
 */
export function includedFiles(
  folder: string,
  extensions: readonly string[],
  excludes: readonly string[] | undefined,
  includes: readonly string[],
  output: string | undefined,
  files: RecordedFiles,
): readonly string[] {
  const looked = new Set<string>();
  const passedOver = new Set<string>();
  const look: Look = (path) => {
    looked.add(path);
    passedOver.delete(path);
    if (path === output) return { files: [], directories: [] };
    const found = contentOf(path, files.unrecorded);
    for (const name of found.directories) if (!looked.has(join(path, name))) passedOver.add(join(path, name));
    return found;
  };
  const realPath = (path: string): string => files.unrecorded.realPath(path);
  const matched = new Set(matchFiles(folder, extensions, excludes, includes, true, folder, undefined, look, realPath));
  if (output !== undefined) passedOver.add(output);
  const starts = [...looked].filter((path) => !looked.has(dirname(path)) || isPassedOver(basename(path)));
  const found = starts.flatMap((path) => files.farReaching(path, [...passedOver].filter(isWithin(path)).sort()));
  return found.filter((path) => matched.has(path));
}

function contentOf(folder: string, files: FileSystem): ReturnType<Look> {
  const names = files.list(folder);
  const isFolder = (name: string): boolean => !isSource(name) && files.kind(join(folder, name)) === "folder";
  const folders = new Set(names.filter(isFolder));
  return { files: names.filter((name) => !folders.has(name)), directories: [...folders] };
}

function isWithin(folder: string): (path: string) => boolean {
  return (path) => path.startsWith(`${folder}/`);
}

type Look = (path: string) => { readonly files: readonly string[]; readonly directories: readonly string[] };

// The compiler's own, which it keeps to itself: it alone knows what patterns mean, and asks for no disk.
const { matchFiles } = ts as typeof ts & {
  readonly matchFiles: (
    path: string,
    extensions: readonly string[],
    excludes: readonly string[] | undefined,
    includes: readonly string[],
    useCaseSensitiveFileNames: boolean,
    currentDirectory: string,
    depth: number | undefined,
    look: Look,
    realPath: (path: string) => string,
  ) => readonly string[];
};
