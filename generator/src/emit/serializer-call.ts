import type { Pipeline, PipelineStep } from "../model/declaration.ts";
import { type Code, code, joinCode, runtimeValue } from "./code.ts";
import { stringLiteral } from "./literal.ts";

/**
 * The pipeline as calls: `chain(json({ strict: true }), zstd({ compressionLevel: 3 }))`.
 *
 * @param codec - what the module calls the codec of the type, for `typed`
 */
export function serializerCall(pipeline: Pipeline, codec: Code = ""): Code {
  const calls = pipeline.map((step) => stepCall(step, step.scheme === "typed" ? [codec] : []));
  return calls.length === 1 ? calls : code`${runtimeValue("chain")}(${joinCode(calls, ", ")})`;
}

/** @param first - what the step is given before its options */
function stepCall({ scheme, options }: PipelineStep, first: readonly Code[]): Code {
  // The types are known to fit JSON; what they cannot say, such as NaN, is refused where it is stored.
  const isLax = scheme !== "json" || options.some(([name]) => name === "strict");
  const all: PipelineStep["options"] = isLax ? options : [...options, ["strict", true]];
  const properties = all.map(([name, value]) => `${camelCase(name)}: ${optionLiteral(value)}`);
  const given = [...first, ...(properties.length === 0 ? [] : [`{ ${properties.join(", ")} }`])];
  return code`${runtimeValue(scheme)}(${joinCode(given, ", ")})`;
}

function optionLiteral(value: string | number | boolean): string {
  return typeof value === "string" ? stringLiteral(value) : String(value);
}

function camelCase(kebab: string): string {
  return kebab.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The pipeline for people, each step as in a URL: `json`, `zstd://?compression-level=3`. */
export function serializerTexts(pipeline: Pipeline): readonly string[] {
  return pipeline.map(({ scheme, options }) =>
    options.length === 0 ? scheme : `${scheme}://?${options.map(([name, value]) => `${name}=${value}`).join("&")}`,
  );
}
