import { type PickleOptions, PythonDate, PythonDecimal, PythonTimedelta, PythonUuid, pickle } from "@cachetory/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { serializerContract } from "../../../contract/serializer.ts";

class Money {
  readonly cents = 1;
}

const cyclic: Record<string, unknown> = {};
cyclic["self"] = [cyclic];

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.string({ unit: "grapheme" }),
  fc.bigInt({ min: 2n ** 53n }),
  fc.bigInt({ max: -(2n ** 53n) }),
  fc.date({ noInvalidDate: true, min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z") }),
  fc.uint8Array(),
  fc.uuid().map((text) => new PythonUuid(text)),
);
const { any } = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: "small" }, leaf, tie("list"), tie("object"), tie("map"), tie("set")),
  list: fc.array(tie("any")),
  object: fc.dictionary(fc.string({ unit: "grapheme" }), tie("any"), { noNullPrototype: true }),
  map: fc.tuple(fc.integer(), tie("any")).map((entry) => new Map([entry])),
  set: fc.uniqueArray(fc.string()).map((members) => new Set(members)),
}));

describe.each([0, 1, 2, 3, 4, 5])("in protocol %d", (pickleProtocol) => {
  serializerContract("pickle", () => pickle({ pickleProtocol }), {
    carried: [
      ["null", null],
      ["a property called __proto__", JSON.parse('{"__proto__":{"a":1},"constructor":2}')],
      ["a Map with other keys", new Map<unknown, unknown>([[new Date(0), [new Map([[[1], 2]])]]])],
      ["1000 levels", nested(1_000)],
    ],
    refused: [
      ["undefined", undefined],
      ["an invalid Date", new Date(Number.NaN)],
      ["a lone surrogate", "a\ud800"],
      ["1001 levels", nested(1_001)],
      ["a cycle", cyclic],
    ],
    arbitrary: any,
  });
});

test.each<[string, unknown, string]>([
  ["undefined in an array", { a: [1, undefined] }, "undefined, at value.a[1]"],
  // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
  ["a hole in an array", [1, , 2], "undefined, at value[1]"],
  ["a function", { run: () => 1 }, "a function, at value.run"],
  ["a symbol", [Symbol("s")], "a symbol, at value[0]"],
  ["another typed array", [new Float64Array(1)], "a Float64Array, at value[0]"],
  ["an instance of a class", new Map([["price", new Money()]]), "a Money, at value.price"],
  ["a dict as a key", new Map([[{ a: 1 }, 1]]), "a dict in a key or a set, at value[0]"],
  ["a dict in a set", { a: new Set([[new Map()]]) }, "a dict in a key or a set, at value.a[0][0]"],
  ["a name in an array", { a: Object.assign([1], { z: 1 }) }, "a property of an array, at value.a.z"],
  ["a symbol as a name", [{ [Symbol("s")]: 1 }], "the property Symbol(s), at value[0]"],
  ["a truth and a number in a set", { a: new Set([0, false]) }, "two members that are equal in Python, at value.a[1]"],
  [
    "a number and a bigint in a set",
    new Set([10n ** 400n, 1n, 1]),
    "two members that are equal in Python, at value[2]",
  ],
  [
    "a truth and a number as keys",
    new Map<unknown, string>([
      [1, "a"],
      [true, "b"],
    ]),
    "two keys that are equal in Python, at value[1]",
  ],
  [
    "a year that Python does not know",
    [new Date("+010000-01-01T00:00:00Z")],
    "a Date that is invalid or not of the years 1 to 9999, at value[0]",
  ],
])("pickle refuses %s, and says where", (_, value, message) => {
  expect(() => pickle().serialize(value)).toThrow(
    expect.objectContaining({ code: "INVALID_VALUE", message: `pickle cannot carry ${message}.` }),
  );
});

test("ints of protocols 0 and 1 are as long as Python reads them", () => {
  const longest = 10n ** 4_290n;
  expect(pickle().deserialize(pickle({ pickleProtocol: 1 }).serialize(longest))).toBe(longest);
  expect(() => pickle({ pickleProtocol: 1 }).serialize(10n ** 4_300n)).toThrow(
    expect.objectContaining({ code: "INVALID_VALUE" }),
  );
  expect(pickle().deserialize(pickle().serialize(10n ** 10_000n))).toBe(10n ** 10_000n);
});

