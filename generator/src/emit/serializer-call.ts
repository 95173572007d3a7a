import type { Pipeline, PipelineStep } from "../model/declaration.ts";
import { type Code, code, joinCode, runtimeValue } from "./code.ts";
import { stringLiteral } from "./literal.ts";

/**
 * The pipeline as calls: `chain(json({ strict: true }), zstd({ compressionLevel: 3 }))`.
 *
 * @param made - what the module has of its type for a step: its codec for `typed`, its check for `json`
 */
export function serializerCall(pipeline: Pipeline, made: MadeForSteps = {}): Code {
  const calls = pipeline.map((step) => stepCall(step, made));
  return calls.length === 1 ? calls : code`${runtimeValue("chain")}(${joinCode(calls, ", ")})`;
}

/** What is written for the type, and given to the step of that name. */
export interface MadeForSteps {
  readonly typed?: Code | undefined;
  readonly json?: Code | undefined;
}

function stepCall({ scheme, options }: PipelineStep, made: MadeForSteps): Code {
  // The types are known to fit JSON; what they cannot say, such as NaN, is refused where it is stored.
  const isLax = scheme !== "json" || options.some(([name]) => name === "strict");
  const all: PipelineStep["options"] = isLax ? options : [...options, ["strict", true]];
  const properties = all.map(([name, value]) => `${camelCase(name)}: ${optionLiteral(value)}`);
  const given = [
    ...(scheme === "typed" && made.typed !== undefined ? [made.typed] : []),
    ...(properties.length === 0 ? [] : [`{ ${properties.join(", ")} }`]),
    ...(scheme === "json" && made.json !== undefined ? [made.json] : []),
  ];
  return code`${runtimeValue(camelCase(scheme))}(${joinCode(given, ", ")})`;
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
