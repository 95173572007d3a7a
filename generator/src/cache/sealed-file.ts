import { dirname, join } from "node:path";
import type { FileSystem } from "../host.ts";
import { contentHash } from "../resolve/content-hash.ts";

/**
 * What was stored at `path` under this very key. Only what this generator wrote passes its seal, so that its shape needs no
 * check.
 */
export function readSealed(path: string, key: string, files: FileSystem): unknown {
  try {
    const bytes = files.read(path);
    if (bytes === undefined) return undefined;
    const text = new TextDecoder().decode(bytes);
    const end = text.indexOf("\n");
    const body = text.slice(end + 1);
    return end < 0 || text.slice(0, end) !== seal(key, body) ? undefined : JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Stores `value`, as JSON. That it cannot be written is no error: the next run does without it. */
export function writeSealed(path: string, key: string, value: unknown, files: FileSystem): void {
  const body = JSON.stringify(value);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    files.makeFolder(dirname(path));
    files.write(temporary, `${seal(key, body)}\n${body}`);
    files.rename(temporary, path);
  } catch {
    removeQuietly(temporary, files);
  }
}

/** A path in the nearest node_modules from `folder` upwards; `undefined` where there is none, for then none is made. */
export function sealedPath(folder: string, name: string, files: Pick<FileSystem, "kind">): string | undefined {
  for (let each = folder; ; each = dirname(each)) {
    const packages = join(each, "node_modules");
    if (files.kind(packages) === "folder") return join(packages, ".cache", "cachetory", `${name}.json`);
    if (each === dirname(each)) return undefined;
  }
}

function seal(key: string, body: string): string {
  return contentHash(JSON.stringify([key, contentHash(body)]));
}

function removeQuietly(path: string, files: FileSystem): void {
  try {
    files.remove(path);
  } catch {
    // It was not there, or stays: the cache folder may hold it.
  }
}
