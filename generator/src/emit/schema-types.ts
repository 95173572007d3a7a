import type { CacheDeclaration } from "../model/declaration.ts";
import { generatedNames } from "../model/generated-names.ts";
import type { SchemaType, SchemaTypeText } from "../model/schema-type.ts";
import { notesText } from "../schema/notes-text.ts";
import { spaceBefore } from "../schema/type-text.ts";
import type { Code } from "./code.ts";
import { codeSpan, docstring } from "./docstring.ts";

/** The types of a JSON Schema: the value itself, then those that it names, each called after the cache. */
export function schemaTypes(cache: string, { notes, text, types }: SchemaType): readonly Code[] {
  const about = notesText(notes);
  const value = declaration(cache, "Value", `Value of ${codeSpan(cache)}.${about === "" ? "" : `\n\n${about}`}`, text);
  return [value, ...types.map((type) => declaration(cache, type.name, notesText(type.notes), type.text))];
}

/** The names of these types, but for that of the value. */
export function schemaTypeNames({ name, value }: CacheDeclaration): readonly string[] {
  return value.kind === "schema" ? value.type.types.map((type) => typeName(name, type.name)) : [];
}

function declaration(cache: string, name: string, about: string, text: SchemaTypeText): Code {
  const comment = about === "" ? "" : `${docstring(about)}\n`;
  const parts = text.map((part) => (typeof part === "string" ? part : typeName(cache, part.name)));
  return [comment, `export type ${typeName(cache, name)} =${spaceBefore(text)}`, ...parts, ";"];
}

/** `UserProfileAddress` for the address of `userProfile`. */
function typeName(cache: string, name: string): string {
  return `${generatedNames(cache).value.slice(0, -"Value".length)}${name}`;
}
