import { clearedPart } from "./cleared-parts.ts";
import type { KeyField } from "./key-text.ts";
import { type Language, literal, sequence } from "./language.ts";
import { isWritten, writtenPart } from "./written-parts.ts";

/** Whose texts: those that keys have, or those that `clear` takes for keys of its cache. */
export type Side = "written" | "cleared";

/** The language of a field, whose positions know their segment. */
export interface FieldLanguage extends Language {
  readonly field: KeyField;
  readonly side: Side;
  /** For each position, the index of its segment. */
  readonly segmentAt: readonly number[];
}

export function fieldLanguage(field: KeyField, side: Side): FieldLanguage {
  const parts = field.segments.map((segment) => {
    if (segment.kind === "literal") return literal(segment.text);
    return side === "written" ? writtenPart(segment.type) : clearedPart(segment.type);
  });
  const segmentAt = parts.flatMap((part, index) => part.characters.map(() => index));
  return { ...sequence(...parts), field, side, segmentAt };
}

/** What each parameter is in a text that led through these positions, and whether values can become that. */
export function partsOf(
  { field, side, segmentAt }: FieldLanguage,
  characters: readonly string[],
  positions: readonly number[],
): { readonly texts: readonly string[]; readonly isWritten: boolean } {
  const texts = field.segments.map(() => "");
  for (const [index, character] of characters.entries()) {
    const segment = segmentAt[positions[index] ?? 0] ?? 0;
    texts[segment] += character;
  }
  const parts = field.segments.flatMap((segment, index) =>
    segment.kind === "parameter" ? [{ type: segment.type, text: texts[index] ?? "" }] : [],
  );
  return {
    texts: parts.map(({ text }) => text),
    isWritten: side === "cleared" || parts.every(({ type, text }) => isWritten(type, text)),
  };
}
