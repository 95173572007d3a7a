import { json } from "@cachetory/runtime";
import fc from "fast-check";
import { expect, test } from "vitest";
import { serializerContract } from "../../contract/serializer.ts";

const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;

serializerContract("json", json, {
  carried: [
    ["null", null],
    ["truths", [true, false]],
    ["numbers", [0, -1, 1.5, 1e300, Number.MAX_SAFE_INTEGER]],
    ["strings", ["", "a", 'quo"te', "日本 🎉", "\u0000\u2028"]],
    ["a lone surrogate", "\ud800"],
    ["nested objects and arrays", { a: [{ b: {} }, []], "": null }],
    ["a property called __proto__", JSON.parse('{"__proto__":{"a":1}}')],
  ],
  refused: [
    ["undefined", undefined],
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
    ["a bigint", { a: 1n }],
    ["a cycle", cyclic],
    [
      "a value whose toJSON throws",
      {
        toJSON() {
          throw new Error("no");
        },
      },
    ],
  ],
  // JSON.stringify writes -0 as 0.
  arbitrary: fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as unknown),
});

test("writes what JSON.stringify writes", () => {
  const value = { a: undefined, b: Number.NaN, c: new Date(0), d: [undefined], e: "é" };
  expect(json().serialize(value)).toBe('{"b":null,"c":"1970-01-01T00:00:00.000Z","d":[null],"e":"é"}');
});

test("keeps the error underneath, but for that of JSON.parse, which quotes the entry", () => {
  expect(() => json().serialize(1n)).toThrow(expect.objectContaining({ cause: expect.any(TypeError) }));
  expect(() => json().deserialize("{")).toThrow(expect.not.objectContaining({ cause: expect.anything() }));
});
