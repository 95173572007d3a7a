import { findSerializerScheme, planPipeline, type SerializerScheme } from "@cachetory/runtime/schemes";
import type { Pipeline, Span } from "../model/declaration.ts";
import { isTyped } from "../model/describing-steps.ts";
import type { ErrorCode } from "../model/diagnostic.ts";
import type { Report } from "./report.ts";
import { partOf, type YamlNode, type YamlScalar } from "./yaml-tree.ts";

export interface ReadPipeline {
  readonly pipeline: Pipeline;
  /** Aligned with the steps. */
  readonly schemes: readonly SerializerScheme[];
  readonly spans: readonly Span[];
}

const codes: Readonly<Record<string, ErrorCode>> = {
  url: "C1105",
  scheme: "C1103",
  option: "C1104",
  order: "C1105",
};

/** Reads `json+zlib`, a URL with options, or a list of them. Whether the steps fit is asked elsewhere. */
export function readPipeline(node: YamlNode, report: Report): ReadPipeline | undefined {
  const items = node.kind === "list" ? node.items : [node];
  if (items.length === 0) return undefined;
  const read = items.map((item) => (item.kind === "scalar" ? readSteps(item, report) : undefined));
  const whole = read.filter((part) => part !== undefined);
  if (whole.length < items.length) return undefined;
  return {
    pipeline: withRawTyped(whole.flatMap(({ pipeline }) => pipeline)),
    schemes: whole.flatMap(({ schemes }) => schemes),
    spans: whole.flatMap(({ spans }) => spans),
  };
}

/** So many bytes of `typed` compressors make smaller by a fifth to a third, fewer by less; all cost far more than `typed` does. */
const typedMinBytes = 1024;

/** Small entries of `typed` are stored as they are where nothing else is said: nobody else reads them who would expect otherwise. */
function withRawTyped(pipeline: Pipeline): Pipeline {
  if (!isTyped(pipeline)) return pipeline;
  return pipeline.map((step) => {
    const known = findSerializerScheme(step.scheme)?.options ?? {};
    if (!("min-size" in known) || step.options.some(([name]) => name === "min-size")) return step;
    const maxSize = step.options.find(([name]) => name === "max-size")?.[1];
    const minSize = typeof maxSize === "number" ? Math.min(maxSize, typedMinBytes) : typedMinBytes;
    // It comes last by its name as well.
    return { ...step, options: [...step.options, ["min-size", minSize]] };
  });
}

function readSteps(node: YamlScalar, report: Report): ReadPipeline | undefined {
  if (node.value === null && node.written === "") {
    report("C1008", node.span, "a serializer is empty", "Write json, for one; null in full keeps the value itself");
    return undefined;
  }
  // YAML takes a bare null for nothing, but here it is the other name of noop.
  const text = node.value === null ? "null" : node.value;
  if (typeof text !== "string") return undefined;
  const { steps, problems } = planPipeline(text);
  const names = stepPlaces(text);
  const unknown = names.filter(({ name }) => findSerializerScheme(name.toLowerCase()) === undefined);
  for (const problem of problems) {
    const at =
      problem.kind === "scheme"
        ? unknown.shift()
        : problem.kind === "option"
          ? optionPlace(text, problem.message)
          : undefined;
    const span = at === undefined ? node.span : partOf(node, at.start, at.end);
    report(codes[problem.kind] ?? "C1105", span, problem.message, problem.hint);
  }
  if (problems.length > 0) return undefined;
  return {
    pipeline: steps.map(({ scheme, options }) => ({
      scheme: scheme.scheme,
      options: [...options].sort(([a], [b]) => (a < b ? -1 : 1)),
    })),
    schemes: steps.map(({ scheme }) => scheme),
    spans: steps.map((_, index) => {
      const at = names[index];
      return at === undefined ? node.span : partOf(node, at.start, at.end);
    }),
  };
}

interface PlacedName {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function stepPlaces(text: string): PlacedName[] {
  let start = 0;
  return (text.split("://")[0] ?? "").split("+").map((name) => {
    const place = { name, start, end: start + name.length };
    start = place.end + 1;
    return place;
  });
}

/** The option that a message names in quotes; the last one, as of those written twice the last is one too many. */
function optionPlace(text: string, message: string): PlacedName | undefined {
  let start = text.indexOf("?") + 1;
  const pieces = text
    .slice(start)
    .split("&")
    .map((piece): PlacedName => {
      const [name = ""] = [...new URLSearchParams(piece).keys()];
      const place = { name, start, end: start + piece.length };
      start = place.end + 1;
      return place;
    });
  return pieces.reverse().find(({ name }) => message.includes(`"${name}"`));
}
