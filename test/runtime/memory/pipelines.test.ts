import { deserialize, serialize } from "node:v8";
import { MemoryBackend, serializerFromUrl } from "@cachetory/runtime";
import fc from "fast-check";
import { expect, test } from "vitest";

const asJson = fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const asClone = fc
  .anything({ withDate: true, withMap: true, withSet: true, withBigInt: true, withTypedArray: true })
  .map((value) => deserialize(serialize(value)) as unknown);
const asText = fc.string({ unit: "grapheme" });
const asBytes = fc.uint8Array();

test.each<[string, fc.Arbitrary<unknown>]>([
  ["json", asJson],
  ["json+zlib", asJson],
  ["json+gzip", asJson],
  ["json+brotli", asJson],
  ["json+zstd", asJson],
  ["json+zlib+zstd", asJson],
  ["pickle", asJson],
  ["pickle+zstd", asJson],
  ["msgpack", asJson],
  ["msgpack+zstd", asJson],
  ["v8", asClone],
  ["v8+zlib", asClone],
  ["v8+zstd", asClone],
  ["text", asText],
  ["text+zlib", asText],
  ["text+zstd", asText],
  ["bytes", asBytes],
  ["bytes+zlib", asBytes],
  ["bytes+zstd", asBytes],
  ["zlib", asBytes],
  ["zstd", asBytes],
  ["noop", asClone],
])("through %s and memory, a value comes back deeply equal", async (url, values) => {
  const serializer = serializerFromUrl(url);
  const backend = new MemoryBackend();
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      await backend.set("key", serializer.serialize(value), {});
      expect(serializer.deserialize(await backend.get("key", serializer.out))).toStrictEqual(value);
    }),
    { seed: 42, numRuns: 60 },
  );
});
