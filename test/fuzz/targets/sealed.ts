import { serializerFromUrl } from "@cachetory/runtime";
import { type FuzzTarget, type NamedTarget, usual } from "../fuzz-target.ts";
import { entriesOf, isOf, sampleValues } from "./decoders.ts";

// Any will do: these entries are made and read in one process.
process.env["FUZZ_KEYS"] =
  `one:${Buffer.alloc(32, 1).toString("base64")},two:${Buffer.alloc(32, 2).toString("base64")}`;

/** Nothing opens but what was sealed under its key: an entry of which one bit is another, or of another key, is refused. */
function sealed(name: string, url: string): FuzzTarget {
  const serializer = serializerFromUrl(url);
  const entries = entriesOf(url, sampleValues.slice(0, 12));
  const known = new Set(entries.map((entry) => Buffer.from(entry).toString("hex")));
  const opens = (input: Uint8Array, key: string): boolean => {
    try {
      serializer.deserialize(input, { key });
      return true;
    } catch (error) {
      if (isOf(error, "UNREADABLE")) return false;
      throw error;
    }
  };
  return {
    ...usual,
    name,
    seeds: entries,
    words: ["CTae\x01\x03one", "CThm\x01\x03one", "two"],
    run(input) {
      const isKnown = known.has(Buffer.from(input).toString("hex"));
      if (opens(input, "k") !== isKnown) throw new Error(isKnown ? "An entry was refused." : "A forged entry opened.");
      if (opens(input, "k2")) throw new Error("An entry opened under another key.");
      return isKnown;
    },
  };
}

/**
 * Pipelines of several steps, of which each may be given what it did not make: behind an odd first byte, what the outer step
 * would open is made of the input, so that the inner ones get it as it is.
 */
function chained(name: string, inner: string, outer: string): FuzzTarget {
  const serializer = serializerFromUrl(`${inner}+${outer}`);
  const seal = serializerFromUrl<Uint8Array>(`bytes+${outer}`);
  const innerEntries = entriesOf(inner, sampleValues.slice(0, 14));
  const outerEntries = entriesOf(`${inner}+${outer}`, sampleValues.slice(0, 14));
  return {
    ...usual,
    name,
    seeds: [
      ...innerEntries.map((entry) => Uint8Array.of(1, ...entry)),
      ...outerEntries.map((entry) => Uint8Array.of(0, ...entry)),
    ],
    maxBytes: 64 * 1024 * 1024,
    run(input) {
      const rest = input.subarray(1);
      const stored = (input[0] ?? 0) % 2 === 1 ? seal.serialize(rest, { key: "k" }) : rest;
      try {
        serializer.deserialize(stored, { key: "k" });
        return true;
      } catch (error) {
        if (isOf(error, "UNREADABLE")) return false;
        throw error;
      }
    },
  };
}

export const sealedTargets: readonly NamedTarget[] = [
  { name: "aes-gcm", make: () => sealed("aes-gcm", "json+aes-gcm://?keys=FUZZ_KEYS") },
  { name: "hmac", make: () => sealed("hmac", "json+hmac://?keys=FUZZ_KEYS") },
  { name: "chain-json-zlib", make: () => chained("chain-json-zlib", "json", "zlib://?max-size=1mb") },
  {
    name: "chain-msgpack-zstd-raw",
    make: () => chained("chain-msgpack-zstd-raw", "msgpack", "zstd://?max-size=1mb&min-size=16"),
  },
  { name: "chain-pickle-gzip", make: () => chained("chain-pickle-gzip", "pickle", "gzip://?max-size=1mb") },
  {
    name: "chain-text-brotli-hmac",
    make: () => chained("chain-text-brotli-hmac", "text+brotli", "hmac://?keys=FUZZ_KEYS"),
  },
];
