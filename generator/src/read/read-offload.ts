import { clip, findSerializerScheme, parseSize, quote } from "@cachetory/runtime/schemes";
import type { Mode, Offload, Pipeline, Span } from "../model/declaration.ts";
import type { Report } from "./report.ts";
import type { YamlNode } from "./yaml-tree.ts";

const sizes = "Sizes are written 500b, 64kb, 16mb or 1gb";

/** `always`, or the size of the smallest value that is offloaded; `undefined` where it is neither, which is then reported. */
export function readOffload(node: YamlNode, report: Report): Offload | undefined {
  if (node.kind !== "scalar" || node.value === null) return undefined;
  const text = String(node.value);
  if (text === "always") return { text, minBytes: 0 };
  if (/^\d+$/.test(text)) {
    const number = clip(text);
    const hint = `Write ${number}kb for kilobytes or ${number}b for bytes`;
    report("C1502", node.span, `"offload" is the bare number ${number}, which could be bytes or kilobytes`, hint);
    return undefined;
  }
  const minBytes = parseSize(text);
  if (minBytes !== undefined && minBytes > 0) return { text: text.toLowerCase(), minBytes };
  report("C1502", node.span, `"offload" must be always or a size, not ${quote(text)}`, hintFor(text, minBytes));
  return undefined;
}

/** An offload, `undefined` where it is written but wrong, and where it stands. */
interface Written {
  readonly value: Offload | undefined;
  readonly span: Span;
}

/** A default is for those caches that can use it; what stands at the cache itself must be of use. */
export function chooseOffload(
  mode: Mode,
  pipeline: Pipeline | undefined,
  own: Written | undefined,
  shared: Written | undefined,
  report: Report,
): Offload | undefined {
  if (mode === "sync") {
    const message = '"offload" has nothing to do: a synchronous cache does not wait for worker threads';
    if (own !== undefined) report("C1503", own.span, message, "Leave it out, or leave out mode");
    return undefined;
  }
  if (pipeline === undefined) return undefined;
  if (isOffloadable(pipeline)) return (own ?? shared)?.value;
  if (own !== undefined) {
    const steps = pipeline.map(({ scheme }) => scheme).join("+");
    const hint = `Leave it out, or add a compressor: ${withCompressor(pipeline)}`;
    report("C1503", own.span, `"offload" has nothing to do: ${quote(steps)} stays on the calling thread`, hint);
  }
  return undefined;
}

/** @param pipelines - of all caches with promises; `undefined` where one could not be read, which might have used it */
export function checkSharedOffload(
  shared: Written | undefined,
  pipelines: readonly (Pipeline | undefined)[],
  report: Report,
): void {
  if (shared?.value === undefined) return;
  if (pipelines.some((pipeline) => pipeline === undefined || isOffloadable(pipeline))) return;
  const hint = "Leave it out, or add a compressor to a serializer: json+zstd";
  report("C1503", shared.span, '"offload" in "defaults" has nothing to do in any cache', hint);
}

/** Whether it has a step that worker threads can do. */
export function isOffloadable(pipeline: Pipeline): boolean {
  return pipeline.some(({ scheme }) => findSerializerScheme(scheme)?.isOffloadable === true);
}

/** What seals entries stays last. */
function withCompressor(pipeline: Pipeline): string {
  const isSeal = (scheme: string): boolean => findSerializerScheme(scheme)?.work !== undefined;
  const schemes = pipeline.map(({ scheme }) => (scheme === "noop" ? "json" : scheme));
  return [...schemes.filter((scheme) => !isSeal(scheme)), "zstd", ...schemes.filter(isSeal)].join("+");
}

function hintFor(text: string, minBytes: number | undefined): string {
  if (minBytes === 0 || text === "true") return `Write always to offload every value. ${sizes}`;
  if (/^(?:false|never|none|no|off)$/i.test(text)) return "Leave it out to keep everything on the calling thread";
  return sizes;
}
