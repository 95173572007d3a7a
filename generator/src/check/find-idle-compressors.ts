import { findSerializerScheme, parseSize, quote } from "@cachetory/runtime/schemes";
import type { CacheDeclaration, PipelineStep } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";

/** Compressors whose bounds let through no value that they would compress. */
export function findIdleCompressors(caches: readonly CacheDeclaration[]): readonly Diagnostic[] {
  return caches.flatMap(({ serializer, serializerSpan }) =>
    serializer.filter(isIdle).map(({ scheme }) => {
      const message = `${quote(scheme)} compresses nothing: what is smaller than "min-size" is stored as it is, what is larger than "max-size" refused`;
      return breachAt(
        "C1712",
        serializerSpan,
        message,
        'Write a "min-size" below the "max-size", which is 64mb by default',
      );
    }),
  );
}

function isIdle(step: PipelineStep): boolean {
  const [min, max] = [sizeOf(step, "min-size"), sizeOf(step, "max-size")];
  return min !== undefined && max !== undefined && min > max;
}

/** As it is written, else the default of the scheme. */
function sizeOf({ scheme, options }: PipelineStep, option: string): number | undefined {
  const written = options.find(([name]) => name === option)?.[1];
  if (typeof written === "number") return written;
  const spec = findSerializerScheme(scheme)?.options[option];
  return spec?.kind === "size" && spec.default !== undefined ? parseSize(spec.default) : undefined;
}
