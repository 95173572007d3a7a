import * as codegen from "@cachetory/runtime/codegen/v1";
import ts from "typescript-6";
import { printSourceFile } from "../../generator/src/emit/source-file.ts";
import { typedCodec } from "../../generator/src/emit/typed/typed-codec.ts";
import type { TypeIr } from "../../generator/src/model/type-ir.ts";

export type Codec = codegen.TypedCodec<unknown>;

/** The module of a codec alone. */
export function codecText(type: TypeIr): string {
  const emitted = typedCodec(type, "RootValue");
  return printSourceFile({
    source: "cachetory.yaml",
    folder: "/app/src/caches",
    importExtension: "js",
    exports: ["RootValue"],
    globals: [],
    blocks: ["export type RootValue = unknown;", ...emitted.blocks, ["export { ", emitted.name, " };"]],
  });
}

/** The same as JavaScript, which asks for `exports` and `require`. */
export function codecScript(type: TypeIr): string {
  const { outputText } = ts.transpileModule(codecText(type), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  return outputText;
}

/** Each has a name of its own, by which V8 tells what has run of it. */
let loaded = 0;

/** What the generator emits for a type, compiled and loaded. */
export function emittedCodec(type: TypeIr): Codec {
  const exports: { codec?: Codec } = {};
  // The text is the generator's own.
  const named = `${codecScript(type)}\n//# sourceURL=emitted-codec-${loaded++}.js`;
  new Function("exports", "require", named)(exports, () => codegen);
  if (exports.codec === undefined) throw new Error(`No codec came of this:\n${codecText(type)}`);
  return exports.codec;
}
