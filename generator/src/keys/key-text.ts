import type { KeyParameter, KeyPattern, KeySegment } from "../model/declaration.ts";

/** What a key is made of: prefix, pattern and revision. */
export interface KeyForm {
  readonly prefix: string;
  readonly pattern: KeyPattern;
  readonly revision: number | undefined;
}

/**
 * The text of all keys of a cache, cut at the characters that no value can bring into a key: `:`, `{`, `}` and `~` are
 * escaped in strings, and occur in nothing else. So two keys are equal only where their separators are, and what stands
 * between them; and each field can be looked at by itself.
 */
export interface KeyText {
  readonly separators: string;
  /** One more than there are separators. */
  readonly fields: readonly KeyField[];
}

/** Literal text and parameters without separators. */
export interface KeyField {
  readonly segments: readonly KeySegment[];
  readonly parameters: readonly KeyParameter[];
  /** The same for fields that differ in names of parameters alone. */
  readonly shape: string;
  /** All of it where it has no parameters. */
  readonly text: string | undefined;
  /** The literal text before the first parameter, and that after the last one. */
  readonly head: string;
  readonly tail: string;
}

/** Whether the literal ends of two fields allow that they are alike: a cheap question, before the dear one. */
export function haveLikeEnds(a: KeyField, b: KeyField): boolean {
  const areHeadsAlike = a.head.startsWith(b.head) || b.head.startsWith(a.head);
  return areHeadsAlike && (a.tail.endsWith(b.tail) || b.tail.endsWith(a.tail));
}

const separator = /[:{}~]/;

export function keyTextOf({ prefix, pattern, revision }: KeyForm): KeyText {
  const segments: readonly KeySegment[] = [
    { kind: "literal", text: prefix },
    ...pattern.segments,
    { kind: "literal", text: revision === undefined ? "" : `~r${revision}` },
  ];
  let separators = "";
  const fields: KeySegment[][] = [[]];
  for (const segment of segments) {
    if (segment.kind === "parameter") {
      fields.at(-1)?.push(segment);
      continue;
    }
    for (const [index, text] of segment.text.split(separator).entries()) {
      if (index > 0) fields.push([]);
      append(fields.at(-1) ?? [], text);
    }
    separators += segment.text.match(new RegExp(separator, "g"))?.join("") ?? "";
  }
  return { separators, fields: fields.map(fieldOf) };
}

/** Fields with the separators between them. */
export function joinFields({ separators }: KeyText, fields: readonly string[]): string {
  return fields.map((field, index) => field + separators.charAt(index)).join("");
}

function append(field: KeySegment[], text: string): void {
  const last = field.at(-1);
  if (text === "") return;
  if (last?.kind === "literal") field[field.length - 1] = { kind: "literal", text: last.text + text };
  else field.push({ kind: "literal", text });
}

/** A field of segments, of which none holds a separator. */
export function fieldOf(segments: readonly KeySegment[]): KeyField {
  const parameters = segments.filter((segment) => segment.kind === "parameter");
  const literalAt = (index: number): string => {
    const segment = segments.at(index);
    return segment?.kind === "literal" ? segment.text : "";
  };
  return {
    segments,
    parameters,
    shape: JSON.stringify(segments.map((segment) => (segment.kind === "literal" ? segment.text : segment.type))),
    text: parameters.length === 0 ? literalAt(0) : undefined,
    head: literalAt(0),
    tail: literalAt(-1),
  };
}
