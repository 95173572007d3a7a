import { clip } from "@cachetory/runtime/schemes";
import type { KeyParameter, KeyPattern } from "../model/declaration.ts";
import { withColons } from "./written-date.ts";
import { readString } from "./written-string.ts";

/** The values that became the parts of a key, for a message: `{id: "a:b", page: 1}`, or `the key` where it has none. */
export function showValues({ segments }: Pick<KeyPattern, "segments">, parts: readonly string[]): string {
  const parameters = segments.filter((segment) => segment.kind === "parameter");
  const values = parameters.map(
    (parameter, index) => `${clip(parameter.name)}: ${showValue(parameter, parts[index] ?? "")}`,
  );
  return values.length === 0 ? "the key" : `{${values.join(", ")}}`;
}

function showValue({ type }: KeyParameter, part: string): string {
  switch (type.kind) {
    case "string":
      return JSON.stringify(clip(readString(part)));
    case "int":
    case "number":
    case "bool":
      return part;
    case "bigint":
      return `${part}n`;
    case "date":
      return `new Date("${withColons(part)}")`;
    case "hash":
      return `what has the hash ${part}`;
    case "secret":
      return `the secret of ${part}`;
    case "uuid":
    case "union":
      return JSON.stringify(clip(part));
    default:
      return type satisfies never;
  }
}
