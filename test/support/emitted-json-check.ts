import { jsonCheck } from "../../generator/src/emit/json/json-check.ts";
import { printSourceFile } from "../../generator/src/emit/source-file.ts";
import type { TypeIr } from "../../generator/src/model/type-ir.ts";
import { moduleExport } from "./emitted-module.ts";

/** The module of what tells of values that JSON surely keeps them; empty where nothing is emitted. */
export function jsonCheckText(type: TypeIr): string {
  const emitted = jsonCheck(type, "RootValue", [{ scheme: "json", options: [] }]);
  if (emitted === undefined) return "";
  return printSourceFile({
    source: "cachetory.yaml",
    folder: "/app/src/caches",
    importExtension: "js",
    exports: ["jsonKeeps"],
    globals: [],
    blocks: [...emitted.blocks, ["export const jsonKeeps = ", emitted.name, ";"]],
  });
}

/** What the generator emits for a type, compiled and loaded; `undefined` where it emits nothing. */
export function emittedJsonCheck(type: TypeIr): ((value: unknown) => boolean) | undefined {
  const text = jsonCheckText(type);
  if (text === "") return undefined;
  return moduleExport(text, "jsonKeeps");
}
