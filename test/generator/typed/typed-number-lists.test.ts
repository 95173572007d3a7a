import { typed } from "@cachetory/runtime/codegen/v1/typed";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emittedCodec } from "../../support/emitted-codec.ts";

const codecOf = (kind: "number" | "integer"): ReturnType<typeof emittedCodec> =>
  emittedCodec({ root: 0, nodes: [{ kind: "array", items: 1 }, { kind }], files: [] });

function sizeOf(kind: "number" | "integer", values: readonly number[]): number {
  const serializer = typed<unknown>(codecOf(kind));
  const stored = Buffer.from(serializer.serialize(values));
  const read = serializer.deserialize(stored) as number[];
  expect(read).toHaveLength(values.length);
  expect(read.every((value, index) => Object.is(value, values[index]))).toBe(true);
  return stored.length;
}

const list = (count: number, valueAt: (index: number) => number): number[] =>
  Array.from({ length: count }, (_, index) => valueAt(index));

/** Of a list of a thousand: the header, two bytes of the count, the form, and the end. */
const frame = 4 + 2 + 1 + 2;

describe("a list of numbers", () => {
  test.each<[string, number[], bytes: number]>([
    [
      "that go on evenly takes a byte each, but the first two",
      list(1_000, (at) => 1_700_000_000_000 + at * 1_000),
      1_004 + 3,
    ],
    ["that are whole and change by less than 32 a step", list(1_000, (at) => (at % 2) * 20), 1_000],
    ["that are whole and change by less than 4,096 a step", list(1_000, (at) => (at % 2) * 4_000), 2_000 - 1],
    ["with two decimals", list(1_000, (at) => (at % 60) / 100), 1_000],
    ["with three decimals", list(1_000, (at) => ((at % 60) + 1) / 1_000), 1_000],
    ["with all of them", list(1_000, (at) => Math.sqrt(at + 2)), 8_000],
    ["of which one is a zero below zero", list(1_000, (at) => (at === 999 ? -0 : at)), 8_000],
    ["of which one is beyond what is exact", list(1_000, (at) => (at === 999 ? 2 ** 60 : at)), 8_000],
  ])("%s", (_, values, bytes) => {
    expect(Math.abs(sizeOf("number", values) - frame - bytes)).toBeLessThanOrEqual(4);
  });

  test("comes back with every number as it was", () => {
    const number = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.nat(99).map((cents) => cents / 100),
      fc.constantFrom(
        -0,
        2 ** 31,
        -(2 ** 31),
        2 ** 31 / 100,
        -(2 ** 50),
        2 ** 50 - 1,
        21_474_836.48,
        -0.005,
        8_191,
        -8_192,
      ),
    );
    fc.assert(
      fc.property(fc.array(number, { maxLength: 2_000 }), (values) => {
        sizeOf("number", values);
      }),
    );
  });

  test("whose steps are of any size comes back, in the fewest bytes", () => {
    // Up and down by as much, so what is written is twice a step at most.
    for (let bits = 0; bits <= 47; bits += 1) {
      for (const step of [2 ** bits - 1, 2 ** bits, 2 ** bits + 1]) {
        const wholes = list(400, (at) => (at % 4 === 1 ? step : at % 4 === 3 ? 0 - step : 0));
        const cents = [0.01, ...wholes.map((whole) => whole / 100)];
        const atMost = Math.max(1, Math.ceil((bits + 4) / 7));
        for (const values of [wholes, cents]) expect(sizeOf("number", values)).toBeLessThan(frame + 4 + 402 * atMost);
      }
    }
  });

  test("of any length comes back", () => {
    for (const length of [511, 512, 513, 5_000])
      sizeOf(
        "number",
        list(length, (at) => Math.sqrt(at + 2)),
      );
  });

  test.each([4, 700])("is not disturbed by a getter that has another one written, of %d", (length) => {
    const serializer = typed<unknown>(codecOf("number"));
    const values = list(length, (at) => Math.sqrt(at + 2));
    const withGetter = Object.defineProperty([...values], 2, {
      get() {
        serializer.serialize(list(length, (at) => Math.cbrt(at + 2)));
        return values[2];
      },
    });
    expect(serializer.deserialize(serializer.serialize(withGetter))).toStrictEqual(values);
  });

  test.each([0, 1, 700])("with another thing at %d is refused, and where", (index) => {
    for (const filler of [1, 0.25, Math.PI]) {
      const values: unknown[] = list(800, () => filler);
      values[index] = "1";
      expect(() => typed(codecOf("number")).serialize(values)).toThrow(`value[${index}]: a string, not a number`);
    }
  });
});

describe("a list of integers", () => {
  test("is written as one of numbers is", () => {
    const values = list(1_000, (at) => at * 7);
    expect(sizeOf("integer", values)).toBe(sizeOf("number", values));
    for (const left of [
      [2 ** 53, -(2 ** 60), 1e300],
      [-0, 1],
      [1, 2 ** 50],
      [7, -0, 2 ** 49],
    ]) {
      expect(sizeOf("integer", left)).toBe(sizeOf("number", left));
    }
  });

  test.each<[unknown, found: string, before: readonly number[]]>([
    [0.5, "a number", [1, 2]],
    [Number.NaN, "a number", [2 ** 52, 1]],
    [Number.POSITIVE_INFINITY, "a number", []],
    ["1", "a string", [1, -0]],
    [null, "null", [3]],
  ])("with %j is refused, and where", (item, found, before) => {
    const values = [...before, item, 0.25, "2"];
    expect(() => typed(codecOf("integer")).serialize(values)).toThrow(
      `value[${before.length}]: ${found}, not an integer`,
    );
  });

  test("with a fraction is refused, written and read", () => {
    const serializer = typed(codecOf("integer"));
    expect(() => serializer.serialize([1, 2.5])).toThrow("value[1]: a number, not an integer");
    const stored = Buffer.from(typed(codecOf("number")).serialize([1, 2.5]));
    stored.write(codecOf("integer").fingerprint, 1, "hex");
    expect(() => serializer.deserialize(stored)).toThrow(/damaged/);
    // Behind the header and the count stands the form: no integers are written as decimals.
    const large = Buffer.from(serializer.serialize([2 ** 60]));
    expect(large[5]).toBe(1);
    for (const form of [0, 3, 4, 5]) {
      large[5] = form;
      expect(() => serializer.deserialize(large)).toThrow(/damaged/);
    }
  });
});
