import { CachetoryError } from "../errors.ts";
import { bigintPart, boolPart, datePart, numberPart, stringPart } from "../keys/key-parts.ts";

/** What a part of a tag can be. */
export type TagPart = string | number | bigint | boolean | Date;

/** A name that entries of several caches of one backend have in common, by which they are invalidated together. */
export class Tag {
  /** The name without its parts, as `product`. */
  readonly family: string;
  /** Its parts, each encoded as in a key. */
  readonly parts: readonly string[];

  constructor(family: string, parts: readonly string[]) {
    this.family = family;
    this.parts = parts;
  }

  /** As in `product:7`. */
  get text(): string {
    return [this.family, ...this.parts].join(":");
  }
}

/**
 * The tag of a family that has these parts; two that differ are two tags, but a number and its text are one.
 *
 * @throws CachetoryError `INVALID_KEY` for a family that is no name, and for a part that no key could have
 *
 * @example
 * ```ts
 * tag("product", 7).text; // "product:7"
 * ```
 */
export function tag(family: string, ...parts: readonly TagPart[]): Tag {
  if (!/^[A-Za-z][\w-]*$/.test(family)) {
    throw new CachetoryError(
      "INVALID_KEY",
      `"${family}" is no family of tags: write letters, digits, - and _, a letter first.`,
    );
  }
  return new Tag(
    family,
    parts.map((part, index) => encoded(part, `${family}[${index}]`)),
  );
}

function encoded(part: TagPart, label: string): string {
  switch (typeof part) {
    case "number":
      return numberPart(part, label);
    case "bigint":
      return bigintPart(part, label);
    case "boolean":
      return boolPart(part, label);
    case "string":
      return stringPart(part, label);
    default:
      return datePart(part, label);
  }
}
