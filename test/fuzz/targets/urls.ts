import { backendFromUrl, CachetoryError, serializerFromUrl } from "@cachetory/runtime";
import { declareBackend } from "@cachetory/runtime/codegen/v1/core";
import { formatDuration, parseDuration, parseSize } from "@cachetory/runtime/schemes";
import { readUrlTemplate } from "../../../generator/src/read/url-template.ts";
import { bytesOf, type FuzzTarget, type NamedTarget, textOf, usual } from "../fuzz-target.ts";

/** Stands where passwords do; no message may have it. */
const canary = "Canary7f3aSecret";

const backendWords = [
  ...["redis://", "rediss://", "redis+cluster://", "redis+sentinel://", "redis+unix://", "memory://?", "dummy://"],
  ...["?", "&", "#", "@", ":", "/", ",", "[::1]", "%", "%2F", "localhost", "6379", "max-bytes=64mb", "max-entries=10"],
  ...["command-timeout=1s", "master=m", "password=", "db=3", "family=6", "sentinel-password=", "protocol=3"],
];

/** Any text is a backend, made without a connection, or refused with a typed error in which no password stands. */
const backendUrls: FuzzTarget = {
  ...usual,
  name: "backend-urls",
  seeds: [
    "memory://?max-entries=10&max-bytes=64mb",
    "dummy://",
    `redis://user:${canary}@localhost:6379/0?command-timeout=1s`,
    `rediss://:${canary}@h`,
    `redis+cluster://user:${canary}@one:6379,two,[::1]:7`,
    `redis+sentinel://one:26379,two/1?master=m&sentinel-password=${canary}`,
    `redis+unix:///run/redis.sock?password=${canary}`,
  ].map(bytesOf),
  words: [...backendWords, canary],
  async run(input) {
    const text = textOf(input);
    // It would read files of this machine.
    if (/tls-(?:ca|cert|key)/i.test(text)) return false;
    try {
      await backendFromUrl(text).close();
      return true;
    } catch (error) {
      expectTyped(error, "INVALID_URL", "INVALID_OPTION", "UNKNOWN_SCHEME");
      // Of what is a scheme, a host, a path or the name of an option nobody can tell that it was meant as a password.
      const isPassword = new RegExp(
        `^[a-z+]+://(?:[^/?#@]*:${canary}@|[^?#]*[?&](?:sentinel-)?password=${canary}(?:&|$))`,
      );
      if (isPassword.test(text) && text.split(canary).length === 2) expectSecret(error);
      return false;
    }
  },
};

function expectTyped(error: unknown, ...codes: readonly string[]): asserts error is CachetoryError {
  if (!(error instanceof CachetoryError) || !codes.includes(error.code)) throw error;
}

function expectSecret(error: CachetoryError): void {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (`${each.message}${each.stack}`.includes(canary)) throw new Error("The message has the password in it.");
  }
}

const serializerUrls: FuzzTarget = {
  ...usual,
  name: "serializer-urls",
  seeds: [
    "json",
    "json://?strict=true",
    "json+zstd://?compression-level=3&max-size=1mb",
    "msgpack+zlib+aes-gcm://?keys=FUZZ_KEYS",
    "pickle://?pickle-protocol=2",
    "null",
    "zstandard",
    "typed",
  ].map(bytesOf),
  words: [
    "+",
    "://",
    "?",
    "&",
    "=",
    "json",
    "text",
    "zstd",
    "brotli",
    "hmac",
    "keys=",
    "max-size=",
    "min-size=1kb",
    "%",
    "v8",
    "typed",
  ],
  run(input) {
    try {
      serializerFromUrl(textOf(input));
      return true;
    } catch (error) {
      expectTyped(error, "INVALID_URL", "UNKNOWN_SCHEME", "INVALID_OPTION", "INVALID_PIPELINE", "INVALID_SECRET");
      return false;
    }
  },
};

const durations: FuzzTarget = {
  ...usual,
  name: "durations",
  seeds: ["500ms", "30s", "10m", "1h", "7d", "PT5M", "P1DT2H3M4.567S", "P2W", "64mb", "500", "1gb"].map(bytesOf),
  words: ["P", "T", "W", "D", "H", "M", "S", "ms", "kb", "00000000000000000000", "9007199254740991", ".5", "-", "e3"],
  run(input) {
    const text = textOf(input);
    const [ms, size] = [parseDuration(text), parseSize(text)];
    for (const each of [ms, size]) {
      if (each !== undefined && !(Number.isSafeInteger(each) && each >= 0)) throw new Error(`${each} was read.`);
    }
    if (ms !== undefined) formatDuration(ms);
    return ms !== undefined || size !== undefined;
  },
};

/** `${NAME:-default}` of a URL: read as pieces that make the text again, and filled from the environment. */
const interpolation: FuzzTarget = {
  ...usual,
  name: "interpolation",
  seeds: ["${FUZZ_URL}", "redis://${FUZZ_HOST:-localhost}:6379", "${FUZZ_URL:?set it}", "a$b", "${", "${A:-${B}}"].map(
    bytesOf,
  ),
  words: ["${", "}", ":-", ":?", "$", "FUZZ_URL", "FUZZ_HOST", "{", "memory://", "__proto__", "-", "?"],
  watched: ["/runtime/dist/", "/.cache/"],
  async run(input) {
    const value = textOf(input);
    const span = { file: "/app/cachetory.yaml", start: 0, end: value.length };
    let found = 0;
    const node = { kind: "scalar", value, written: value, span, textStart: 0 } as const;
    const read = readUrlTemplate(node, (_code, place) => {
      found += 1;
      if (place.start < 0 || place.end > value.length) throw new Error("A finding is outside of the text.");
    });
    if ((read === undefined) !== found > 0) throw new Error("There is no template, and no finding; or both.");
    if (read === undefined) return false;
    if (read.masked.length !== value.length) throw new Error("Places have moved.");
    const url = read.template.parts.map((part) =>
      part.kind === "literal"
        ? part.text
        : {
            variable: part.name,
            ...(part.fallback !== undefined && { fallback: part.fallback }),
            ...(part.message !== undefined && { message: part.message }),
          },
    );
    try {
      await declareBackend({ name: "fuzzed", url }).make().close();
      return true;
    } catch (error) {
      expectTyped(error, "MISSING_ENVIRONMENT", "INVALID_URL", "INVALID_OPTION", "UNKNOWN_SCHEME");
      return false;
    }
  },
};

export const urlTargets: readonly NamedTarget[] = [backendUrls, serializerUrls, durations, interpolation].map(
  (target) => ({
    name: target.name,
    make: () => target,
  }),
);
