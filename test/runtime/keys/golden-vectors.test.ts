import {
  bigintPart,
  boolPart,
  datePart,
  fitKey,
  hashPart,
  intPart,
  type KeyPattern,
  numberPart,
  stringPart,
  uuidPart,
} from "@cachetory/runtime/codegen/v1/core";
import { describe, expect, test } from "vitest";

// The encoding is a wire contract: a changed line here is a cold cache, or a wrong one, for every user.
describe("the key encoding is frozen", () => {
  test.each([
    ["ordinary-ID_1.2", "ordinary-ID_1.2"],
    ["", "%e"],
    ["%e", "%25e"],
    ["a:b", "a%3Ab"],
    ["100%", "100%25"],
    ["{tag}", "%7Btag%7D"],
    ["~r2", "%7Er2"],
    ["two words", "two%20words"],
    ["tab\tline\n", "tab%09line%0A"],
    ["nul\0", "nul%00"],
    ["del\u007f", "del%7F"],
    ["next\u0085line", "next%C2%85line"],
    ["no\u00a0break", "no%C2%A0break"],
    ["wide\u3000space", "wide%E3%80%80space"],
    ["\ufeffbom", "%EF%BB%BFbom"],
    ["naïve – 東京 🦄", "naïve%20–%20東京%20🦄"],
    ["\ud800", "%uD800"],
    ["a\udfffb", "a%uDFFFb"],
    ["\ud83e\udd84", "🦄"],
    ["*?[]\\'\"", "*?[]\\'\""],
  ])("string %j is %j", (value, encoded) => {
    expect(stringPart(value, "k.p")).toBe(encoded);
  });

  test.each([
    [0, "0"],
    [-0, "0"],
    [42, "42"],
    [-7, "-7"],
    [9007199254740991, "9007199254740991"],
  ])("int %d is %s", (value, encoded) => {
    expect(intPart(value, "k.p")).toBe(encoded);
  });

  test.each([
    [-0, "0"],
    [1.5, "1.5"],
    [1e21, "1e+21"],
    [-1e-7, "-1e-7"],
  ])("number %d is %s", (value, encoded) => {
    expect(numberPart(value, "k.p")).toBe(encoded);
  });

  test("bigint and bool are as JavaScript prints them", () => {
    expect(bigintPart(-(2n ** 64n), "k.p")).toBe("-18446744073709551616");
    expect([boolPart(true, "k.p"), boolPart(false, "k.p")]).toEqual(["true", "false"]);
  });

  test("uuid is in lower case", () => {
    expect(uuidPart("0B5E3A4C-1111-4222-8333-ABCDEF012345", "k.p")).toBe("0b5e3a4c-1111-4222-8333-abcdef012345");
  });

  test.each([
    ["2026-11-22T17:00:00.000Z", "2026-11-22T170000.000Z"],
    ["1969-12-31T23:59:59.999Z", "1969-12-31T235959.999Z"],
    ["-000001-01-01T00:00:00.000Z", "-000001-01-01T000000.000Z"],
    ["+012345-06-07T08:09:10.011Z", "+012345-06-07T080910.011Z"],
  ])("date %s is %s", (iso, encoded) => {
    expect(datePart(new Date(iso), "k.p")).toBe(encoded);
  });

  // Computed by: printf '%s' '<canonical JSON>' | sha256sum | cut -c1-32
  test.each([
    [null, "74234e98afe7498fb5daf1f36ac2d78a"],
    ["a", "ac8d8342bbb2362d13f0a559a3621bb4"],
    [{ b: [1, "x"], a: -0, c: undefined }, "72ff238357de5e631a9e7bbd2287b2ba"],
  ])("hash of %j is %s", (value, encoded) => {
    expect(hashPart(value as never, "k.p")).toBe(encoded);
  });
});

describe("a key that is too long", () => {
  const pattern: KeyPattern = { segments: ["note:", { name: "text", type: "string" }, ":x"], revision: 3 };

  test("stays as it is up to 512 bytes of UTF-8", () => {
    const text = `note:${"é".repeat(251)}:x~r3`;
    expect(Buffer.byteLength(text)).toBe(512);
    expect(fitKey(text, pattern)).toBe(text);
  });

  test("keeps the literal head and the revision, and is hashed with its pattern between", () => {
    const text = `note:${"a".repeat(504)}:x~r3`;
    expect(Buffer.byteLength(text)).toBe(514);
    // sha256 of ["note:",{"type":"string"},":x"] begins with f0449d55, that of the text with 7f635a39…
    expect(fitKey(text, pattern)).toBe("note:~hf0449d557f635a39917f286927db3e8f273da5e2~r3");
  });
});
