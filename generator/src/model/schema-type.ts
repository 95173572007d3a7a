import type { Notes, TypeId, TypeIr } from "./type-ir.ts";

/** A value type that is declared as a JSON Schema, in TypeScript's words too. These name no global types. */
export interface SchemaType {
  /** The file that it is written in. */
  readonly file: string;
  readonly notes: Notes | undefined;
  readonly ir: TypeIr;
  readonly text: SchemaTypeText;
  /** Further types that texts name; the type itself is named `Value`. */
  readonly types: readonly NamedSchemaType[];
}

/** A type's text in order; an object stands for a name, to which the emitter gives its beginning. */
export type SchemaTypeText = readonly (string | { readonly name: string })[];

export interface NamedSchemaType {
  readonly id: TypeId;
  readonly name: string;
  readonly notes: Notes | undefined;
  readonly text: SchemaTypeText;
}
