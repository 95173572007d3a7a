import { deflateSync, inflateSync } from "node:zlib";
import { checkedOptions } from "../checked-options.ts";
import { findSerializerScheme } from "../schemes/serializer-schemes.ts";
import type { Compressor } from "../serializers/serializer.ts";
import { checkPlain, checkStored, maxPlainBytes, unreadable } from "./limits.ts";

/** Options of {@link zlib}. */
export interface ZlibOptions {
  /** 0 stores, 1 is fast, 9 is small, -1 is zlib's own choice (6). Default -1. */
  readonly compressionLevel?: number | undefined;
}

/**
 * The zlib format (RFC 1950), as Python's `zlib` reads and writes it. Values up to 64 MB.
 *
 * @throws CachetoryError `INVALID_OPTION`
 */
export function zlib(options: ZlibOptions = {}): Compressor {
  const specs = findSerializerScheme("zlib")?.options ?? {};
  const { compressionLevel: level } = checkedOptions<ZlibOptions>("zlib", specs, options);
  return {
    name: "zlib",
    in: "bytes",
    out: "bytes",
    serialize(value) {
      checkPlain("zlib", value);
      return deflateSync(value, { level });
    },
    deserialize(stored) {
      checkStored("zlib", stored);
      try {
        const { buffer, byteOffset, byteLength } = inflateSync(stored, { maxOutputLength: maxPlainBytes });
        return new Uint8Array(buffer, byteOffset, byteLength);
      } catch (cause) {
        throw unreadable("zlib", cause);
      }
    },
  };
}
