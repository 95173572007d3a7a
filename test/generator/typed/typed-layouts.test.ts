import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type BytesSerializer, CachetoryError } from "@cachetory/runtime";
import { type TypedOptions, typed } from "@cachetory/runtime/codegen/v1/typed";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TypeIr } from "../../../generator/src/model/type-ir.ts";
import { serializerContract } from "../../contract/serializer.ts";
import { emittedCodec } from "../../support/emitted-codec.ts";

// An object of which each property is a list of strings.
const listOf = (names: readonly string[]): TypeIr => ({
  root: 0,
  nodes: [
    {
      kind: "object",
      properties: names.map((name) => ({ name, type: 1, isOptional: false })),
      indexes: [],
    },
    { kind: "array", items: 2 },
    { kind: "string" },
  ],
  files: [],
});

interface Texts {
  readonly texts: readonly string[];
}

const codec = emittedCodec(listOf(["texts"]));
const serializerOf = (options?: TypedOptions): BytesSerializer<unknown> => typed(codec, options);
const compact = serializerOf({ layout: "compact" });
const fast = serializerOf();

const uuid = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
const moment = "2026-11-26T04:46:34.017Z";
const hexOf = (text: string): string => Buffer.from(text, "latin1").toString("hex");

/** What looks like something that is packed, and is not quite. */
const nearly = [
  uuid.toUpperCase(),
  uuid.replace("b8", "B8"),
  uuid.slice(1),
  uuid.replace("-", "_"),
  uuid.replace("a", "g"),
  `${uuid.slice(0, 35)}\u0131`,
  "2026-02-30T00:00:00.000Z",
  "2026-02-29T00:00:00.000Z",
  "1900-02-29T00:00:00.000Z",
  "2026-13-01T00:00:00.000Z",
  "2026-00-01T00:00:00.000Z",
  "2026-01-00T00:00:00.000Z",
  "2026-04-31T00:00:00.000Z",
  "2026-01-01T24:00:00.000Z",
  "2026-01-01T00:60:00.000Z",
  "2026-01-01T00:00:60.000Z",
  "2026-01-01T00:00:00.00aZ",
  "2026-01-01t00:00:00.000Z",
  "2026-01-01T00:00:00,000Z",
  "2026-01-01T00:00:00.000+",
  "2026-01-01T00:00:00Z",
  "2026-01-01",
  "\u0132026-01-01T00:00:00.000Z",
  "20\u013226-01-01T00:00:00.000Z",
  "2\u01302\u0136-01-01T00:00:00.000Z",
  "9999-12-31T23:59:59.999Z",
  "-----------------------------------------",
];

const packed = [
  uuid,
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  moment,
  "0000-01-01T00:00:00.000Z",
  "0000-02-29T23:59:59.999Z",
  "1969-12-31T23:59:59.999Z",
  "2000-02-29T12:34:56.789Z",
  "2024-12-31T00:00:00.001Z",
  "6429-01-01T00:00:00.000Z",
];

/** What has more before it than belongs to it. */
const within = [`+01${moment}`, `2026-11-${moment}`, `6ba7b810-${uuid}`];

