import type { KeyPattern } from "./key-pattern.ts";

/** A pattern as it is declared, without the types of its parameters: `user:{userId}:profile`. */
export function patternText({ segments, revision }: KeyPattern): string {
  const parts = segments.map((segment) =>
    typeof segment === "string" ? segment.replace(/[{}]/g, "$&$&") : `{${segment.name}}`,
  );
  return `${parts.join("")}${revision === undefined ? "" : `~r${revision}`}`;
}
