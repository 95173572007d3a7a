import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { BytesSerializer } from "@cachetory/runtime";
import { type TypedOptions, typed } from "@cachetory/runtime/codegen/v1/typed";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TypeIr } from "../../../generator/src/model/type-ir.ts";
import { emittedCodec } from "../../support/emitted-codec.ts";

const listOfText: TypeIr = { root: 0, nodes: [{ kind: "array", items: 1 }, { kind: "string" }], files: [] };
const codec = emittedCodec(listOfText);
const serializerOf = (options?: TypedOptions): BytesSerializer<unknown> => typed(codec, options);

/** More than is made at once. */
const much = 300_000;
const moment = "2026-11-26T04:46:34.017Z";
/** Text that is written with one byte each, as UTF-8, and with two bytes each. */
const fillers = ["a line of text.\n", "größer ", "mostly text, some 🎉, some д. ", "日本語", "\ud800 half a pair"];

const copied = (serializer: BytesSerializer<unknown>, texts: readonly string[]): unknown =>
  serializer.deserialize(serializer.serialize(texts));

describe.each<TypedOptions>([{}, { layout: "compact" }, { detach: true }, { layout: "compact", detach: true }])(
  "much text, with %j",
  (options) => {
    const serializer = serializerOf(options);

    test.each(fillers)("comes back, whatever strings it is: %j", (filler) => {
      const all = filler.repeat(Math.ceil((2 * much) / filler.length));
      const lengths = fc.array(fc.nat(90_000), { minLength: 1, maxLength: 12 });
      fc.assert(
        fc.property(lengths, (some) => {
          const texts: string[] = [];
          let at = 0;
          for (const length of [...some, 0, 1, much]) {
            texts.push(all.slice(at % much, (at % much) + length));
            at += length;
          }
          // What is packed lies beyond the end of the strings that are made.
          expect(copied(serializer, [...texts, moment, ...texts])).toStrictEqual([...texts, moment, ...texts]);
        }),
        { numRuns: 20 },
      );
    });

    test.each([1, 2, 3, 4])("comes back where a character begins %i bytes before a new string is made", (before) => {
      const texts = ["a".repeat(32 * 1024 - before), `🎉${"b".repeat(much)}`];
      expect(copied(serializer, texts)).toStrictEqual(texts);
    });

    test("comes back as one string, and as many", () => {
      const all = fillers.slice(0, 3).join("").repeat(10_000);
      expect(copied(serializer, [all])).toStrictEqual([all]);
      const many = all.split(" ");
      expect(copied(serializer, many)).toStrictEqual(many);
    });

    test.each(fillers)("is refused where some of it is missing: %j", (filler) => {
      const stored = Buffer.from(serializer.serialize([filler.repeat(much / filler.length), "the end"]));
      for (const missing of [1, 2, 40_000]) {
        // The numbers behind the text stay.
        const cut = Buffer.concat([stored.subarray(0, 200_000), stored.subarray(200_000 + missing)]);
        expect(() => serializer.deserialize(cut)).toThrow(expect.objectContaining({ code: "UNREADABLE" }));
      }
    });
  },
);

test.each(["x", "д and more of what is short", "日"])("a string of much text keeps little of it: %s", (filler) => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const serializer = serializerOf();
  const short = "kept of much that is not";
  const stored = Buffer.from(serializer.serialize([short, filler.repeat(1_000_000 / filler.length)]));
  const usedBytes = (): number => {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = usedBytes();
  const kept = Array.from({ length: 100 }, () => (serializer.deserialize(stored) as string[])[0]);
  expect(usedBytes() - before).toBeLessThan(10_000_000);
  expect(kept.every((text) => text === short)).toBe(true);
});

test.each([
  ["a fifth of the characters", "Größe und läßt sie ", (text: string) => Buffer.byteLength(text)],
  ["most characters", "Цены ", (text: string) => 2 * text.length],
])("where %s lie beyond ASCII, text takes what is the least", (_, filler, bytesOf) => {
  const text = `${filler.repeat(100)}🎉`;
  const serializer = serializerOf();
  // What was written before is a hint at what comes, and changes no bytes.
  for (let turn = 0; turn < 3; turn++) {
    const overhead = serializer.serialize([text]).byteLength - bytesOf(text);
    expect(overhead).toBeGreaterThan(0);
    expect(overhead).toBeLessThan(10);
  }
});
