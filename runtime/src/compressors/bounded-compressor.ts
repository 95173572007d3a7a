import { isUint8Array } from "node:util/types";
import { CachetoryError } from "../errors.ts";
import type { Compressor } from "../serializers/serializer.ts";

/** Limits that every compressor knows, in bytes. */
export interface SizeLimits {
  /** What a value may have before compression, and an entry after decompression. Default 64 MB. */
  readonly maxSize?: number | undefined;
}

/** As {@link SizeLimits}, for formats whose streams can be told from other bytes. */
export interface RawLimits extends SizeLimits {
  /**
   * Values of fewer bytes, and those that would not become an eighth smaller, are stored as they are; only this library reads them
   * then. Default 0: none.
   */
  readonly minSize?: number | undefined;
}

/** What is special about a format. */
export interface CompressionFormat {
  readonly name: string;
  compress(value: Uint8Array): Uint8Array;
  /** @throws Error where the bytes are none of this format, or would become more than `maxSize` */
  decompress(stored: Uint8Array, maxSize: number): Uint8Array;
  /** Whether bytes begin as everything of this format does. Without it, nothing is ever stored raw. */
  hasHeader?(bytes: Uint8Array): boolean;
}

/** Where compression saves less than an eighth, what is raw already is read faster. */
const worthwhile = 7 / 8;

/**
 * A compressor that refuses what it could not read back, and stops at entries that would grow beyond the limit.
 *
 * Raw entries need no mark: a value that begins like a compressed one is compressed, however small it is.
 */
export function boundedCompressor(format: CompressionFormat, maxSize: number, minSize = 0): Compressor {
  const { name, hasHeader = () => true } = format;
  return {
    name,
    in: "bytes",
    out: "bytes",
    serialize(value) {
      if (!isUint8Array(value)) throw new CachetoryError("INVALID_VALUE", `${name} takes bytes, nothing else.`);
      if (value.byteLength > maxSize) throw tooLarge(name, value.byteLength, maxSize);
      if (minSize === 0 || hasHeader(value)) return format.compress(value);
      if (value.byteLength < minSize) return new Uint8Array(value);
      const compressed = format.compress(value);
      return compressed.byteLength > value.byteLength * worthwhile ? new Uint8Array(value) : compressed;
    },
    deserialize(stored) {
      if (!isUint8Array(stored)) {
        throw new CachetoryError("UNREADABLE", `The entry is not bytes, so not of ${name}.`);
      }
      if (minSize > 0 && stored.byteLength <= maxSize && !hasHeader(stored)) return new Uint8Array(stored);
      try {
        const { buffer, byteOffset, byteLength } = format.decompress(stored, maxSize);
        return new Uint8Array(buffer, byteOffset, byteLength);
      } catch (cause) {
        const message = `The entry is nothing that ${name} made, or over ${maxSize} bytes (max-size).`;
        throw new CachetoryError("UNREADABLE", message, { cause });
      }
    },
  };
}

function tooLarge(name: string, size: number, maxSize: number): CachetoryError {
  return new CachetoryError(
    "INVALID_VALUE",
    `${name} takes up to ${maxSize} bytes (max-size), but this value has ${size}.`,
  );
}
