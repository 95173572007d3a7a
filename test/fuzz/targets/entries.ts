import { Cache, type CacheOptions, json, MemoryBackend, openEnvelope, tag } from "@cachetory/runtime";
import { bytesOf, type FuzzTarget, InputReader, type NamedTarget, textOf, usual } from "../fuzz-target.ts";
import { isOf } from "./decoders.ts";

const envelopeSeeds = [
  "~c1 f0mywpk76o\n12",
  "~c1 fzzzzzzzzz\n12",
  "~c1 f0mywpk76o a9ps\n12",
  "~c1 f0mywpk76o a9ps dp vK3f9a,Qm27x_-\n12",
  `~c1 f0mywpk76o v${"K3f9a,".repeat(600)}x\n12`,
  "~c2 f0mywpk76o\n12",
  "12",
].map(bytesOf);

const envelopeWords = ["~c1 ", " f", " a", " d", " v", "\n", "zzzzzzzzz", "0mywpk76o", ",", "-", "n0-YQ", "tAAAA"];

/** A header is read as what was written, of text and of bytes alike, or refused; what is behind it is left as it is. */
const envelope: FuzzTarget = {
  ...usual,
  name: "envelope",
  seeds: envelopeSeeds,
  words: envelopeWords,
  run(input) {
    const [ofBytes, ofText] = [opened(input), opened(textOf(input))];
    if (ofBytes === undefined) return false;
    const { header, payload } = ofBytes;
    const { freshUntilMs, aheadMs = 0, loadMs = 0, versions } = header;
    if (Number.isNaN(freshUntilMs + aheadMs + loadMs)) throw new Error("A number of the header is none.");
    if (versions.some((version) => !/^[\w-]{1,64}$/.test(version))) throw new Error("A version is no token.");
    if (!input.subarray(input.length - payload.byteLength).every((byte, index) => byte === payload[index])) {
      throw new Error("The payload has been changed.");
    }
    const isAscii = input.every((byte) => byte < 0x80);
    if (isAscii && ofText === undefined) throw new Error("Text was refused that is an envelope in bytes.");
    return true;
  },
};

function opened(stored: unknown) {
  try {
    // What is behind a header in bytes is bytes.
    const { header, payload } = openEnvelope(stored);
    return { header, payload: payload as Uint8Array };
  } catch (error) {
    if (isOf(error, "UNREADABLE")) return undefined;
    throw error;
  }
}

/** Holds no values as they are, so that everything has to be read, as of a server. */
class WireBackend extends MemoryBackend {}

const policies: readonly Partial<CacheOptions<string, unknown>>[] = [
  {},
  { stale: { whileRevalidate: "1h", onError: "1h" } },
  { refreshAhead: "80%" },
  { tags: { ofKey: () => [tag("item", "a")], ofValue: () => [tag("brand", 1)], valueFamilies: ["brand"] } },
];

/**
 * Whatever somebody wrote under the key of an entry, and under those of the records that it depends on, in text or in bytes: a
 * read gives a value or a miss, and a load is answered with what the loader gives or with what could be read.
 */
function entries(name: string, more: Partial<CacheOptions<string, unknown>>): FuzzTarget {
  const backend = new WireBackend();
  const cache = new Cache<string, unknown>({
    name: "fuzzed",
    backend,
    serializer: json(),
    prefix: "app:",
    keyText: (key) => `item:${key}`,
    ttl: "1h",
    ...more,
  });
  const recordKeys = ["app:~cache:fuzzed", "app:~tag:{item}:a", "app:~family:{brand}", "app:~tag:{brand}:1"];
  return {
    ...usual,
    name,
    seeds: [
      ...envelopeSeeds.map((seed) => bytesOf(`\0\0\0\0\0${Buffer.from(seed).toString("latin1")}`)),
      // Records of the cache, of a tag of the key, of a family and of a tag of the value, and an entry that holds by them.
      bytesOf("\0\x03tAA\x03tBB\x03tCC\x03tDD~c1 fzzzzzzzzz vtAA,tBB,n0-MQ,tDD\n12"),
      bytesOf("\x01\x03tAA\x03tBB\x03tCC\x03tDD~c1 fzzzzzzzzz vtAA,tBB\n12"),
    ],
    words: envelopeWords,
    maxCpuMs: 200,
    async run(input) {
      const reader = new InputReader(input);
      const isText = reader.byte() % 2 === 0;
      const asStored = (bytes: Uint8Array): unknown => (isText ? textOf(bytes) : bytes);
      for (const key of recordKeys) {
        const record = reader.some();
        if (record.length > 0) await backend.set(key, asStored(record), {});
      }
      await backend.set("app:item:a", asStored(reader.rest()), {});
      const found = await cache.get("a");
      await cache.getMany(["a", "b"]);
      await cache.has("a");
      await cache.ttl("a");
      const loaded = await cache.getOrSet("a", () => "loaded");
      if (loaded === undefined) throw new Error("A load was answered with nothing.");
      await cache.delete("a");
      await cache.drain();
      return found !== undefined;
    },
  };
}

export const entryTargets: readonly NamedTarget[] = [
  { name: envelope.name, make: () => envelope },
  ...["entries-plain", "entries-stale", "entries-ahead", "entries-tagged"].map((name, index) => ({
    name,
    make: () => entries(name, policies[index] ?? {}),
  })),
];
