import { clip, parseSize } from "@cachetory/runtime/schemes";
import type { BackendDeclaration, UrlTemplate } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";

/** The heap of Node on a machine with memory enough, unless it is told otherwise. */
const heapBytes = 4 * 1024 ** 3;

/** An entry alone counts for 200 bytes, without its key and its value. */
const leastBytes = 1024;

/** Bounds of memory that a process never reaches, or that let it keep nothing. */
export function findMemoryBounds(backends: readonly BackendDeclaration[]): readonly Diagnostic[] {
  const templates = backends.flatMap(({ url, development }) => [
    url,
    ...(development === undefined ? [] : [development]),
  ]);
  return templates.flatMap((template) => findBound(template) ?? []);
}

function findBound(template: UrlTemplate): Diagnostic | undefined {
  const written = /^memory:[^?]*\?(?:.*&)?max-bytes=([^&]*)/is.exec(template.text)?.[1];
  // One that comes from the environment is no size.
  const bytes = written === undefined ? undefined : parseSize(written);
  if (written === undefined || bytes === undefined) return undefined;
  const hint = "Write what the process can spare, such as max-bytes=64mb";
  if (bytes > heapBytes) {
    const message = `max-bytes=${clip(written)} bounds nothing: a process of Node is out of memory before it is reached`;
    return breachAt("C1709", template.span, message, hint);
  }
  if (bytes >= leastBytes) return undefined;
  const message = `max-bytes=${clip(written)} keeps next to nothing: each entry counts for 200 bytes besides its key and value`;
  return breachAt(
    "C1710",
    template.span,
    message,
    /^\d+$/.test(written) ? `${hint}; without a unit, it counts bytes` : hint,
  );
}
