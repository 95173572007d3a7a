import { CachetoryError } from "@cachetory/runtime";
import {
  boolPart,
  datePart,
  hashPart,
  intPart,
  numberPart,
  stringPart,
  uuidPart,
} from "@cachetory/runtime/codegen/v1/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostileText } from "../../support/hostile-text.ts";

describe("key parts", () => {
  test("two different strings never give the same part, and no part holds a separator", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (a, b) => {
        const encoded = stringPart(a, "k.p");
        return encoded !== "" && !/[:{}~\s]/u.test(encoded) && (encoded === stringPart(b, "k.p")) === (a === b);
      }),
      { numRuns: 2000 },
    );
  });

  test("a part is well-formed text, so Redis stores what was written", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const encoded = stringPart(text, "k.p");
        return Buffer.from(encoded).toString() === encoded;
      }),
    );
  });

  test("equal JSON values hash alike whatever the order of properties; different ones differ", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const reversed = JSON.parse(JSON.stringify(a), (_, value: unknown) =>
          value !== null && typeof value === "object" && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).reverse())
            : value,
        ) as never;
        expect(hashPart(reversed, "k.p")).toBe(hashPart(a as never, "k.p"));
        const isEqual = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
        expect(hashPart(a as never, "k.p") === hashPart(b as never, "k.p")).toBe(isEqual);
      }),
    );
  });

  test.each<[string, () => string, string]>([
    ["NaN for int", () => intPart(Number.NaN, "page.n"), "an integer from -(2^53-1) to 2^53-1, but is NaN"],
    ["a fraction for int", () => intPart(1.5, "page.n"), "but is another number"],
    ["2^53 for int", () => intPart(2 ** 53, "page.n"), "but is another number"],
    [
      "an infinity for number",
      () => numberPart(Number.NEGATIVE_INFINITY, "page.n"),
      "a finite number, but is -Infinity",
    ],
    ["an invalid date", () => datePart(new Date("x"), "page.n"), "a valid Date, but is an invalid Date"],
    ["a number for a string", () => stringPart(1 as never, "page.n"), "a string, but is a number"],
    ["undefined for a string", () => stringPart(undefined as never, "page.n"), "a string, but is undefined"],
    ["a string for a boolean", () => boolPart("true" as never, "page.n"), "a boolean, but is a string"],
    ["no UUID", () => uuidPart("0b5e3a4c", "page.n"), "a UUID, but is another string"],
    ["a Map for a hash", () => hashPart(new Map(), "page.n"), "a JSON value, but is an object"],
    ["a hole in an array", () => hashPart([1, undefined], "page.n"), "page.n[1] must be a JSON value"],
    ["NaN deep in a hash", () => hashPart({ a: [{ b: Number.NaN }] }, "page.n"), "page.n.a[0].b must be a JSON value"],
  ])("%s is refused at the call, without printing the value", (_, call, message) => {
    expect(call).toThrow(CachetoryError);
    expect(call).toThrow(expect.objectContaining({ code: "INVALID_KEY" }));
    expect(call).toThrow(message);
  });

  test("a cycle in a hash is refused", () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    expect(() => hashPart(cycle, "page.n")).toThrow("page.n.self must be a JSON value");
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (Object.is(value, -0)) return 0;
  if (value === null || typeof value !== "object") return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, sorted(member)])
    .concat([["object", true]]);
}

test("a hash parameter that is nested without end is refused, in no time and with a short path", () => {
  let deep: object = {};
  for (let level = 0; level < 100_000; level += 1) deep = level % 2 === 0 ? { inner: deep } : [deep];
  const refused = (() => {
    try {
      return hashPart(deep as never, "k.p");
    } catch (error) {
      return error as Error;
    }
  })();
  expect(refused).toMatchObject({ code: "INVALID_KEY" });
  expect(String(refused).length).toBeLessThan(400);
});
