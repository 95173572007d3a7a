import { checkedOptions } from "../checked-options.ts";
import { findSerializerScheme } from "../schemes/serializer-schemes.ts";
import { described } from "../serializers/described.ts";
import type { Compressor } from "../serializers/serializer.ts";
import { boundedCompressor, type RawLimits } from "./bounded-compressor.ts";

/** Options of {@link gzip}. */
export interface GzipOptions extends RawLimits {
  /** 0 stores, 1 is fast, 9 is small, -1 is zlib's own choice (6). Default -1. */
  readonly compressionLevel?: number | undefined;
}

/**
 * The gzip format (RFC 1952), as the `gzip` command and Python's `gzip` read and write it.
 *
 * @throws CachetoryError `INVALID_OPTION`
 */
export function gzip(options: GzipOptions = {}): Compressor {
  const specs = findSerializerScheme("gzip")?.options ?? {};
  const { compressionLevel: level, maxSize, minSize } = checkedOptions<GzipOptions>("gzip", specs, options);
  const { gunzipSync, gzipSync } = process.getBuiltinModule("node:zlib");
  const compressor = boundedCompressor(
    {
      name: "gzip",
      compress: (value) => gzipSync(value, { level }),
      decompress: (stored, maxOutputLength) => gunzipSync(stored, { maxOutputLength }),
      hasHeader: ([first, second]) => first === 0x1f && second === 0x8b,
    },
    maxSize,
    minSize,
  );
  return described("gzip", options, compressor);
}
