import type { FileSystem } from "../host.ts";
import { messageOf } from "../message-of.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";

/** Ten times what a thousand caches take; the tree of a larger one would fill the memory before anything is said of it. */
const maxFileBytes = 16 * 1024 * 1024;

/**
 * The text of a UTF-8 file, without its byte order mark. Spans count in this text. A result with a `code` says why
 * there is none.
 */
export function readSourceText(path: string, files: FileSystem): { readonly text: string } | Diagnostic {
  let bytes: Uint8Array | undefined;
  try {
    if (files.kind(path) === "folder") {
      return errorAt("C1001", undefined, `${path} is a folder, not a file`, "Name the YAML file itself with -c");
    }
    bytes = files.read(path);
  } catch (error) {
    const reason = messageOf(error);
    return errorAt("C1001", undefined, `cannot read ${path}: ${reason}`, "Check that you may read it");
  }
  if (bytes === undefined) {
    const hint = "Run npx cachetory init to write one, or name the file with -c";
    return errorAt("C1001", undefined, `there is no file ${path}`, hint);
  }
  if (bytes.byteLength > maxFileBytes) {
    const message = `${path} has ${bytes.byteLength} bytes, and may have ${maxFileBytes}`;
    return errorAt("C1001", undefined, message, "Declare caches in several files, and include them");
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return errorAt("C1001", undefined, `${path} is not UTF-8 text`, "Save it with the encoding UTF-8");
  }
}

/** What to do where another file names one that `readSourceText` finds no text in. */
export function unreadableHint({ hint }: Diagnostic, path: string, files: Pick<FileSystem, "kind">): string {
  // The path is right where a file is: then it is the file that has to be mended.
  if (files.kind(path) === "file" && hint !== undefined) return hint;
  return pathHint;
}

export const pathHint = "Paths start at the folder of the file that they are written in";
