import { clip, quote } from "@cachetory/runtime/schemes";
import { expect, test } from "vitest";

test.each([
  ["json", '"json"'],
  ["", '""'],
  ["a \r\n\t b", '"a b"'],
  ['Product["name"]', "'Product[\"name\"]'"],
  [`"it's"`, `""it's""`],
])("quotes %j as %s", (text, expected) => {
  expect(quote(text)).toBe(expected);
});

test("a text of 100 characters is whole, and a longer one loses its middle", () => {
  expect(clip("x".repeat(100))).toBe("x".repeat(100));
  expect(clip(`${"x".repeat(80)}${"y".repeat(80)}`)).toBe(`${"x".repeat(75)}…${"y".repeat(24)}`);
  expect(clip(`${"x".repeat(80)}${"y".repeat(80)}`, 120)).toBe(`${"x".repeat(80)}${"y".repeat(15)}…${"y".repeat(24)}`);
});

test("no character is cut in two", () => {
  expect(clip("👍".repeat(60))).toBe("👍".repeat(60));
  expect(clip("👍".repeat(101))).toBe(`${"👍".repeat(75)}…${"👍".repeat(24)}`);
});
