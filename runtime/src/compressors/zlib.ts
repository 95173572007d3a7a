import { checkedOptions } from "../checked-options.ts";
import { findSerializerScheme } from "../schemes/serializer-schemes.ts";
import { described } from "../serializers/described.ts";
import type { Compressor } from "../serializers/serializer.ts";
import { boundedCompressor, type RawLimits } from "./bounded-compressor.ts";

/** Options of {@link zlib}. */
export interface ZlibOptions extends RawLimits {
  /** 0 stores, 1 is fast, 9 is small, -1 is zlib's own choice (6). Default -1. */
  readonly compressionLevel?: number | undefined;
}

/**
 * The zlib format (RFC 1950), as Python's `zlib` reads and writes it.
 *
 * @throws CachetoryError `INVALID_OPTION`
 */
export function zlib(options: ZlibOptions = {}): Compressor {
  const specs = findSerializerScheme("zlib")?.options ?? {};
  const { compressionLevel: level, maxSize, minSize } = checkedOptions<ZlibOptions>("zlib", specs, options);
  const { deflateSync, inflateSync } = process.getBuiltinModule("node:zlib");
  const compressor = boundedCompressor(
    {
      name: "zlib",
      compress: (value) => deflateSync(value, { level }),
      decompress: (stored, maxOutputLength) => inflateSync(stored, { maxOutputLength }),
      // Deflate with a window of up to 32 KB, and a check over both bytes.
      hasHeader: ([first = 0, second = 0]) =>
        (first & 0x0f) === 8 && first >> 4 <= 7 && (first * 256 + second) % 31 === 0,
    },
    maxSize,
    minSize,
  );
  return described("zlib", options, compressor);
}
