import type { BuiltinName } from "../../model/type-ir.ts";

const textual: ReadonlySet<BuiltinName> = new Set([
  "RegExp",
  "URL",
  "PythonDate",
  "PythonDecimal",
  "PythonTimedelta",
  "PythonUuid",
]);

/** Whether a value of the class is written as a text that says all of it. */
export function isTextual(name: BuiltinName): boolean {
  return textual.has(name);
}
