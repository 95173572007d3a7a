import { inflateSync } from "node:zlib";
import { json, serializerFromUrl } from "@cachetory/runtime";
import fc from "fast-check";
import { expect, test } from "vitest";
import { serializerContract } from "../../contract/serializer.ts";

class Money {
  readonly cents = 1;
}

class Prices extends Array<number> {
  toJSON(): number {
    return this.length;
  }
}

/** The same with a `toJSON` that is no name of its properties. */
function withToJson<T extends object>(value: T): T {
  return Object.defineProperty(value, "toJSON", { value: () => 1 });
}

const strict = (): ReturnType<typeof json> => json({ strict: true });
const cyclic: Record<string, unknown> = {};
cyclic["self"] = [cyclic];
let deep: unknown = 1;
for (let level = 0; level < 100_000; level++) deep = [deep];
const shared = { a: 1 };

serializerContract("json", strict, {
  carried: [
    ["null", null],
    ["truths", [true, false]],
    ["numbers", [0, -1, 1.5, 1e300, Number.MAX_SAFE_INTEGER]],
    ["strings", ["", 'quo"te', "日本 🎉", "\ud800"]],
    ["nested objects and arrays", { a: [{ b: {} }, []], "": null }],
    ["the same object twice", [shared, shared]],
    ["a toJSON that is no function", { toJSON: "a" }],
    ["a property called __proto__", JSON.parse('{"__proto__":{"a":1}}')],
  ],
  refused: [
    ["undefined", undefined],
    ["NaN", Number.NaN],
    ["a cycle", cyclic],
    ["what is too deep for the stack", deep],
  ],
  arbitrary: fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as unknown),
});

test.each<[string, unknown, string]>([
  ["NaN", { items: [{ price: Number.NaN }] }, "NaN, at value.items[0].price"],
  ["an infinity", { "a b": Number.NEGATIVE_INFINITY }, '-Infinity, at value["a b"]'],
  ["undefined in an array", [1, undefined], "undefined, at value[1]"],
  // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
  ["a hole in an array", [1, , 2], "undefined, at value[1]"],
  ["a function", { run: () => 1 }, "a function, at value.run"],
  ["a symbol", [Symbol("s")], "a symbol, at value[0]"],
  ["a symbol as a name", { a: { [Symbol("s")]: 1 } }, "the property Symbol(s), at value.a"],
  ["a name in an array", [Object.assign([1], { more: 2 })], "a property of an array, at value[0].more"],
  ["a bigint", { id: 1n }, "a bigint, at value.id"],
  ["a Date", { at: new Date(0) }, "a Date, at value.at"],
  ["a Map", new Map(), "a Map, at value"],
  ["a Set", [new Set()], "a Set, at value[0]"],
  ["bytes", new Uint8Array(1), "a Uint8Array, at value"],
  ["an instance of a class", { price: new Money() }, "a Money, at value.price"],
  ["a boxed number", [Object(1)], "a Number, at value[0]"],
  ["toJSON", { a: { toJSON: () => 1 } }, "a function, at value.a.toJSON"],
  ["an array of a class that has toJSON", { prices: Prices.of(1) }, "what has a toJSON, at value.prices"],
  ["toJSON behind an array", [withToJson([1])], "what has a toJSON, at value[0]"],
  ["toJSON behind an object", { a: withToJson({ b: 1 }) }, "what has a toJSON, at value.a"],
  ["an inherited toJSON", Object.create(withToJson(Object.create(null))), "what has a toJSON, at value"],
  ["a cycle", cyclic, "an object that holds itself, at value.self[0]"],
])("strict json refuses %s, and says where", (_, value, message) => {
  expect(() => strict().serialize(value)).toThrow(
    expect.objectContaining({ code: "INVALID_VALUE", message: `strict json cannot carry ${message}.` }),
  );
});

test("what is undefined is absent, and -0 is 0, also where json is strict", () => {
  expect(strict().serialize({ a: undefined, b: -0 })).toBe('{"b":0}');
});

test("an object without a prototype is an object", () => {
  expect(strict().serialize(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
});

test("strict is an option of the URL, off unless it is written", () => {
  const url = "json+zlib://?strict=true";
  expect(() => serializerFromUrl(url).serialize([Number.NaN])).toThrow("NaN, at value[0]");
  expect(inflateSync(serializerFromUrl(url).serialize([1]) as Uint8Array).toString()).toBe("[1]");
  expect(serializerFromUrl("json://?strict=false").serialize([Number.NaN])).toBe("[null]");
  expect(serializerFromUrl("json").serialize([Number.NaN])).toBe("[null]");
});

test("strict must be true or false", () => {
  expect(() => serializerFromUrl("json://?strict=yes")).toThrow(
    'json: option "strict" must be true or false, not "yes".',
  );
});

test("a caller who knows the type says of what JSON surely keeps, and of the rest the place is found", () => {
  const sureOf: unknown[] = [];
  const known = json({ strict: true }, (value) => sureOf.includes(value));
  const changed = { price: Number.NaN };
  expect(() => known.serialize(changed)).toThrow("NaN, at value.price");
  expect(known.serialize({ price: 1 })).toBe('{"price":1}');
  sureOf.push(changed);
  expect(known.serialize(changed)).toBe('{"price":null}');
});

test("a value at which such a caller fails is looked at closely", () => {
  const failing = json({ strict: true }, () => {
    throw new RangeError("Maximum call stack size exceeded");
  });
  expect(failing.serialize([1])).toBe("[1]");
  expect(() => failing.serialize(cyclic)).toThrow("an object that holds itself, at value.self[0]");
});