/** Text that mixes what is packed with what is none. */
const mixed = fc
  .array(
    fc.oneof(
      fc.constantFrom(...packed, ...nearly, ...within, "-", "é", "日本", "🎉", "\ud800", ""),
      fc.uuid(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.string({ unit: "binary" }),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(""));

const carried = [
  ["no text", { texts: [] }],
  ["empty text", { texts: ["", ""] }],
  ["what is packed", { texts: packed }],
  ["what is packed, within text", { texts: packed.map((item) => `urn:${item}/${item}?`) }],
  [
    "what is packed, parted",
    { texts: packed.flatMap((item) => [item.slice(0, 9), item.slice(9, 10), item.slice(10)]) },
  ],
  ["what is packed, beside text of others", { texts: packed.flatMap((item) => [item, "é", item, "日本", item, "🎉"]) }],
  ["what is packed, beside half of a pair", { texts: [...packed, "\ud800"] }],
  ["what is nearly that", { texts: [...nearly, ...within] }],
  ["what is nearly that, together", { texts: [nearly.join(""), nearly.join("-"), nearly.join(uuid)] }],
  [
    "much",
    {
      texts: Array.from(
        { length: 5_000 },
        (_, index) => `${packed[index % packed.length]}${nearly[index % nearly.length]}`,
      ),
    },
  ],
] as const;

describe.each([{ layout: "compact" }, { detach: true }, { layout: "compact", detach: true }] as const)(
  "with %j",
  (options) => {
    serializerContract("typed", () => serializerOf(options), {
      carried,
      refused: [["a number for text", { texts: [1] }]],
      arbitrary: fc.array(mixed).map((texts) => ({ texts })),
    });
  },
);

describe("either layout", () => {
  test.each([
    ["the sign for what cannot be read", "\ufffd", 3],
    ["one whose first byte is the same", "\ufe0f", 3],
    ["half of a pair, at the end", "\ud83d", undefined],
    ["the other half, before what is no half", "\udeb2 and more", undefined],
    ["halves in the wrong order", "\udeb2\ud83d", undefined],
    ["both", "\ufffd\ud83d", undefined],
    ["all three", "\ufe0f\ufffd\ud83d", undefined],
  ])("writes %s, behind mostly ASCII, as it is", (_, further, bytes) => {
    const value = { texts: ["plain ".repeat(60), further] };
    for (const serializer of [fast, compact]) {
      const stored = Buffer.from(serializer.serialize(value));
      expect(serializer.deserialize(stored)).toEqual(value);
      // As UTF-8 where that can say it, else with two bytes a character.
      const isWide = stored.includes("p\0l\0a\0i\0n\0");
      expect(isWide).toBe(bytes === undefined);
      if (bytes !== undefined) expect(stored.length).toBeLessThan(360 + bytes + 16);
    }
  });

  test("writes the same bytes whatever was written before", () => {
    // As many as it takes to expect ASCII again.
    const latin1 = Array.from({ length: 20 }, (_, index) => ["plain", `caf${index % 3 === 0 ? "é" : "e"}`]);
    const values = [["plain"], ["é"], ["日本語"], [`${"a".repeat(50)}…`], ["\ud800"], ...latin1, ["ö"], ["…"], []].map(
      (texts) => ({ texts }),
    );
    for (const options of [{ layout: "fast" }, { layout: "compact" }] as const) {
      const [one, other] = [serializerOf(options), serializerOf(options)];
      const inOrder = values.map((value) => Buffer.from(one.serialize(value)).toString("hex"));
      const backwards = [...values].reverse().map((value) => Buffer.from(other.serialize(value)).toString("hex"));
      expect(backwards.reverse()).toEqual(inOrder);
    }
  });

  test.each(["a", "é", "д"])("keeps what it writes up to the end of memory that entries share, of %j", (character) => {
    const serializer = serializerOf();
    const small: Texts = { texts: ["x".repeat(80)] };
    const writtenIn = (value: Texts): Uint8Array => serializer.serialize(value) as Uint8Array;
    for (let more = -24; more <= 24; more++) {
      let left = 0;
      // Until there is room for what is somewhat longer than the one before, and no more.
      while (left < 4_300 || left >= 4_500) {
        const { buffer, byteOffset, length } = writtenIn(small);
        left = buffer.byteLength - byteOffset - length;
      }
      const value: Texts = { texts: [character.repeat(Math.floor((left + more) / (character === "д" ? 2 : 1)))] };
      const stored = writtenIn(value);
      expect(serializer.deserialize(writtenIn(small))).toStrictEqual(small);
      expect(serializer.deserialize(stored)).toStrictEqual(value);
    }
  });
});

describe("the compact layout", () => {
  // Written by hand from the description of the format, so that they tell when it changes.
  const shifted = (Date.parse(moment) + 2 ** 47).toString(16).padStart(12, "0");
  const bytesOfUuid = uuid.replaceAll("-", "");
  test.each<[what: string, texts: readonly string[], hex: string]>([
    // One string of 36 characters; the item, with nothing before it; no text; 17 bytes of items; a section of two bytes.
    ["a UUID", [uuid], `0124${"00"}${bytesOfUuid}${"44"}${"0b"}`],
    // The item, a moment, with two characters before it; seven bytes.
    ["a moment within text", [`a ${moment}.`], `011b${"05"}${shifted}${hexOf("a .")}${"1c"}${"0b"}`],
    // The second item has the character before it that stands between both.
    ["both", [uuid, "é", moment], `03240118${"00"}${bytesOfUuid}${"03"}${shifted}${"e9"}${"60"}${"13"}`],
    // Behind 70 characters, which twice are more than seven bits.
    ["what is further away", ["x".repeat(70), moment], `024618${"8d01"}${shifted}${"78".repeat(70)}${"20"}${"0f"}`],
    ["text alone", ["ab"], `0102${hexOf("ab")}${"08"}`],
    ["text that is shorter as UTF-8", [`${"a".repeat(30)}д`], `011f${"61".repeat(30)}${"d0b4"}${"09"}`],
    ["text that is shorter with two bytes each", ["日本"], `0102${"e5652c67"}${"0a"}`],
  ])("writes %s", (_, texts, hex) => {
    const stored = Buffer.from(compact.serialize({ texts }));
    expect(stored.toString("hex")).toBe(`c1${codec.fingerprint}${hex}`);
    expect(compact.deserialize(stored)).toStrictEqual({ texts });
  });

  test("packs each moment that toISOString can write before the year 6429", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(packed[4] ?? ""), max: new Date("6429-01-01"), noInvalidDate: true }),
        (date) => {
          const texts = [date.toISOString()];
          const stored = compact.serialize({ texts });
          expect(stored.length).toBe(4 + 2 + 7 + 2);
          expect(compact.deserialize(stored)).toStrictEqual({ texts });
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("packs nothing that is nearly that", () => {
    for (const text of nearly) {
      const stored = Buffer.from(compact.serialize({ texts: [text] }));
      // The form of the text stands in the two lowest bits of its last byte; 3 is packed.
      expect((stored.at(-1) ?? 0) & 3).not.toBe(3);
    }
  });

  test("and the fast one read each other's entries, the same for a value that holds nothing to pack", () => {
    const value: Texts = { texts: [...packed, ...nearly] };
    expect(fast.deserialize(compact.serialize(value))).toStrictEqual(value);
    expect(compact.deserialize(fast.serialize(value))).toStrictEqual(value);
    expect(compact.serialize({ texts: ["plain"] })).toEqual(fast.serialize({ texts: ["plain"] }));
  });

  test("takes less than half of the JSON of ids and dates", () => {
    const texts = Array.from({ length: 100 }, (_, index) => packed[index % 5] ?? "");
    expect(compact.serialize({ texts }).length).toBeLessThan(JSON.stringify(texts).length / 2);
  });

  test.each([
    ["a moment before the year 0", `0118${"01"}${(-62_167_219_200_001 + 2 ** 47).toString(16)}${"1c"}${"0b"}`],
    ["an item beyond the text", `0124${"02"}${bytesOfUuid}${"44"}${"0b"}`],
    ["an item that is cut off", `0124${"00"}${bytesOfUuid.slice(2)}${"40"}${"0b"}`],
    ["more items than there are bytes", `0124${"00"}${bytesOfUuid}${"48"}${"0b"}`],
    ["text that is packed twice", `0125${"00"}${bytesOfUuid}${"61"}${"47"}${"0b"}`],
    ["another string than its item", `0123${"00"}${bytesOfUuid}${"44"}${"0b"}`],
  ])("refuses %s", (_, hex) => {
    for (const options of [{}, { detach: true }]) {
      const read = (): unknown => serializerOf(options).deserialize(Buffer.from(`c1${codec.fingerprint}${hex}`, "hex"));
      expect(read).toThrow(expect.objectContaining({ code: "UNREADABLE" }));
    }
  });

  test("is one of two", () => {
    // What JavaScript may say in spite of the types.
    const options = { layout: "small" } as unknown as TypedOptions;
    expect(() => serializerOf(options)).toThrow(
      new CachetoryError(
        "INVALID_OPTION",
        'typed: option "layout" must be one of fast, compact, not "small". The default is fast.',
      ),
    );
  });
});

describe("a string that is kept", () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;

  /** How many bytes the heap grows by while one short string of each of 200 large values is kept. */
  function keptBytes(options: TypedOptions, long: string): number {
    const serializer = serializerOf(options);
    const short = "kept of much that is not";
    const stored = Buffer.from(serializer.serialize({ texts: [short, long] }));
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const kept = Array.from({ length: 200 }, () => (serializer.deserialize(stored) as Texts).texts[0]);
    collectGarbage();
    const grown = process.memoryUsage().heapUsed - before;
    expect(kept.every((text) => text === short)).toBe(true);
    return grown;
  }

  // Of 128 KiB and more, not all is one string.
  test.each([
    ["x", 100_000],
    ["é", 100_000],
    ["日", 60_000],
  ])("keeps all text of its value, and with detach nothing else: %s", (filler, length) => {
    const long = filler.repeat(length);
    for (const layout of ["fast", "compact"] as const) {
      expect(keptBytes({ layout }, long)).toBeGreaterThan(15_000_000);
      expect(keptBytes({ layout, detach: true }, long)).toBeLessThan(3_000_000);
    }
  });
});
