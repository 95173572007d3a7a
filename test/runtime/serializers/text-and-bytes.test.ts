import { bytes, noop, text } from "@cachetory/runtime";
import fc from "fast-check";
import { expect, test } from "vitest";
import { serializerContract } from "../../contract/serializer.ts";

function transferred(): Uint8Array {
  const value = new Uint8Array(1);
  structuredClone(value.buffer, { transfer: [value.buffer] });
  return value;
}

serializerContract("text", text as never, {
  carried: [
    ["nothing", ""],
    ["a byte order mark", "\ufeffa"],
    ["other scripts", "日本 🎉"],
    ["controls", "\u0000\r\n"],
  ],
  refused: [
    ["a lone surrogate", "a\ud800"],
    ["a number", 1],
    ["null", null],
    ["undefined", undefined],
    ["bytes", new Uint8Array(1)],
  ],
  arbitrary: fc.string({ unit: "grapheme" }),
});

serializerContract("bytes", bytes as never, {
  carried: [
    ["nothing", new Uint8Array(0)],
    ["every byte", Uint8Array.from({ length: 256 }, (_, index) => index)],
  ],
  refused: [
    ["text", "a"],
    ["an array", [1]],
    ["another typed array", new Uint16Array(1)],
    ["one whose buffer was transferred", transferred()],
    ["undefined", undefined],
  ],
  arbitrary: fc.uint8Array(),
});

test("bytes copies, so that nobody shares memory with the entry", () => {
  const serializer = bytes();
  const given = new Uint8Array([1, 2, 3]);
  const stored = serializer.serialize(given);
  given.fill(9);
  serializer.deserialize(stored).fill(8);
  expect(serializer.deserialize(stored)).toEqual(new Uint8Array([1, 2, 3]));
});

test("bytes makes a plain Uint8Array of a Buffer", () => {
  const stored = bytes().serialize(Buffer.from("abc"));
  expect(bytes().deserialize(Buffer.from(stored)).constructor).toBe(Uint8Array);
});

test("noop keeps the live value", () => {
  const value = { a: () => 1 };
  expect(noop().serialize(value)).toBe(value);
  expect(noop().deserialize(value)).toBe(value);
  expect(noop()).toMatchObject({ name: "noop", in: "value", out: "value" });
});
