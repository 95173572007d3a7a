/** A string as a TypeScript literal: in double quotes, or in single ones where that saves escaping. */
export function stringLiteral(text: string): string {
  const literal = escapeInvisible(JSON.stringify(text));
  if (!text.includes('"') || text.includes("'")) return literal;
  return `'${literal.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/** Text as it stands between the backticks of a template literal. */
export function templateText(text: string): string {
  return escapeInvisible(text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${"));
}

/** A whole number with its thousands apart: `3_600_000`. */
export function integerLiteral(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, "_");
}

/** Controls, line separators, marks that turn the reading direction, and lone surrogates, none of which an editor shows. */
const invisible = /[\p{Cc}\p{Cs}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Writes what a reader could not see as `\uXXXX`. */
export function escapeInvisible(text: string): string {
  return text.replace(invisible, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
