import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { msgpack } from "@cachetory/runtime";
import fc from "fast-check";
import { expect, test } from "vitest";
import { serializerContract } from "../../contract/serializer.ts";

class Money {
  readonly cents = 1;
}

const cyclic: Record<string, unknown> = {};
cyclic["self"] = [cyclic];

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
// msgpack has one zero, and a map whose keys are all strings is an object here.
const withoutMinusZero = (value: unknown): unknown => (Object.is(value, -0) ? 0 : value);
const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double().map(withoutMinusZero),
  fc.string({ unit: "grapheme" }),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
  fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array(),
);
const { any } = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: "small" }, leaf, tie("list"), tie("object"), tie("map")),
  list: fc.array(tie("any")),
  object: fc.dictionary(fc.string({ unit: "grapheme" }), tie("any"), { noNullPrototype: true }),
  map: fc.tuple(fc.integer(), tie("any")).map((entry) => new Map([entry])),
}));

serializerContract("msgpack", msgpack, {
  carried: [
    ["null", null],
    ["numbers", [0, -1, 127, 128, 2 ** 32, -(2 ** 40), Number.MAX_SAFE_INTEGER, 2 ** 60, 1.5, 1e300]],
    ["numbers that JSON cannot say", [Number.NaN, Number.POSITIVE_INFINITY]],
    ["the largest and the smallest bigint", [2n ** 64n - 1n, -(2n ** 63n), 2n ** 53n]],
    ["strings", ["", "\ufeffa", "日本 🎉", "a".repeat(70_000)]],
    ["dates", [new Date(0), new Date(-1_500), new Date(1_800_000_000_001), new Date(8.64e15), new Date(-8.64e15)]],
    ["bytes", [new Uint8Array(0), new Uint8Array([0, 255]), new Uint8Array(70_000)]],
    ["nested objects and arrays", { a: [{ b: {} }, []], "": null }],
    [
      "a Map with other keys",
      new Map<unknown, unknown>([
        [1, "a"],
        ["b", new Map([[null, [1]]])],
      ]),
    ],
    ["a property called __proto__", JSON.parse('{"__proto__":{"a":1},"constructor":2}')],
    ["500 levels", nested(500)],
  ],
  refused: [
    ["undefined", undefined],
    ["a larger bigint", 2n ** 64n],
    ["a smaller bigint", -(2n ** 63n) - 1n],
    ["an invalid Date", new Date(Number.NaN)],
    ["a lone surrogate", "a\ud800"],
    ["501 levels", nested(501)],
    ["a cycle", cyclic],
  ],
  arbitrary: any,
});

test.each<[string, unknown, string]>([
  ["undefined in an array", { a: [1, undefined] }, "undefined, at value.a[1]"],
  ["a function", { run: () => 1 }, "a function, at value.run"],
  ["a symbol", [Symbol("s")], "a symbol, at value[0]"],
  ["a Set", { a: new Set() }, "a Set, at value.a"],
  ["another typed array", [new Float64Array(1)], "a Float64Array, at value[0]"],
  ["an instance of a class", new Map([["price", new Money()]]), "a Money, at value.price"],
  ["a name in an array", { a: Object.assign([1], { z: 1 }) }, "a property of an array, at value.a.z"],
  ["a symbol as a name", [{ [Symbol("s")]: 1 }], "the property Symbol(s), at value[0]"],
  [
    "a number and a bigint that are one key",
    {
      a: new Map<unknown, string>([
        [1, "a"],
        [1n, "b"],
      ]),
    },
    "two keys of which the format makes one, at value.a[1]",
  ],
  ["a lone surrogate in a name", { "\ud800": 1 }, 'a string with a lone surrogate, at value["\\ud800"]'],
])("msgpack refuses %s, and says where", (_, value, message) => {
  expect(() => msgpack().serialize(value)).toThrow(
    expect.objectContaining({ code: "INVALID_VALUE", message: `msgpack cannot carry ${message}.` }),
  );
});

