import { expect, test } from "vitest";
import { readability } from "../../../generator/src/diff/compare-pipelines.ts";
import type { Pipeline } from "../../../generator/src/model/declaration.ts";

const pipeline = (...schemes: readonly string[]): Pipeline => schemes.map((scheme) => ({ scheme, options: [] }));

test.each([
  ["typed", "json", "error"],
  ["json", "typed", "error"],
  ["text", "typed", "error"],
  ["bytes", "typed", "error"],
  ["typed", "text", "error"],
  ["typed", "bytes", "wrong"],
  ["typed", "typed", "same"],
] as const)("entries of %s read by %s: %s", (writer, reader, expected) => {
  expect(readability(pipeline(writer), pipeline(reader), ["object"])).toBe(expected);
  expect(readability(pipeline(writer, "zlib"), pipeline(reader, "zlib"), ["object"])).toBe(expected);
});

test("entries of either layout of typed are read by the other one", () => {
  const compact: Pipeline = [{ scheme: "typed", options: [["layout", "compact"]] }];
  expect(readability(compact, pipeline("typed"), ["object"])).toBe("same");
  expect(readability(pipeline("typed"), compact, ["object"])).toBe("same");
});
