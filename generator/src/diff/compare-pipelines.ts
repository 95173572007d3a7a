import { findSerializerScheme, parseSize } from "@cachetory/runtime/schemes";
import { serializerTexts } from "../emit/serializer-call.ts";
import type { Pipeline, PipelineStep } from "../model/declaration.ts";
import { isDescribing } from "../model/describing-steps.ts";
import type { TypeNode } from "../model/type-ir.ts";

/** What one pipeline makes of what another one has written: what it was, an error, perhaps another value. */
export type Readability = "same" | "error" | "some" | "wrong";

/**
 * What `reader` makes of entries of `writer`. `some` are errors, the others are read as they were.
 *
 * @param root - the type that was written, as far as it decides
 */
export function readability(writer: Pipeline, reader: Pipeline, root: readonly TypeNode["kind"][]): Readability {
  const [first, ...compressors] = writer;
  const [readerFirst, ...others] = reader;
  const [ownSchemes, otherSchemes] = [schemesOf(compressors), schemesOf(others)];
  if (ownSchemes !== otherSchemes) {
    // What a blob holds is no blob's business.
    return isDescribing(reader) || isCompressor(readerFirst) ? "error" : "wrong";
  }
  if (first === undefined || readerFirst === undefined) return "error";
  // Two variables hold two lists of secrets, as far as anybody knows.
  if (keysOf(writer) !== keysOf(reader)) return "error";
  // Its entries begin as no others do, and it reads no others.
  if ((first.scheme === "typed") !== (readerFirst.scheme === "typed") && readerFirst.scheme !== "bytes") return "error";
  if (first.scheme === readerFirst.scheme) {
    const pairs = writer.map((step, index) => [step, reader[index] ?? step] as const);
    return pairs.some(([step, other]) => lowersLimit(step, other)) ? "some" : "same";
  }
  const pair = `${first.scheme} ${readerFirst.scheme}`;
  // A digit of JSON is one byte, which MessagePack takes for a small number; and the other way round.
  const mayBeDigit = root.some((kind) => ["number", "literal", "unknown"].includes(kind));
  if ((pair === "json msgpack" || pair === "msgpack json") && mayBeDigit) return "wrong";
  // Text that is JSON itself, quotes and all, is read as what it says.
  if (pair === "text json") return "wrong";
  return isDescribing(reader) || isCompressor(readerFirst) ? "error" : "wrong";
}

/** The pipeline for people. */
export function pipelineText(pipeline: Pipeline): string {
  return serializerTexts(pipeline).join(" + ");
}

function schemesOf(steps: Pipeline): string {
  return steps.map(({ scheme }) => scheme).join("+");
}

/** The variables that hold the secrets of steps, in their order. */
function keysOf(steps: Pipeline): string {
  return steps.flatMap(({ options }) => options.filter(([name]) => name === "keys").map(([, value]) => value)).join();
}

function isCompressor(step: PipelineStep | undefined): boolean {
  return step !== undefined && ["zlib", "gzip", "brotli", "zstd"].includes(step.scheme);
}

/** Whether the reader refuses what the writer may have written: more than it takes, or raw bytes that it does not expect. */
function lowersLimit(writer: PipelineStep, reader: PipelineStep): boolean {
  if (!isCompressor(writer)) return false;
  const isLower = sizeOf(reader, "max-size") < sizeOf(writer, "max-size");
  return isLower || (sizeOf(writer, "min-size") > 0 && sizeOf(reader, "min-size") === 0);
}

/** An option of a step in bytes, its default where it is not written; 0 where the step has none. */
export function sizeOf({ scheme, options }: PipelineStep, name: string): number {
  const written = options.find(([option]) => option === name)?.[1];
  if (typeof written === "number") return written;
  const { default: size } = findSerializerScheme(scheme)?.options[name] ?? {};
  return (size === undefined ? undefined : parseSize(`${size}`)) ?? 0;
}