test.each<[string, unknown, unknown]>([
  ["a property that is undefined is absent", { a: undefined, b: 1 }, { b: 1 }],
  ["a bigint that is a safe integer is a number", [5n, -(2n ** 53n) + 1n], [5, -(2 ** 53) + 1]],
  ["-0 is 0", [-0], [0]],
  ["a Map with strings as keys is an object", new Map([["a", 1]]), { a: 1 }],
  ["a Buffer is a Uint8Array", Buffer.from("a"), new Uint8Array([97])],
  ["an object without a prototype is an object", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
])("through msgpack, %s", (_, value, expected) => {
  expect(msgpack().deserialize(msgpack().serialize(value))).toStrictEqual(expected);
});

test.each<[string, string, unknown]>([
  ["JSON's types", "81a1619601ffcb3ff8000000000000c0c3a2c3a9", { a: [1, -1, 1.5, null, true, "é"] }],
  [
    "integers",
    "96cf001fffffffffffffcf0020000000000000d3ffe0000000000001d38000000000000000cfffffffffffffffffcf0000010000000000",
    [2 ** 53 - 1, 2n ** 53n, -(2 ** 53) + 1, -(2n ** 63n), 2n ** 64n - 1n, 2 ** 40],
  ],
  ["bytes", "c40200ff", new Uint8Array([0, 255])],
  ["a moment in whole seconds", "d6ff6b023080", new Date("2026-11-22T00:00:00Z")],
  ["a moment in microseconds", "d7ff1d6f28006b031f90", new Date("2026-11-22T17:00:00.123Z")],
  ["a moment before 1970", "c70cff1dcd6500fffffffffffffffe", new Date(-1_500)],
  ["a moment in the year 2600", "c70cff0000000000000004a0fe7280", new Date("2600-01-01T00:00:00Z")],
  [
    "keys of two types",
    "8201a161a16202",
    new Map<unknown, unknown>([
      [1, "a"],
      ["b", 2],
    ]),
  ],
  ["an empty dict", "80", {}],
  ["floats", "93cb7ff8000000000000cbfff0000000000000cb3ff0000000000000", [Number.NaN, Number.NEGATIVE_INFINITY, 1]],
])("reads what Python's msgpack wrote: %s", (_, hex, expected) => {
  expect(msgpack().deserialize(Buffer.from(hex, "hex"))).toStrictEqual(expected);
});

test("writes integers as integers and nothing but the plain format", () => {
  const hex = (value: unknown): string => Buffer.from(msgpack().serialize(value)).toString("hex");
  expect(hex({ a: 1 })).toBe("81a16101");
  expect(hex([{ a: 1 }, { a: 1 }])).toBe("9281a1610181a16101");
  expect(hex(2 ** 40)).toBe("d30000010000000000");
  expect(hex(2n ** 63n)).toBe("cf8000000000000000");
  expect(hex(new Date(1_795_305_600_000))).toBe("d6ff6b023080");
});

test.each([
  ["an array of four billion", "ddffffffff"],
  ["a map of four billion", "dfffffffff01"],
  ["arrays of four billion in one another", "ddffffffff".repeat(100)],
  ["bytes of four gigabytes", "c6ffffffff00"],
  ["text of four gigabytes", "dbffffffff41"],
  ["a hundred thousand levels", `${"91".repeat(100_000)}01`],
  ["a record definition of msgpackr", "d4724093a161a162a163"],
  ["an extension that is no timestamp", "d40100"],
  ["an extension of no bytes", "c700ff"],
  ["a timestamp beyond every date", "c70cff000000007fffffffffffffff"],
  ["the byte that means nothing", "c1"],
  ["text that is no UTF-8", "a180"],
  ["two values", "0101"],
  ["nothing", ""],
])("%s is UNREADABLE at once", (_, hex) => {
  const start = performance.now();
  expect(() => msgpack().deserialize(Buffer.from(hex, "hex"))).toThrow(expect.objectContaining({ code: "UNREADABLE" }));
  expect(performance.now() - start).toBeLessThan(1_000);
});

test("a key called __proto__ changes no prototype", () => {
  const read = msgpack<object>().deserialize(Buffer.from("81a95f5f70726f746f5f5f81a16101", "hex"));
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  expect(Object.keys(read)).toEqual(["__proto__"]);
  expect("a" in read).toBe(false);
});

test("bytes of a value do not look into the entry", () => {
  const stored = msgpack().serialize(new Uint8Array([1, 2, 3]));
  msgpack<Uint8Array>().deserialize(stored).fill(9);
  expect(msgpack().deserialize(stored)).toEqual(new Uint8Array([1, 2, 3]));
});

test("what a large value took is kept neither by its entry nor by those after it", () => {
  const serializer = msgpack();
  const entries = [{ text: "x".repeat(5_000_000) }, { a: 1 }, { a: 2 }].map((value) => serializer.serialize(value));
  const [large, ...small] = entries.map(({ buffer }) => buffer.byteLength);
  expect(large).toBe(entries[0]?.byteLength);
  for (const byteLength of small) expect(byteLength).toBeLessThan(100_000);
});

test("without the package, making it says which one to install", () => {
  const preload = fileURLToPath(new URL("../../support/without-package.cjs", import.meta.url));
  const script = `
    import("@cachetory/runtime").then(({ msgpack }) => {
      try { msgpack(); } catch (error) { console.log(error.code + " " + error.message); }
    });`;
  const printed = execFileSync(process.execPath, ["--require", preload, "-e", script], {
    encoding: "utf8",
    env: { ...process.env, WITHOUT_PACKAGE: "msgpackr" },
  });
  expect(printed.trim()).toBe(
    "MISSING_PACKAGE msgpack needs the package msgpackr, which is not installed. Install it: npm install msgpackr",
  );
});
