import type { LiveValues } from "@cachetory/runtime/codegen/v1/core";
import { liveValues } from "../../generator/src/emit/live/live-values.ts";
import { printSourceFile } from "../../generator/src/emit/source-file.ts";
import type { Isolation } from "../../generator/src/model/declaration.ts";
import type { LiveStep } from "../../generator/src/model/live-types.ts";
import type { TypeIr } from "../../generator/src/model/type-ir.ts";
import { moduleExport } from "./emitted-module.ts";

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
export function emittedLive(type: TypeIr, step: LiveStep, isolation: Isolation): LiveValues | undefined {
  const text = liveText(type, step, isolation);
  if (text === "") return undefined;
  return moduleExport(text, "live");
}