test.each<[string, unknown, unknown]>([
  ["a property that is undefined is absent", { a: undefined, b: 1 }, { b: 1 }],
  ["a bigint that is a safe integer is a number", [5n], [5]],
  ["-0 is a float", [-0], [-0]],
  ["a Map with strings as keys is an object", new Map([["a", 1]]), { a: 1 }],
  ["a Buffer is a Uint8Array", Buffer.from("a"), new Uint8Array([97])],
])("through pickle, %s", (_, value, expected) => {
  expect(pickle().deserialize(pickle().serialize(value))).toStrictEqual(expected);
});

const ascii = (text: string): string => Buffer.from(text, "latin1").toString("hex");

test.each([
  ["os.system", ascii("cos\nsystem\n(Vls\ntR."), 'it asks for "os.system", which is no plain data'],
  ["builtins.eval", ascii("c__builtin__\neval\n(V1\ntR."), 'it asks for "__builtin__.eval", which is no plain data'],
  ["getattr by protocol 4", "80048c086275696c74696e738c0767657461747472932e", 'it asks for "builtins.getattr"'],
  ["an OrderedDict", ascii("ccollections\nOrderedDict\n)R."), 'it asks for "collections.OrderedDict"'],
  ["a class as the value", ascii("cuuid\nUUID\n."), "it holds uuid.UUID itself"],
  [
    "a time zone as the value",
    ascii("cdatetime\ntimezone\n(cdatetime\ntimedelta\n)RtR."),
    "it holds a time zone outside",
  ],
  ["a call of a list", ascii("](tR."), "it calls what cannot be called"],
  ["an instance by NEWOBJ", ascii("cdatetime\ndate\n)\x81."), "it makes an unknown object"],
  ["a UUID without its number", ascii("cuuid\nUUID\n)\x81."), "it leaves a UUID without its number"],
  ["a persistent id", ascii("Pid\n."), "it has the opcode 0x50"],
  ["an old instance", ascii("(ios\nsystem\n."), "it has the opcode 0x69"],
  ["an extension", "8201", "it has the opcode 0x82"],
  ["protocol 6", "80064e2e", "its protocol is newer than 5"],
  [
    "a date that is none",
    ascii("cdatetime\ndate\n(c_codecs\nencode\n(V\x07\xea\x0d\x01\nVlatin1\ntRtR."),
    "there is no day",
  ],
  ["a Decimal that is none", ascii("cdecimal\nDecimal\n(Vone\ntR."), "is no decimal number"],
  [
    "a Decimal of a million digits and a letter",
    ascii(`cdecimal\nDecimal\n(V${"1".repeat(1_000_000)}x\ntR.`),
    "is no decimal number",
  ],
  ["a list in itself", ascii("(lp0\ng0\na."), "it holds itself"],
  ["a dict in itself", ascii("(dp0\nVa\ng0\ns."), "it holds itself"],
  ["something behind it", ascii("N.N"), "there are bytes behind it"],
  ["more than one value", ascii("NN."), "it leaves values behind"],
  ["nothing on the stack", ascii("."), "it takes a value where there is none"],
  ["nothing at all", "", "it ends too early"],
  ["a memo that was never filled", ascii("g0\n."), "it recalls what was never kept"],
  ["no mark", ascii("t."), "it goes back to a mark that is not there"],
  ["bytes of 2^63", "80058e00000000000000802e", "it ends too early"],
  ["a bytearray of 2^63", "80059600000000000000802e", "it ends too early"],
  ["text of four gigabytes", "800358ffffffff2e", "it ends too early"],
  ["an int of four gigabytes", "80028bffffffff2e", "it ends too early"],
  ["an int of five thousand digits", ascii(`L${"9".repeat(5_000)}L\n.`), "it has an int that is none, or too long"],
  [
    "100,000 lists in one another",
    ascii(`${"(".repeat(100_000)}${"l".repeat(100_000)}.`),
    "it is deeper than 1000 levels",
  ],
  ["100,000 marks", ascii(`${"(".repeat(100_000)}.`), "it takes a value where there is none"],
  [
    "a set made again and again",
    ascii(`(${"I1\n".repeat(50_000)}lp0\n0${"c__builtin__\nset\n(g0\ntR0".repeat(5_000)}N.`),
    "it grows far beyond its bytes",
  ],
  [
    "bytes encoded again and again",
    ascii(`V${"a".repeat(500_000)}\np0\n0${"c_codecs\nencode\n(g0\nVlatin1\ntR0".repeat(5_000)}N.`),
    "it grows far beyond its bytes",
  ],
])("%s is UNREADABLE, and soon", (_, hex, message) => {
  const start = performance.now();
  expect(() => pickle().deserialize(Buffer.from(hex, "hex"))).toThrow(
    expect.objectContaining({ code: "UNREADABLE", message: expect.stringContaining(message) }),
  );
  expect(performance.now() - start).toBeLessThan(5_000);
});

