import type { Span } from "../../model/declaration.ts";
import { withoutSecrets } from "../../model/without-secrets.ts";
import { displayWidth, graphemes } from "./display-width.ts";
import { printable } from "./printable.ts";
import { lineOf, positionOf } from "./source-texts.ts";

/** The line that a span begins in, and what underlines the span in it; the two fit column by column. */
export interface CodeFrame {
  readonly line: number;
  /** The line before, where it is not blank. */
  readonly before: string | undefined;
  readonly text: string;
  /** Spaces, then `^` under the offending text. */
  readonly underline: string;
}

const maxColumns = 120;
/** Columns that are kept before the offending text where a line is cut. */
const lead = 40;

export function codeFrame(text: string, span: Span): CodeFrame {
  const { line, column } = positionOf(text, span.start);
  const shown = withoutSecrets(lineOf(text, line) ?? "");
  const start = column - 1;
  const end = Math.min(start + Math.max(span.end - span.start, 1), Math.max(shown.length, start + 1));
  const before = lineOf(text, line - 1);
  const isBlank = before === undefined || before.trim() === "";
  return {
    line,
    before: isBlank ? undefined : cut(cells(withoutSecrets(before)), 0).text,
    ...underlined(shown, start, end),
  };
}

function underlined(line: string, start: number, end: number): { readonly text: string; readonly underline: string } {
  const all = cells(line);
  const startColumn = columnsBefore(all, start);
  const endColumn = Math.max(columnsBefore(all, end), startColumn + 1);
  const lineColumns = columnsBefore(all, line.length);
  const from = lineColumns > maxColumns && startColumn > lead ? startColumn - lead : 0;
  const { text, shift, columns } = cut(all, from);
  const first = startColumn - shift;
  const length = Math.max(1, Math.min(endColumn - shift, columns) - first);
  return { text, underline: " ".repeat(first) + "^".repeat(length) };
}

/** A character as it is printed, with its offset in the line. */
interface Cell {
  readonly index: number;
  readonly text: string;
  readonly columns: number;
}

function cells(line: string): readonly Cell[] {
  // Splitting into graphemes costs about a microsecond a character; nearly every line needs none of it.
  const isPlain = /^[\x20-\x7e]*$/.test(line);
  const characters = isPlain ? [...line].map((segment, index) => ({ segment, index })) : graphemes(line);
  return characters.map(({ segment, index }) => {
    if (segment === "\t") return { index, text: "  ", columns: 2 };
    const text = printable(segment);
    return { index, text, columns: text === segment ? displayWidth(segment) : text.length };
  });
}

function columnsBefore(line: readonly Cell[], offset: number): number {
  let columns = 0;
  for (const cell of line) {
    if (cell.index >= offset) return columns;
    columns += cell.columns;
  }
  return columns;
}

/** What fits from a column on, with … where something is left out; `shift` is what a column lost. */
function cut(
  line: readonly Cell[],
  from: number,
): { readonly text: string; readonly shift: number; readonly columns: number } {
  let at = 0;
  let text = "";
  let columns = 0;
  let shift = 0;
  for (const cell of line) {
    const isBefore = at < from;
    at += cell.columns;
    if (isBefore) {
      // The … takes a column of its own.
      shift = at - 1;
      continue;
    }
    if (shift > 0 && text === "") {
      text = "…";
      columns = 1;
    }
    if (columns + cell.columns > maxColumns) return { text: `${text}…`, shift, columns };
    text += cell.text;
    columns += cell.columns;
  }
  return { text, shift, columns };
}
