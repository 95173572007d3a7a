import { expect, it } from "vitest";
import type { Diagnostic } from "../../../generator/src/model/diagnostic.ts";
import { readDeclarations } from "../../../generator/src/read/read-declarations.ts";
import { readOnlyFiles } from "./memory-files.ts";
import { yamlPath } from "./read-text.ts";

// YAML itself takes no longer key on one line than 1024 characters.
const long = (start: string): string => `${start}${"y".repeat(980)}`;

function diagnosticsOf(yaml: string): readonly Diagnostic[] {
  return readDeclarations(yamlPath, readOnlyFiles({ [yamlPath]: yaml })).diagnostics;
}

function textsOf({ message, hint = "", related = [] }: Diagnostic): readonly string[] {
  return [message, hint, ...related.map((place) => place.message)];
}

/** Has every kind of text that a message may repeat, each of it long. */
const yaml = `version: ${long("v")}
output: ../${long("o")}
${long("property")}: 1
${long("property")}: 2
backends:
  local: memory://
  ${long("backend-")}: memory://
  ${long("b")}: ${long("scheme")}://
  ${long("c")}: memory://?${long("option")}=1
  ${long("d")}: memory://?max-entries=${long("1")}
  ${long("e")}: \${${long("1")}}
  ${long("f")}: { url: memory://, ${long("backendProperty")}: 1 }
defaults: { backend: ${long("default")}, serializer: ${long("json+serializer")} }
caches:
  ${long("cache-")}: { key: "{id:${long("type")}}", value: "C:/${long("v")}#A", ttl: ${long("ttl")} }
  ${long("a")}: { key: "{${long("k")}}{${long("k")}}", value: ${long("./module")}, ttl: 1${"0".repeat(980)} }
  ${long("A")}: { key: "{a}{${long("k")}}", value: string, serializer: "${long("json?")}" }
  ${long("g")}: { key: "{a:${long("!")}|b}", value: ${long("v")}.ts#A, max-ttl: 1s, ttl: 2s }
  ${long("i")}: { key: "${long("key")}{a}", value: string, backend: local }
  ${long("j")}: { key: "${long("key")}{a}", value: string, backend: local }
  ${long("h")}: { key: "{a:${long("u")}|${long("u")}}", value: { type: { a: 1 }, from: "${long("a\\\\")}" } }
`;

it("no message or hint repeats all of a long text", () => {
  const diagnostics = diagnosticsOf(yaml);
  expect([...new Set(diagnostics.map(({ code }) => code))].sort().join(" ")).toBe(
    "C1005 C1006 C1007 C1008 C1009 C1101 C1102 C1103 C1104 C1105 C1106 C1107 C1201 C1202 C1204 C1301 C1302 C2005",
  );
  expect(diagnostics.flatMap(textsOf).filter((text) => /y{101}|0{101}/.test(text))).toEqual([]);
});

it.each([`a: *${long("x")}`, `a: !${long("x")} 1`, `a: @${long("x")}`, `k: ${long("x")}:`])(
  "nor does one about what YAML itself refuses: %.4s",
  (text) => {
    const texts = diagnosticsOf(text).flatMap(textsOf);
    expect(texts).not.toEqual([]);
    expect(texts.filter((part) => part.length > 300)).toEqual([]);
  },
);