test("lists that hold one list ten times each, thirty levels deep, are UNREADABLE", () => {
  const levels = Array.from({ length: 30 }, (_, level) => `(${`g${level}\n`.repeat(10)}lp${level + 1}\n`);
  const stored = Buffer.from(`((lp0\n${levels.join("")}t.`, "latin1");
  expect(() => pickle().deserialize(stored)).toThrow("it grows far beyond its bytes");
});

test("a dict with a key __proto__ changes no prototype", () => {
  const read = pickle<object>().deserialize(Buffer.from("(dV__proto__\n(dVa\nI1\nss.", "latin1"));
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  expect(Object.keys(read)).toEqual(["__proto__"]);
  expect("a" in read).toBe(false);
});

test("bytes of a value do not look into the entry", () => {
  const stored = pickle().serialize(new Uint8Array([1, 2, 3]));
  pickle<Uint8Array>().deserialize(stored).fill(9);
  expect(pickle().deserialize(stored)).toEqual(new Uint8Array([1, 2, 3]));
});

test("Python's own types say what they are", () => {
  expect(`${new PythonDate(26, 1, 2)}`).toBe("0026-01-02");
  expect(JSON.stringify([new PythonDecimal("1.50"), new PythonUuid("12345678-9ABC-DEF0-0123-456789ABCDEF")])).toBe(
    '["1.50","12345678-9abc-def0-0123-456789abcdef"]',
  );
  expect(PythonTimedelta.fromMilliseconds(-0.001)).toStrictEqual(new PythonTimedelta(-1, 86_399, 999_999));
  expect(PythonTimedelta.fromMilliseconds(90_061_500)).toStrictEqual(new PythonTimedelta(1, 3_661, 500_000));
  expect(new PythonTimedelta(-1, 86_399, 999_000).milliseconds).toBe(-1);
});

test.each<[string, () => unknown]>([
  ["a 30th of February", () => new PythonDate(2026, 2, 30)],
  ["a year 0", () => new PythonDate(0, 1, 1)],
  ["a timedelta of half a second", () => new PythonTimedelta(0, 0.5)],
  ["a timedelta of too many days", () => new PythonTimedelta(1_000_000_000)],
  ["a Decimal of a word", () => new PythonDecimal("one")],
  ["a UUID without hyphens", () => new PythonUuid("123456789abcdef00123456789abcdef")],
])("%s is INVALID_VALUE", (_, make) => {
  expect(make).toThrow(expect.objectContaining({ code: "INVALID_VALUE" }));
});

test("the protocol is 5 unless it is written", () => {
  expect([...pickle().serialize(null)]).toEqual([0x80, 5, 0x4e, 0x2e]);
  expect([...pickle({ pickleProtocol: 0 }).serialize(null)]).toEqual([0x4e, 0x2e]);
});

test.each([
  [{ pickleProtocol: 6 }, 'pickle: option "pickleProtocol" must be a whole number from 0 to 5, not "6".'],
  [{ protocol: 1 }, 'pickle: unknown option "protocol". Allowed: pickleProtocol.'],
])("%j is refused when it is made", (options, message) => {
  expect(() => pickle(options as PickleOptions)).toThrow(message);
});
