import { isAbsolute, relative, sep } from "node:path";
import type { FileSystem } from "../../host.ts";
import type { Span } from "../../model/declaration.ts";

/** What reporters need to know of the files that findings lie in. */
export interface SourceTexts {
  /** The text that spans count in; `undefined` where the file cannot be read (any more). */
  text(file: string): string | undefined;
  /** The file as it is shown. */
  name(file: string): string;
}

/** The files as they are on the disk; names are relative to a folder where they lie below it. */
export function sourceTexts(files: FileSystem, folder: string): SourceTexts {
  const texts = new Map<string, string | undefined>();
  return {
    text: (file) => {
      if (!texts.has(file)) texts.set(file, readText(file, files));
      return texts.get(file);
    },
    name: (file) => displayPath(file, folder),
  };
}

function readText(file: string, files: FileSystem): string | undefined {
  if (files.kind(file) !== "file") return undefined;
  const bytes = files.read(file);
  return bytes && new TextDecoder().decode(bytes);
}

/** Line and column of an offset, both from one; a column counts UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function positionOf(text: string, offset: number): Position {
  const starts = lineStarts(text);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: Math.min(offset, text.length) - (starts[low] ?? 0) + 1 };
}

/** A line of a text, counted from one, without its line break; `undefined` past the ends. */
export function lineOf(text: string, line: number): string | undefined {
  const starts = lineStarts(text);
  const start = starts[line - 1];
  return start === undefined ? undefined : text.slice(start, starts[line]).replace(/[\r\n]+$/, "");
}

let lastText = "";
let lastStarts: readonly number[] = [0];

/** Kept for the last text: findings come file by file, and there may be a thousand in one. */
function lineStarts(text: string): readonly number[] {
  if (text !== lastText) {
    lastStarts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), ({ 0: end, index }) => index + end.length)];
    lastText = text;
  }
  return lastStarts;
}

/** Where a span begins, by the text of its file. */
export function startOf(span: Span, sources: SourceTexts): Position {
  return positionOf(sources.text(span.file) ?? "", span.start);
}

/** A path as people and tools expect it: relative where it lies below the folder, with `/`. */
export function displayPath(file: string, folder: string): string {
  const path = relative(folder, file);
  if (path === "" || path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path)) return file;
  return path.split(sep).join("/");
}
