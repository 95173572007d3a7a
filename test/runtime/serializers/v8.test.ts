import { deserialize, serialize } from "node:v8";
import { v8 } from "@cachetory/runtime";
import fc from "fast-check";
import { expect, test } from "vitest";
import { serializerContract } from "../../contract/serializer.ts";

serializerContract("v8", v8, {
  carried: [
    ["undefined inside", { a: undefined }],
    ["numbers that JSON cannot say", [Number.NaN, Number.POSITIVE_INFINITY, -0, 10n ** 30n]],
    ["dates and regular expressions", { at: new Date(1_800_000_000_000), like: /a+/gi }],
    ["maps and sets", new Map<unknown, unknown>([[{ a: 1 }, new Set(["x"])]])],
    ["typed arrays", [new Uint8Array([1, 2, 3]), new Float64Array([0.5]), new Uint8Array(0)]],
    ["a lone surrogate", "\ud800"],
  ],
  refused: [
    ["a function", () => 1],
    ["a symbol", { a: Symbol("s") }],
  ],
  arbitrary: fc.anything({ withDate: true, withMap: true, withSet: true, withBigInt: true, withTypedArray: true }).map(
    // What structured clone makes of it: prototypes and symbols are not carried.
    (value) => deserialize(serialize(value)) as unknown,
  ),
});

test("writes what Node reads", () => {
  expect(deserialize(v8().serialize({ a: new Map([[1, 2]]) }))).toEqual({ a: new Map([[1, 2]]) });
});

test("a typed array in a value does not look into the entry", () => {
  const serializer = v8<{ bytes: Uint8Array }>();
  const stored = serializer.serialize({ bytes: new Uint8Array([1, 2, 3]) });
  serializer.deserialize(stored).bytes.fill(9);
  expect(serializer.deserialize(stored)).toEqual({ bytes: new Uint8Array([1, 2, 3]) });
});

test("each typed array of a value has a buffer of its own", () => {
  const value = {
    text: "x".repeat(1000),
    views: [
      new Uint8Array([1, 2, 3]),
      Buffer.from([4]),
      new Float64Array([0.5]),
      new BigInt64Array([1n]),
      new DataView(new Uint8Array([5, 6]).buffer),
      new Uint8Array([0, 7, 8]).subarray(1),
    ],
  };
  const stored = v8<typeof value>().serialize(value);
  for (const bytes of [stored, Buffer.concat([Buffer.of(0), stored]).subarray(1)]) {
    const read = v8<typeof value>().deserialize(bytes);
    expect(read).toStrictEqual(value);
    for (const view of read.views) expect(view.buffer.byteLength).toBe(view.byteLength);
  }
});

test("a typed array that is there twice is one", () => {
  const view = new Uint8Array([1]);
  const [first, second] = v8<Uint8Array[]>().deserialize(v8<Uint8Array[]>().serialize([view, view])) as Uint8Array[];
  expect(first).toBe(second);
});

/** In one byte a character it looks like the head of an array of 33 million places. */
const likeAnArray = "a\u00ff\u00ff\u00ff\u000f";

test("bytes that claim long arrays are refused before room is taken for them", () => {
  for (const hex of [
    "ff0f5261abffff0f5a11",
    "ff0f61abffff0f",
    "ff0f6f2201616180808008",
    `ff0f${"41ff7f".repeat(2000)}`,
  ]) {
    const before = process.memoryUsage().heapTotal;
    expect(() => v8().deserialize(Buffer.from(hex, "hex"))).toThrow(expect.objectContaining({ code: "UNREADABLE" }));
    expect(process.memoryUsage().heapTotal - before).toBeLessThan(64 * 1024 * 1024);
  }
});

test("text and bytes that only look like such arrays are carried, beside whatever else", () => {
  const beside = fc.anything({ withDate: true, withMap: true, withSet: true, withBigInt: true, withTypedArray: true });
  fc.assert(
    fc.property(beside, (given) => {
      const value: unknown = deserialize(
        serialize({ given, text: likeAnArray, like: /a+/g, more: [Object("s"), Object(1n)] }),
      );
      expect(v8().deserialize(v8().serialize(value))).toEqual(value);
    }),
  );
});

const cause = { of: [new RangeError("a"), likeAnArray] };

test.each([
  ["an error", new Error("m")],
  ["one of a class, without a message", new TypeError()],
  ["one with a cause", new Error("m", { cause })],
  ["one whose message is not Latin", new SyntaxError("€")],
  ["bytes that may become more", Reflect.construct(ArrayBuffer, [5, { maxByteLength: 900 }])],
])("beside %s, too", (_, given) => {
  const value: unknown = deserialize(serialize([given, likeAnArray, given, new Uint8Array([97, 255, 255, 255, 127])]));
  expect(v8().deserialize(v8().serialize(value))).toEqual(value);
});

test("an array of which nearly nothing is there is refused when it is written, and not when it is read", () => {
  const sparse: number[] = [];
  sparse[3_000_000] = 1;
  expect(() => v8().serialize(sparse)).toThrow(expect.objectContaining({ code: "INVALID_VALUE" }));
  expect(v8<number[]>().deserialize(v8<number[]>().serialize(sparse.slice(-30_000)))).toHaveLength(30_000);
});
