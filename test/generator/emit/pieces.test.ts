import { expect, test } from "vitest";
import { codeSpan, docstring, prose } from "../../../generator/src/emit/docstring.ts";
import { importSpecifier } from "../../../generator/src/emit/import-specifier.ts";
import { integerLiteral, stringLiteral, templateText } from "../../../generator/src/emit/literal.ts";
import { redactUrl } from "../../../generator/src/emit/redact-url.ts";
import { relativePath } from "../../../generator/src/emit/relative-path.ts";
import { ttlText } from "../../../generator/src/emit/ttl-text.ts";
import type { ImportExtension } from "../../../generator/src/model/resolved-type.ts";

test("a comment ends only where it should", () => {
  expect(docstring("a */ b **/ c")).toBe("/** a *\\/ b **\\/ c */");
});

test("every kind of line end parts the lines of a comment", () => {
  expect(docstring("a\r\nb\rc\n\nd\u2028e\n")).toBe("/**\n * a\n * b\n * c\n *\n * d\n * e\n */");
});

test("what no editor shows is written out in a comment", () => {
  expect(docstring("a\u0000b\u202ec\ud800d 👩‍🚀")).toBe("/** a\\u0000b\\u202ec\\ud800d 👩‍🚀 */");
});

test("an @ that would begin a tag is none in a text of the user's", () => {
  expect(prose("@deprecated for us@home, ask @ops\n  @see `@ops`, ``a ` @b`` or `c @d`")).toBe(
    "\\@deprecated for us@home, ask \\@ops\n  \\@see `@ops`, ``a ` @b`` or `c @d`",
  );
});

test("code in a comment is fenced with more backticks than it holds", () => {
  expect(codeSpan("a")).toBe("`a`");
  expect(codeSpan("a`b``c")).toBe("```a`b``c```");
  expect(codeSpan("`a")).toBe("`` `a ``");
});

test("a string literal stands in the quotes that it does not hold", () => {
  expect(stringLiteral("it's")).toBe('"it\'s"');
  expect(stringLiteral('a "b" \\" c')).toBe('\'a "b" \\\\" c\'');
});

test("string literals and templates hold any text", () => {
  const hostile = "a\"'`${b}\\n\n\u2028\ud800\u0000\u007f";
  expect(stringLiteral(hostile)).toBe('"a\\"\'`${b}\\\\n\\n\\u2028\\ud800\\u0000\\u007f"');
  // Evaluated as the code that they are, since that is what they are for.
  expect(new Function(`return ${stringLiteral(hostile)}`)()).toBe(hostile);
  expect(new Function(`return \`${templateText(hostile)}\``)()).toBe(hostile);
});

test.each([
  [0, "0"],
  [999, "999"],
  [1_000, "1_000"],
  [86_400_000, "86_400_000"],
])("%i is written %s", (value, text) => {
  expect(integerLiteral(value)).toBe(text);
});

test.each([
  ["forever", "for ever"],
  [{ ms: 1 }, "1 ms"],
  [{ ms: 600_000 }, "10 m"],
  [{ ms: 5_400_000 }, "1 h 30 m"],
  [{ ms: 694_861_001 }, "8 d 1 h 1 m 1 s 1 ms"],
] as const)("the ttl %o reads %s", (ttl, text) => {
  expect(ttlText(ttl)).toBe(text);
});

test.each([
  ["redis://host/0?a=b", "redis://host/0?a=b"],
  ["redis://user@host", "redis://user@host"],
  ["redis://user:secret@host", "redis://user:***@host"],
  ["redis://:se:c@ret@host", "redis://:***@host"],
  ["redis://user:${PW}@host", "redis://user:${PW}@host"],
  ["redis://user:${PW:-secret}@host", "redis://user:***@host"],
  ["redis://user:a${PW}@host", "redis://user:***@host"],
  ["${URL:-redis://user:secret@host}", "${URL:-redis://user:***@host}"],
  ["redis://${USER:-me}:secret@host", "redis://${USER:-me}:***@host"],
  ["redis+cluster://:secret@one:1,two:2", "redis+cluster://:***@one:1,two:2"],
  ["redis+unix:///run/r.sock?password=secret&db=1", "redis+unix:///run/r.sock?password=***&db=1"],
  ["redis+sentinel://s?master=m&sentinel-password=${PW:-secret}", "redis+sentinel://s?master=m&sentinel-password=***"],
  ["redis+sentinel://s?sentinel-password=${PW}&master=m", "redis+sentinel://s?sentinel-password=${PW}&master=m"],
])("%s is shown as %s", (url, shown) => {
  expect(redactUrl(url)).toBe(shown);
});

test.each([
  ["/app/src/caches", "/app/cachetory.yaml", "../../cachetory.yaml"],
  ["/app", "/app/cachetory.yaml", "cachetory.yaml"],
  ["/app/a\\b", "/app/c.yaml", "../c.yaml"],
  ["C:\\app\\src\\caches", "c:\\App\\models\\user.ts", "../../models/user.ts"],
  ["C:/app/src", "C:/app/models/user.ts", "../models/user.ts"],
  ["\\\\server\\share\\app\\src", "\\\\server\\share\\app\\a.ts", "../a.ts"],
])("from %s to %s it is %s", (folder, file, relative) => {
  expect(relativePath(folder, file)).toBe(relative);
});

const extensions: readonly (readonly [path: string, ...specifiers: readonly [string, string, string]])[] = [
  ["/app/src/models.ts", "../models.js", "../models.ts", "../models"],
  ["/app/src/models.tsx", "../models.js", "../models.tsx", "../models"],
  ["/app/src/models.mts", "../models.mjs", "../models.mts", "../models.mjs"],
  ["/app/src/models.cts", "../models.cjs", "../models.cts", "../models.cjs"],
  ["/app/src/models.d.ts", "../models.js", "../models.js", "../models"],
  ["/app/src/models.d.mts", "../models.mjs", "../models.mjs", "../models.mjs"],
  ["/app/src/v1.2/models.test.ts", "../v1.2/models.test.js", "../v1.2/models.test.ts", "../v1.2/models.test"],
  ["/app/src/caches/own.ts", "./own.js", "./own.ts", "./own"],
];

test.each(extensions)("%s is imported as the project does", (path, ...expected) => {
  const specifiers = (["js", "ts", "none"] as const satisfies readonly ImportExtension[]).map((extension) =>
    importSpecifier({ kind: "file", path }, "/app/src/caches", extension),
  );
  expect(specifiers).toEqual(expected);
});
