import { describe, expect, it } from "vitest";
import type { ValueDeclaration } from "../../../generator/src/model/declaration.ts";
import { cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

const withValue = (value: string): string => cacheWith("key: c", `value: ${value}`);

function declaredValue(value: string): ValueDeclaration | undefined {
  return declarationsOf(withValue(value)).caches[0]?.value;
}

const type = (expression: string, module?: string): ValueDeclaration => ({ kind: "type", expression, module });

describe("a value", () => {
  it("may be bytes, which is what Uint8Array is", () => {
    expect(declaredValue("bytes")).toEqual({ kind: "bytes" });
    expect(declaredValue("Uint8Array")).toEqual({ kind: "bytes" });
    expect(declaredValue("{ type: Uint8Array }")).toEqual({ kind: "bytes" });
    expect(declaredValue("{ type: Uint8Array, from: ./src/models.ts }")).toEqual(type("Uint8Array", "./src/models.ts"));
  });

  it("may be a scalar or another expression over global types", () => {
    expect(declaredValue("string")).toEqual(type("string"));
    expect(declaredValue("string[]")).toEqual(type("string[]"));
    expect(declaredValue("Record<string, number>")).toEqual(type("Record<string, number>"));
    expect(declaredValue('string | "a#b"')).toEqual(type('string | "a#b"'));
  });

  it("may be an exported type", () => {
    expect(declaredValue("./src/models.ts#UserProfile")).toEqual(type("UserProfile", "./src/models.ts"));
    expect(declaredValue("../models.ts#Page<Product>")).toEqual(type("Page<Product>", "../models.ts"));
    expect(declaredValue('"./app/(shop)/[id]/my types.ts#Cart"')).toEqual(
      type("Cart", "./app/(shop)/[id]/my types.ts"),
    );
    expect(declaredValue('"@acme/models/sub#Product[]"')).toEqual(type("Product[]", "@acme/models/sub"));
  });

  it("may name its module apart, or none", () => {
    expect(declaredValue('{ type: "Page<Product> | null", from: ./src/models.ts }')).toEqual(
      type("Page<Product> | null", "./src/models.ts"),
    );
    expect(declaredValue('{ type: "number[]" }')).toEqual(type("number[]"));
  });

  it("may name where any is meant", () => {
    const value = declaredValue("{ type: Order, from: ./a.ts, allow-any: [Order.meta, ' Json '] }");
    const allowed = value?.kind === "type" ? value.allowAny?.map(({ text }) => text) : undefined;
    expect(allowed).toEqual(["Order.meta", "Json"]);
  });

  it("may be written over several lines", () => {
    expect(declaredValue("|\n      { readonly a: string;\n        readonly b: number }")).toEqual(
      type("{ readonly a: string;\n  readonly b: number }"),
    );
  });
});

const refused: readonly (readonly [value: string, column: number, text: string, message: string, hint: string])[] = [
  ['""', 12, '""', '"value" names no type', "For example: value: ./src/models.ts#UserProfile"],
  ['{ type: " " }', 20, '" "', '"type" names no type', "For example: type: UserProfile"],
  [
    "./models.ts#",
    12,
    "./models.ts#",
    '"./models.ts#" names a module but no type',
    "Write the name of an exported type after the #: ./models.ts#UserProfile",
  ],
  [
    "./models.ts",
    12,
    "./models.ts",
    '"./models.ts" names a module but no type',
    "Write the name of an exported type behind it: ./models.ts#UserProfile",
  ],
  ['"#User"', 13, "#", "no module is named", "Write a path such as ./src/models.ts, or a package"],
  [".\\src\\a.ts#A", 12, ".\\src\\a.ts", 'the module ".\\src\\a.ts" is written with \\', "Write it with /: ./src/a.ts"],
  [
    '"./a\\0b.ts#A"',
    12,
    '"./a\\0b.ts#A"',
    'the module "./a\0b.ts" holds a control character',
    "Write a path such as ./src/models.ts, or a package",
  ],
  [
    "/src/a.ts#A",
    12,
    "/src/a.ts",
    'the module "/src/a.ts" is an absolute path',
    "Write a path relative to the YAML file, such as ./src/models.ts, or a package",
  ],
  [
    "{ type: A, from: C:/a.ts }",
    29,
    "C:/a.ts",
    'the module "C:/a.ts" is an absolute path',
    "Write a path relative to the YAML file, such as ./src/models.ts, or a package",
  ],
  [
    "models.ts#A",
    12,
    "models.ts",
    '"models.ts" would be the name of a package',
    "For a file beside the YAML file write ./models.ts",
  ],
];

describe("a value that names no type", () => {
  for (const [value, column, text, message, hint] of refused) {
    it(`is found: ${value}`, () => {
      expect(findingsIn(withValue(value))).toEqual([{ at: `9:${column}`, text, code: "C2005", message, hint }]);
    });
  }
});
