import { prose } from "../emit/docstring.ts";
import type { Notes } from "../model/type-ir.ts";

/** What a JSON Schema says for people, as the text of a docstring; empty where it says nothing. */
export function notesText(notes: Notes | undefined): string {
  const { title, description, deprecated, examples = [] } = notes ?? {};
  const paragraphs = [title, description].map((text) => prose(text?.trim() ?? "")).filter((text) => text !== "");
  const tags = [
    ...(deprecated === true ? ["@deprecated"] : []),
    ...(notes !== undefined && "default" in notes ? [`@default ${JSON.stringify(notes.default)}`] : []),
    ...examples.map((example) => `@example ${JSON.stringify(example)}`),
  ];
  return [...paragraphs, tags.join("\n")].filter((text) => text !== "").join("\n\n");
}
