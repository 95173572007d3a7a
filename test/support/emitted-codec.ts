import type { TypedCodec } from "@cachetory/runtime/codegen/v1/typed";
import { printSourceFile } from "../../generator/src/emit/source-file.ts";
import { typedCodec } from "../../generator/src/emit/typed/typed-codec.ts";
import type { TypeIr } from "../../generator/src/model/type-ir.ts";
import { moduleExport } from "./emitted-module.ts";

export type Codec = TypedCodec<unknown>;

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

/** Each has a name of its own, by which V8 tells what has run of it. */
let loaded = 0;

/** What the generator emits for a type, compiled and loaded. */
export function emittedCodec(type: TypeIr): Codec {
  return moduleExport(codecText(type), "codec", `emitted-codec-${loaded++}`);
}
