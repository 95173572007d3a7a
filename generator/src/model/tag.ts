import type { Span } from "./declaration.ts";

/** A tag of the entries of a cache: `brand:{value.brandId}`. */
export interface TagDeclaration {
  /** As written in the YAML. */
  readonly text: string;
  readonly span: Span;
  /** The name before its parts. */
  readonly family: string;
  readonly parts: readonly TagPartDeclaration[];
}

/** Where a part of a tag comes from: a parameter of the key, or a field of the value, of which an array gives several tags. */
export type TagPartDeclaration =
  | { readonly kind: "key"; readonly name: string; readonly span: Span }
  | { readonly kind: "value"; readonly steps: readonly TagStep[]; readonly span: Span };

/** A property, or each item of an array. */
export type TagStep = { readonly kind: "property"; readonly name: string } | { readonly kind: "each" };

/** What a part of a tag is: parts of two kinds never mean the same thing. */
export type TagPartKind = "string" | "uuid" | "number" | "bigint" | "boolean" | "Date";

/** Whether a tag is known only when the value is. */
export function isOfValue({ parts }: TagDeclaration): boolean {
  return parts.some(({ kind }) => kind === "value");
}

/** What a part is called where tags are made: as the parameter, or as the last property of the field. */
export function tagPartName(part: TagPartDeclaration): string {
  if (part.kind === "key") return part.name;
  const names = part.steps.flatMap((step) => (step.kind === "property" ? [step.name] : []));
  return names.at(-1) ?? "value";
}

/** As in `value.shops[].id`. */
export function tagPathText(steps: readonly TagStep[]): string {
  return `value${steps.map((step) => (step.kind === "each" ? "[]" : `.${step.name}`)).join("")}`;
}
