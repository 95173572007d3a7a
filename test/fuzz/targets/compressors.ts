import { serializerFromUrl } from "@cachetory/runtime";
import { bytesOf, type FuzzTarget, type NamedTarget, usual } from "../fuzz-target.ts";
import { readOrRefused } from "./decoders.ts";

/** What an entry may become here; small, so that bombs reach it. */
const maxSize = 128 * 1024;

/** What is read is written and read again up to this size: more takes most of the time, and shows no more. */
const maxWrittenSize = 4096;

const plain: readonly Uint8Array[] = [
  new Uint8Array(),
  bytesOf("a"),
  bytesOf("a text that is a text that is a text that is a text"),
  Uint8Array.from({ length: 300 }, (_, index) => (index * 7919) % 256),
  new Uint8Array(maxSize),
];

/** Entries that would become 64 MB. */
const bomb = new Uint8Array(64 * 1024 * 1024);

/** No entry becomes more than `max-size`, whatever it says of itself, and what was read is written and read again where it is small. */
function decompressor(name: string, scheme: string, options: string): FuzzTarget {
  const url = `bytes+${scheme}://?max-size=128kb${options}`;
  const serializer = serializerFromUrl<Uint8Array>(url);
  const large = serializerFromUrl<Uint8Array>(`bytes+${scheme}://?max-size=64mb`);
  const read = readOrRefused(url);
  const entryOf = (value: Uint8Array): Uint8Array => new Uint8Array(serializer.serialize(value) as Uint8Array);
  return {
    ...usual,
    name,
    seeds: [...plain.map(entryOf), new Uint8Array(large.serialize(bomb) as Uint8Array).subarray(0, 4096)],
    words: ["CThm"],
    // What decompressors hold by themselves, chunks, and the whole that is made of them.
    maxBytes: 8 * 1024 * 1024,
    run(input) {
      const found = read(input);
      if (found === undefined) return false;
      const value = found.value as Uint8Array;
      if (value.byteLength > maxSize) throw new Error(`It became ${value.byteLength} bytes, over ${maxSize}.`);
      if (value.byteLength > maxWrittenSize) return true;
      const again = serializer.deserialize(serializer.serialize(value));
      if (!Buffer.from(value).equals(again)) throw new Error("What it wrote it reads as other bytes.");
      return true;
    },
  };
}

export const compressors: readonly NamedTarget[] = [
  ...["zlib", "gzip", "brotli", "zstd"].map((name) => ({ name, make: () => decompressor(name, name, "") })),
  ...["zlib", "gzip", "zstd"].map((scheme) => ({
    name: `${scheme}-raw`,
    make: () => decompressor(`${scheme}-raw`, scheme, "&min-size=64"),
  })),
];
