import { basename, join } from "node:path";
import type { FileSystem } from "../host.ts";
import { contentHash } from "./content-hash.ts";
import { readOrAbsent } from "./read-or-absent.ts";

/**
 * The files of TypeScript at or below a path that may count although nothing imports them: those that are no modules, and
 * those that say that they add to the world or to other modules. Their text alone tells, which takes no compiler; some that look
 * so do not count.
 */
export function farReachingFiles(path: string, without: readonly string[], files: FileSystem): readonly string[] {
  return sourcesWithin(path, without, files).filter((file) => isFarReaching(file, files));
}

/** The same while `farReachingFiles` finds the same, in much less time; `undefined` where files have no stamp. */
export function sourcesStamp(path: string, without: readonly string[], files: FileSystem): string | undefined {
  const stamps: string[] = [];
  for (const source of sourcesWithin(path, without, files)) {
    const stamp = files.stamp?.(source);
    if (stamp === undefined) return undefined;
    stamps.push(`${source} ${stamp}`);
  }
  return contentHash(stamps.join("\n"));
}

/** Whether a file of this name is one of TypeScript. */
export function isSource(name: string): boolean {
  return /.\.(?:tsx?|[cm]ts)$/.test(name);
}

function sourcesWithin(path: string, without: readonly string[], files: FileSystem): readonly string[] {
  if (files.kind(path) === "file") return isSource(basename(path)) ? [path] : [];
  return [...foldersWithin(path, without, files)].flatMap(([folder, names]) => {
    const all = new Set(names);
    return names.filter((name) => !isBesideSource(name, all)).map((name) => join(folder, name));
  });
}

/** The folder itself and all that lie in it, each with the names of its sources, but for what is in `without`. */
export function* foldersWithin(
  path: string,
  without: readonly string[],
  files: Pick<FileSystem, "kind" | "list" | "realPath">,
): Generator<readonly [folder: string, names: readonly string[]]> {
  const left = new Set(without);
  // Links may lead back to where they lie.
  const seen = new Set<string>();
  const folders = [path];
  // Grows while it is gone through.
  for (const folder of folders) {
    const real = files.realPath(folder);
    if (seen.has(real)) continue;
    seen.add(real);
    const names: string[] = [];
    for (const name of files.list(folder)) {
      const entry = join(folder, name);
      // Thousands of names are of sources: what they are is asked of none.
      if (isSource(name)) names.push(name);
      else if (!left.has(entry) && !isPassedOver(name) && files.kind(entry) === "folder") folders.push(entry);
    }
    yield [folder, names];
  }
}

/** As the compiler takes them for no part of a project, unless it is told to. */
export function isPassedOver(name: string): boolean {
  return name.startsWith(".") || name === "node_modules";
}

/** Of a source and a declaration file of the same name, the compiler takes the source. */
function isBesideSource(name: string, names: ReadonlySet<string>): boolean {
  const [, stem, ending] = /^(.*)\.d\.([cm]?ts)$/.exec(name) ?? [];
  return names.has(`${stem}.${ending}`) || (ending === "ts" && names.has(`${stem}.tsx`));
}

function isFarReaching(path: string, files: Pick<FileSystem, "kind" | "read">): boolean {
  const content = files.kind(path) === "file" ? readOrAbsent(path, files) : undefined;
  if (content === undefined) return false;
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  // UTF-16: rare enough to leave it to the compiler.
  if (bytes[0] === 0xff || bytes[0] === 0xfe) return true;
  // Nearly no file holds these words, and bytes are searched in a tenth of the time that an expression takes.
  if (bytes.includes("declare") && /\bdeclare\s+(?:module|global)\b/.test(bytes.toString("latin1"))) return true;
  const isOfNamespaces = /\bexport\s+as\s+namespace\b|^(?:declare\s+)?namespace\s/m;
  if (bytes.includes("namespace") && isOfNamespaces.test(bytes.toString("latin1"))) return true;
  // Most say it at their beginning.
  return !isModule(bytes.subarray(0, 2000).toString("latin1")) && !isModule(bytes.toString("latin1"));
}

/**
 * Whether a line begins with `import` or `export`, and is no comment, nor gives a part of a namespace another name. What is a module
 * all the same costs but time.
 */
function isModule(text: string): boolean {
  for (const { index } of text.matchAll(/^(?:\xef\xbb\xbf)?(?:import(?!\s+[\w$]+\s*=\s*[\w$]+\s*[.;])|export)\b/gm)) {
    if (index === 0 || text.lastIndexOf("/*", index) <= text.lastIndexOf("*/", index)) return true;
  }
  return false;
}
