import type { OptionSpec, SerializerScheme } from "./scheme.ts";

const maxSize: OptionSpec = {
  kind: "size",
  default: "64mb",
  min: 1,
  max: 2 * 1024 ** 3,
  description: "How large a value may be before compression and an entry after decompression, up to 2gb.",
};

const minSize: OptionSpec = {
  kind: "size",
  default: "0",
  min: 0,
  max: 2 * 1024 ** 3,
  description: "Smaller values are stored as they are, which other programs do not expect; 0: none. After typed, 1kb.",
};

const keys: OptionSpec = {
  kind: "variable",
  isRequired: true,
  description: "The environment variable that holds the secret keys: id:base64,id2:base64. The first writes, all read.",
};

const deflateLevel: OptionSpec = {
  kind: "integer",
  default: "-1",
  min: -1,
  max: 9,
  description: "0 stores, 1 is fast, 9 is small, -1 is zlib's own choice (6).",
};

/** Every serializer and compressor that a URL can name. Sorted by scheme. */
export const serializerSchemes: readonly SerializerScheme[] = [
  { scheme: "aes-gcm", in: "bytes", out: "bytes", work: "encrypt", options: { keys } },
  {
    scheme: "brotli",
    in: "bytes",
    out: "bytes",
    isOffloadable: true,
    options: {
      "compression-level": {
        kind: "integer",
        default: "4",
        min: 0,
        max: 11,
        description: "0 is fast, 11 is small and hundreds of times slower.",
      },
      "max-size": maxSize,
    },
  },
  { scheme: "bytes", in: "value", out: "bytes", options: {} },
  {
    scheme: "gzip",
    in: "bytes",
    out: "bytes",
    isOffloadable: true,
    options: { "compression-level": deflateLevel, "max-size": maxSize, "min-size": minSize },
  },
  { scheme: "hmac", in: "bytes", out: "bytes", work: "sign", options: { keys } },
  {
    scheme: "json",
    in: "value",
    out: "text",
    options: {
      strict: {
        kind: "boolean",
        default: "false",
        description: "Whether a value that JSON would change without a word, such as NaN or a Date, is refused.",
      },
    },
  },
  { scheme: "msgpack", in: "value", out: "bytes", isOffloadable: true, options: {}, package: "msgpackr" },
  { scheme: "noop", aliases: ["null"], in: "value", out: "value", options: {} },
  {
    scheme: "pickle",
    in: "value",
    out: "bytes",
    isOffloadable: true,
    options: {
      "pickle-protocol": {
        kind: "integer",
        default: "5",
        min: 0,
        max: 5,
        description: "The protocol that is written; all of them are read. 5 is that of Python 3.8 and later.",
      },
    },
  },
  { scheme: "text", in: "value", out: "text", options: {} },
  {
    scheme: "typed",
    in: "value",
    out: "bytes",
    isGenerated: true,
    options: {
      layout: {
        kind: "choice",
        default: "fast",
        choices: ["fast", "compact"],
        description: "compact packs UUIDs and ISO dates in text: smaller, and less than half as fast. Both read both.",
      },
      detach: {
        kind: "boolean",
        default: "false",
        description: "Whether strings that are read keep nothing else in memory, which takes longer to read.",
      },
    },
  },
  { scheme: "v8", in: "value", out: "bytes", options: {} },
  {
    scheme: "zlib",
    in: "bytes",
    out: "bytes",
    isOffloadable: true,
    options: { "compression-level": deflateLevel, "max-size": maxSize, "min-size": minSize },
  },
  {
    scheme: "zstd",
    aliases: ["zstandard"],
    in: "bytes",
    out: "bytes",
    isOffloadable: true,
    options: {
      "compression-level": {
        kind: "integer",
        default: "3",
        min: -131_072,
        max: 22,
        description: "1 is fast, 22 is small; below zero faster still. 0 is zstd's own choice (3).",
      },
      "compression-threads": {
        kind: "integer",
        default: "0",
        min: 0,
        max: 256,
        description: "How many further threads compress one large value; 0 compresses on the calling thread.",
      },
      "max-size": maxSize,
      "min-size": minSize,
    },
    package: "zstd-napi",
  },
];

/** The step that a scheme or an alias names. */
export function findSerializerScheme(name: string): SerializerScheme | undefined;
export function findSerializerScheme<S extends Pick<SerializerScheme, "scheme" | "aliases">>(
  name: string,
  known: readonly S[],
): S | undefined;
export function findSerializerScheme(
  name: string,
  known: readonly Pick<SerializerScheme, "scheme" | "aliases">[] = serializerSchemes,
): Pick<SerializerScheme, "scheme" | "aliases"> | undefined {
  return known.find(({ scheme, aliases }) => scheme === name || aliases?.includes(name));
}
