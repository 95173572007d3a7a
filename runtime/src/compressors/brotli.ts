import { checkedOptions } from "../checked-options.ts";
import { findSerializerScheme } from "../schemes/serializer-schemes.ts";
import { described } from "../serializers/described.ts";
import type { Compressor } from "../serializers/serializer.ts";
import { boundedCompressor, type SizeLimits } from "./bounded-compressor.ts";

/** Options of {@link brotli}. */
export interface BrotliOptions extends SizeLimits {
  /** 0 is fast, 11 is small and hundreds of times slower. Default 4. */
  readonly compressionLevel?: number | undefined;
}

/**
 * The brotli format (RFC 7932), as the `brotli` command and Python's `brotli` read and write it.
 *
 * @throws CachetoryError `INVALID_OPTION`
 */
export function brotli(options: BrotliOptions = {}): Compressor {
  const specs = findSerializerScheme("brotli")?.options ?? {};
  const { compressionLevel, maxSize } = checkedOptions<BrotliOptions>("brotli", specs, options);
  const { brotliCompressSync, brotliDecompressSync, constants } = process.getBuiltinModule("node:zlib");
  const compressor = boundedCompressor(
    {
      name: "brotli",
      compress: (value) =>
        brotliCompressSync(value, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: compressionLevel,
            [constants.BROTLI_PARAM_SIZE_HINT]: value.byteLength,
          },
        }),
      decompress: (stored, maxOutputLength) => brotliDecompressSync(stored, { maxOutputLength }),
    },
    maxSize,
  );
  return described("brotli", options, compressor);
}
