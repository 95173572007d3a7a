import type { Validate } from "@cachetory/runtime";
import * as codegen from "@cachetory/runtime/codegen/v1";
import { printSourceFile } from "../emit/source-file.ts";
import { validator } from "../emit/validator.ts";
import type { CacheDeclaration } from "../model/declaration.ts";
import type { TypeIr } from "../model/type-ir.ts";

/**
 * The function that the generated module of a cache holds entries against, the very same text; `undefined` where it looks
 * into none.
 */
export async function loadValidator(cache: CacheDeclaration, ir: TypeIr | undefined): Promise<Validate | undefined> {
  const emitted = ir === undefined || !cache.isValidated ? undefined : validator(ir, "Value", cache.serializer);
  if (emitted === undefined) return undefined;
  const text = printSourceFile({
    source: "cachetory.yaml",
    folder: "/",
    importExtension: "js",
    exports: ["validate"],
    globals: [],
    blocks: [...emitted.blocks, ["export const validate = ", emitted.name, ";"]],
  });
  const { plainJavaScript } = await import("../resolve/plain-javascript.ts");
  const exports: { validate?: Validate } = {};
  // The text is the generator's own, and imports nothing but this.
  new Function("exports", "require", plainJavaScript(text))(exports, () => codegen);
  return exports.validate;
}
