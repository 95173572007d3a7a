import { describe, expect, it } from "vitest";
import { cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

describe("validate", () => {
  for (const [written, expected] of [
    [[], true],
    [["validate: true", "serializer: json"], true],
    [["validate: false"], false],
  ] as const) {
    it(`is ${expected} with ${written.join(", ") || "nothing written"}`, () => {
      const { caches } = declarationsOf(cacheWith("key: c", "value: string", ...written));
      expect(caches[0]?.isValidated).toBe(expected);
    });
  }

  it("is neither text nor drop, which this version does not know", () => {
    expect(findingsIn(cacheWith("key: c", "value: number", "validate: drop"))).toMatchObject([
      { code: "C1008", text: "drop", hint: "For example: validate: false" },
    ]);
  });

  for (const [value, serializer, scheme] of [
    ["string", "text+zlib", "text"],
    ["bytes", "bytes", "bytes"],
    ["bytes", "zlib", "zlib"],
    ["number", "noop", "noop"],
  ] as const) {
    it(`is found where it has nothing to do: with ${serializer}`, () => {
      const yaml = cacheWith("key: c", `value: ${value}`, `serializer: ${serializer}`, "validate: true");
      expect(findingsIn(yaml)).toEqual([
        {
          at: "11:15",
          text: "true",
          code: "C1505",
          message: `"validate" has nothing to do: what "${scheme}" reads says nothing of its type`,
          hint: "Leave it out, or write json, msgpack, pickle or v8",
        },
      ]);
    });
  }
});

describe("validate in defaults", () => {
  const shared = (...caches: readonly string[]): string =>
    [
      "version: 1",
      "output: src/caches",
      "backends: { local: memory:// }",
      "defaults: { backend: local, ttl: 1h, validate: false }",
      "caches:",
      ...caches.map((cache) => `  ${cache}`),
      "",
    ].join("\n");

  it("is for those caches that do not say otherwise", () => {
    const { caches } = declarationsOf(
      shared("a: { key: a, value: number }", "b: { key: b, value: number, validate: true }"),
    );
    expect(caches.map(({ isValidated }) => isValidated)).toEqual([false, true]);
  });

  it("is not blamed where no cache can use it", () => {
    expect(findingsIn(shared("a: { key: a, value: string }"))).toEqual([]);
  });
});
