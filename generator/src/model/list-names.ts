import { clip } from "@cachetory/runtime/schemes";

const maxNames = 8;

/** Names for a message, in their order; of many the first, and how many more there are. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, maxNames).map((name) => clip(name));
  return `${shown.join(", ")}${names.length > maxNames ? ` and ${names.length - maxNames} more` : ""}`;
}
