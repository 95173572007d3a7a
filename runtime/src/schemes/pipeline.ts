import type { Kind } from "../serializers/serializer.ts";
import { nearest } from "./nearest.ts";
import { quote } from "./quote.ts";
import { missingOptions, readOptions, unknownOption } from "./read-options.ts";
import type { OptionValue, Problem, SerializerScheme } from "./scheme.ts";
import { findSerializerScheme, serializerSchemes } from "./serializer-schemes.ts";
import { splitSerializerUrl } from "./serializer-url.ts";

/** What reading a URL needs to know of a step: schemes registered at run time say no more. */
export type StepForm = Pick<SerializerScheme, "scheme" | "aliases" | "options">;

/** A step with the options that were written for it. */
export interface PlannedStep<S extends StepForm = SerializerScheme> {
  readonly scheme: S;
  /** By their names in the URL; defaults are not filled in. */
  readonly options: ReadonlyMap<string, OptionValue>;
}

/** What a serializer URL can get wrong: its form, a name, an option. */
export interface PipelineProblem extends Problem {
  readonly kind: "url" | "scheme" | "option";
}

export interface PipelinePlan<S extends StepForm = SerializerScheme> {
  /** Empty where a step is unknown. */
  readonly steps: readonly PlannedStep<S>[];
  readonly problems: readonly PipelineProblem[];
}

/**
 * Reads one serializer URL: its steps, and the options, each given to every step that knows it.
 * Whether the steps fit one another is left to {@link checkPipeline}, since a list of URLs makes one pipeline.
 */
export function planPipeline(text: string): PipelinePlan;
export function planPipeline<S extends StepForm>(text: string, known: readonly S[]): PipelinePlan<S>;
export function planPipeline(text: string, known: readonly StepForm[] = serializerSchemes): PipelinePlan<StepForm> {
  const url = splitSerializerUrl(text);
  if ("message" in url) return { steps: [], problems: [{ kind: "url", ...url }] };

  const schemes = url.schemes.map((name) => findSerializerScheme(name, known));
  const problems = url.schemes
    .filter((_, index) => schemes[index] === undefined)
    .map((name): PipelineProblem => ({ kind: "scheme", ...unknownSerializer(name, known) }));
  if (problems.length > 0) return { steps: [], problems };

  const steps = schemes.filter((scheme) => scheme !== undefined);
  const allowed = new Set(steps.flatMap(({ options }) => Object.keys(options)));
  const seen = new Set<string>();
  for (const [option] of url.options) {
    if (!allowed.has(option) && !seen.has(option)) {
      problems.push({ kind: "option", ...unknownOption(option, [...allowed]) });
    }
    seen.add(option);
  }
  const planned = steps.map((scheme): PlannedStep<StepForm> => {
    const own = url.options.filter(([option]) => Object.hasOwn(scheme.options, option));
    const read = readOptions(scheme.options, own);
    const missing = missingOptions(
      scheme.options,
      own.map(([option]) => option),
    );
    for (const { message, hint } of [...read.problems, ...missing]) {
      problems.push({ kind: "option", message: `${scheme.scheme}: ${message}`, ...(hint !== undefined && { hint }) });
    }
    return { scheme, options: read.values };
  });
  return { steps: planned, problems };
}

export interface StepProblem extends Problem {
  /** Index of the step to blame. */
  readonly step: number;
}

/** What {@link checkPipeline} needs to know of a step. */
export interface PipelineStepKinds {
  readonly name?: string;
  readonly scheme?: string;
  readonly in: Kind;
  readonly out: Kind;
}

/**
 * Whether each step can take what the one before it gives. Only the first can take a value; text fits a step that
 * takes bytes, for it becomes UTF-8.
 */
export function checkPipeline(steps: readonly PipelineStepKinds[]): StepProblem | undefined {
  if (steps.length === 0)
    return { step: 0, message: "a pipeline needs at least one step", hint: "Write json, for one" };
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    if (before === undefined || fits(before.out, step.in)) continue;
    const name = `step ${index + 1} ("${nameOf(step)}")`;
    const message =
      before.out === step.in
        ? `${name} takes a value, which only the first step can, but follows "${nameOf(before)}"`
        : `${name} takes ${article(step.in)}, but "${nameOf(before)}" before it gives ${article(before.out)}`;
    return { step: index, message, hint: remedy(before, step) };
  }
  return undefined;
}

/** Whether a step that takes `to` can follow one that gives `from`. */
export function fits(from: Kind, to: Kind): boolean {
  return to !== "value" && (from === to || (from === "text" && to === "bytes"));
}

function remedy(before: PipelineStepKinds, step: PipelineStepKinds): string {
  if (step.in === "value") return `Only the first step takes a value: keep "${nameOf(before)}" or "${nameOf(step)}"`;
  if (before.out === "value") return `Put a serializer such as json before "${nameOf(step)}"`;
  return `Leave "${nameOf(step)}" out`;
}

function unknownSerializer(name: string, known: readonly StepForm[]): Problem {
  const names = known.flatMap(({ scheme, aliases = [] }) => [scheme, ...aliases]).sort();
  const near = nearest(name, names);
  const list = `Known: ${names.join(", ")}`;
  return {
    message: `unknown serializer ${quote(name)}`,
    hint: near === undefined ? list : `Did you mean "${near}"? ${list}`,
  };
}

function nameOf(step: PipelineStepKinds): string {
  return step.name ?? step.scheme ?? "?";
}

function article(kind: Kind): string {
  return kind === "value" ? "a value" : kind;
}
