import type { Misfit } from "@cachetory/runtime/codegen/v1/core";
import { printSourceFile } from "../../generator/src/emit/source-file.ts";
import { validator } from "../../generator/src/emit/validator.ts";
import type { TypeIr } from "../../generator/src/model/type-ir.ts";
import { moduleExport } from "./emitted-module.ts";

export type DescribingStep = "json" | "msgpack" | "pickle" | "v8";

export type Validate = (value: unknown) => Misfit | undefined;

/** The module of a validator alone; empty where there is nothing to check. */
export function validatorText(type: TypeIr, step: DescribingStep): string {
  const emitted = validator(type, "RootValue", [{ scheme: step, options: [] }]);
  if (emitted === undefined) return "";
  return printSourceFile({
    source: "cachetory.yaml",
    folder: "/app/src/caches",
    importExtension: "js",
    exports: ["validate"],
    globals: [],
    blocks: [...emitted.blocks, ["export const validate = ", emitted.name, ";"]],
  });
}

/** What the generator emits for a type, compiled and loaded; where it emits nothing, what finds nothing. */
export function emittedValidator(type: TypeIr, step: DescribingStep = "json"): Validate {
  const text = validatorText(type, step);
  if (text === "") return () => undefined;
  return moduleExport(text, "validate");
}
