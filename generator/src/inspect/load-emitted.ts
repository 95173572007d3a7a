import type { Validate } from "@cachetory/runtime";
import * as core from "@cachetory/runtime/codegen/v1/core";
import * as typed from "@cachetory/runtime/codegen/v1/typed";
import type { Code } from "../emit/code.ts";
import { printSourceFile } from "../emit/source-file.ts";
import { typedCodec } from "../emit/typed/typed-codec.ts";
import { validator } from "../emit/validator.ts";
import type { CacheDeclaration } from "../model/declaration.ts";
import { isTyped } from "../model/describing-steps.ts";
import type { TypeIr } from "../model/type-ir.ts";

/**
 * The function that the generated module of a cache holds entries against, the very same text; `undefined` where it looks
 * into none.
 */
export async function loadValidator(cache: CacheDeclaration, ir: TypeIr | undefined): Promise<Validate | undefined> {
  const emitted = ir === undefined || !cache.isValidated ? undefined : validator(ir, "Value", cache.serializer);
  return emitted && ((await load(emitted.blocks, emitted.name)) as Validate);
}

/** What the generated module of a cache writes and reads entries with, where its serializer is made for the type. */
export async function loadCodec(
  cache: CacheDeclaration,
  ir: TypeIr | undefined,
): Promise<typed.TypedCodec<unknown> | undefined> {
  const emitted = ir === undefined || !isTyped(cache.serializer) ? undefined : typedCodec(ir, "Value");
  return emitted && ((await load(emitted.blocks, emitted.name)) as typed.TypedCodec<unknown>);
}

async function load(blocks: readonly Code[], name: Code): Promise<unknown> {
  const text = printSourceFile({
    source: "cachetory.yaml",
    folder: "/",
    importExtension: "js",
    exports: ["Value", "loaded"],
    globals: [],
    blocks: ["export type Value = unknown;", ...blocks, ["export const loaded = ", name, ";"]],
  });
  const { plainJavaScript } = await import("../resolve/plain-javascript.ts");
  const exports: { loaded?: unknown } = {};
  // The text is the generator's own, and imports nothing but these.
  const codegen = { ...core, ...typed };
  new Function("exports", "require", plainJavaScript(text))(exports, () => codegen);
  return exports.loaded;
}
