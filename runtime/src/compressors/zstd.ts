import { checkedOptions } from "../checked-options.ts";
import { requireOptional } from "../optional-package.ts";
import { findSerializerScheme } from "../schemes/serializer-schemes.ts";
import { described } from "../serializers/described.ts";
import type { Compressor } from "../serializers/serializer.ts";
import { boundedCompressor, type RawLimits } from "./bounded-compressor.ts";
import { ZstdDecoder } from "./zstd-decoder.ts";

/** Options of {@link zstd}. */
export interface ZstdOptions extends RawLimits {
  /** 1 is fast, 22 is small, below zero faster still; 0 is zstd's own choice (3). Default 3. */
  readonly compressionLevel?: number | undefined;
  /** How many further threads compress one large value, up to 256. Default 0: on the calling thread. */
  readonly compressionThreads?: number | undefined;
}

/**
 * Zstandard frames (RFC 8878), as the `zstd` command and Python's `zstandard` read and write them.
 * Needs the package `zstd-napi`.
 *
 * @throws CachetoryError `MISSING_PACKAGE`, `INVALID_OPTION`
 */
export function zstd(options: ZstdOptions = {}): Compressor {
  const specs = findSerializerScheme("zstd")?.options ?? {};
  const { compressionLevel, compressionThreads, maxSize, minSize } = checkedOptions<ZstdOptions>(
    "zstd",
    specs,
    options,
  );
  // The package has no other entry points of these names, and both are checked when they load.
  const { Compressor: ZstdCompressor } = requireOptional("zstd-napi", "zstd") as typeof import("zstd-napi");
  const binding = requireOptional("zstd-napi", "zstd", "/binding.js") as typeof import("zstd-napi/binding.js");
  const compressor = new ZstdCompressor();
  compressor.setParameters({ compressionLevel, nbWorkers: compressionThreads });
  const decoder = new ZstdDecoder(binding);
  const bounded = boundedCompressor(
    {
      name: "zstd",
      compress: (value) => compressor.compress(value),
      decompress: (stored, maxBytes) => decoder.decode(stored, maxBytes),
      hasHeader: ([first, second, third, fourth]) =>
        first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd,
    },
    maxSize,
    minSize,
  );
  return described("zstd", options, bounded);
}
