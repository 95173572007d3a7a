import * as codegen from "@cachetory/runtime/codegen/v1";
import ts from "typescript-6";
import { liveValues } from "../../generator/src/emit/live/live-values.ts";
import { printSourceFile } from "../../generator/src/emit/source-file.ts";
import type { Isolation } from "../../generator/src/model/declaration.ts";
import type { LiveStep } from "../../generator/src/model/live-types.ts";
import type { TypeIr } from "../../generator/src/model/type-ir.ts";

/** The module of what keeps values of a type; empty where they are not kept as they are. */
export function liveText(type: TypeIr, step: LiveStep, isolation: Isolation): string {
  const emitted = liveValues(type, "RootValue", { serializer: [{ scheme: step, options: [] }], isolation });
  if (emitted === undefined) return "";
  return printSourceFile({
    source: "cachetory.yaml",
    folder: "/app/src/caches",
    importExtension: "js",
    exports: ["live"],
    globals: [],
    blocks: [...emitted.blocks, ["export const live = ", emitted.property, ";"]],
  });
}

/** What the generator emits for a type, compiled and loaded; `undefined` where it emits nothing. */
export function emittedLive(type: TypeIr, step: LiveStep, isolation: Isolation): codegen.LiveValues | undefined {
  const text = liveText(type, step, isolation);
  if (text === "") return undefined;
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exports: { live?: codegen.LiveValues } = {};
  // The text is the generator's own.
  new Function("exports", "require", outputText)(exports, () => codegen);
  if (exports.live === undefined) throw new Error(`Nothing that keeps values came of this:\n${text}`);
  return exports.live;
}
