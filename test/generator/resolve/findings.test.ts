import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Diagnostic } from "../../../generator/src/model/diagnostic.ts";
import { TemporaryProject } from "./temporary-project.ts";

const models = `export interface Product { id: number }
export interface Page<Item extends object, Cursor = string> { items: Item[]; next?: Cursor }
interface Hidden { a: 1 }
import type { Line } from "./line.js";
export default class Cart { line!: Line }
export const limits = { perPage: 20 };
export namespace Stock { export type Level = 1 }
export type Handler = (product: Product) => void;
export class Money { cents = 0 }
export type Later = Promise<Product>;
`;
const project = new TemporaryProject({
  "package.json": { type: "module" },
  "src/models.ts": models,
  "src/line.ts": "export interface Line { sku: string }",
  "src/many.ts":
    "export type A1 = 1; export type A2 = 1; export type A3 = 1; export type A4 = 1; export type A5 = 1; export type A6 = 1; export type A7 = 1; export type A8 = 1; export type A9 = 1; export type B1 = 1;",
  "src/script.ts": "interface Global { a: 1 }",
  "src/plain.js": "export const a = 1;",
  "src/folder/index.ts": "export type A = 1;",
  "src/empty/notes.txt": "",
  "node_modules/untyped/package.json": { name: "untyped", version: "1.0.0", main: "index.js" },
  "node_modules/untyped/index.js": "module.exports = {};",
});
afterAll(() => project[Symbol.dispose]());

describe("a missing module", () => {
  const rows: readonly (readonly [value: string, message: string, hint: string])[] = [
    ["./src/model.ts#Product", 'there is no file "./src/model.ts"', 'Did you mean "./src/models.ts"?'],
    ["./src/models#Product", 'there is no file "./src/models"', 'Did you mean "./src/models.ts"?'],
    ["./src/models.mts#Product", 'there is no file "./src/models.mts"', 'Did you mean "./src/models.ts"?'],
    [
      "./srx/models.ts#Product",
      'there is no file "./srx/models.ts"',
      'There is no folder "./srx" either; paths start at the folder of the YAML file',
    ],
    ["./src/folder#A", 'there is no file "./src/folder"', 'Did you mean "./src/folder/index.ts"?'],
    ["./src/empty#A", 'there is no file "./src/empty"', "It is a folder: name a file in it"],
    ["./src/unlike-any.ts#A", 'there is no file "./src/unlike-any.ts"', "Paths start at the folder of the YAML file"],
    [
      "src/models.ts#Product",
      'the module "src/models.ts" cannot be found',
      "For a file beside the YAML file write ./src/models.ts",
    ],
    [
      "@shop/models/x#A",
      'the module "@shop/models/x" cannot be found',
      "If it is a package, install it: npm install @shop/models",
    ],
    [
      "untyped/x#A",
      'the module "untyped/x" cannot be found',
      'The package "untyped" is installed, but has no types under this name: see "exports" in its package.json',
    ],
    [
      "untyped#A",
      '"untyped" is JavaScript without type declarations',
      "Try npm install -D @types/untyped, or declare the module in a .d.ts file",
    ],
    [
      "./src/plain.js#A",
      '"./src/plain.js" is JavaScript without type declarations',
      "Name a TypeScript file, or put a .d.ts file beside it",
    ],
    ["node:url#URL", 'the module "node:url" cannot be found', "Install the types of Node: npm install -D @types/node"],
  ];
  let found: ReadonlyMap<string, readonly Diagnostic[]>;
  beforeAll(() => {
    found = project.diagnostics(rows.map(([value]) => value));
  });
  test.each(rows)("%s", (value, message, hint) => {
    const [diagnostic, ...others] = found.get(value) ?? [];
    expect(diagnostic).toMatchObject({ code: "C2001", message, hint });
    expect(others).toEqual([]);
  });
});

describe("a missing export", () => {
  const rows: readonly (readonly [value: string, message: string, hint: string | undefined])[] = [
    ["./src/models.ts#Prodct", '"./src/models.ts" has no export "Prodct"', 'Did you mean "Product"?'],
    ["./src/line.ts#Somebody", '"./src/line.ts" has no export "Somebody"', "Exported: Line"],
    [
      "./src/many.ts#Somebody",
      '"./src/many.ts" has no export "Somebody"',
      "Exported: A1, A2, A3, A4, A5, A6, A7, A8 and 2 more",
    ],
    ["./src/models.ts#Page<Prodct>", '"./src/models.ts" has no export "Prodct"', 'Did you mean "Product"?'],
    ["./src/models.ts#Stock.Depth", "Namespace 'Stock' has no exported member 'Depth'", undefined],
    [
      "./src/script.ts#Global",
      '"Global" is declared in "./src/script.ts", but not exported',
      "Write export before its declaration",
    ],
    [
      "./src/models.ts#default",
      '"default" cannot be imported: a type is imported by its name',
      "Export the type by name as well, and write that name",
    ],
    [
      "./src/models.ts#Line",
      '"./src/models.ts" imports "Line", but does not export it',
      "Name the module that exports it, or export it from this one too: export type { Line }",
    ],
    [
      "./src/models.ts#Cart",
      '"./src/models.ts" exports "Cart" as its default, not by name',
      "Export it by name as well: export { Cart }",
    ],
  ];
  let found: ReadonlyMap<string, readonly Diagnostic[]>;
  beforeAll(() => {
    found = project.diagnostics(rows.map(([value]) => value));
  });
  test.each(rows)("%s", (value, message, hint) => {
    const [diagnostic, ...others] = found.get(value) ?? [];
    expect(diagnostic).toMatchObject({ code: "C2002", message, ...(hint === undefined ? {} : { hint }) });
    expect(others).toEqual([]);
  });

  test("is told apart from a declaration that is not exported, whose place is shown", () => {
    const start = models.indexOf("Hidden");
    expect(project.resolve(["./src/models.ts#Hidden"]).diagnostics).toEqual([
      {
        code: "C2002",
        severity: "error",
        span: { file: project.path("cachetory.yaml"), start: 0, end: 10 },
        message: '"Hidden" is declared in "./src/models.ts", but not exported',
        hint: "Write export before its declaration",
        related: [
          {
            span: { file: project.path("src/models.ts"), start, end: start + "Hidden".length },
            message: '"Hidden" is declared here',
          },
        ],
      },
    ]);
  });
});

test("a generic without its arguments says which it takes, and where", () => {
  const start = models.indexOf("Page");
  expect(project.resolve(["./src/models.ts#Page | null", "./src/models.ts#Page"]).diagnostics).toMatchObject([
    {
      code: "C2003",
      message: '"Page" lacks type arguments in "Page | null"',
      hint: "It takes Page<Item extends object, Cursor = string>",
      related: [
        { span: { file: project.path("src/models.ts"), start, end: start + 4 }, message: '"Page" is declared here' },
      ],
    },
    { code: "C2003", message: '"Page" lacks type arguments' },
  ]);
});

test("a generic with too many arguments says which it takes", () => {
  expect(project.resolve(["./src/models.ts#Page<Product, string, 1>", "Array<1, 2>"]).diagnostics).toMatchObject([
    {
      code: "C2005",
      message: '"Page" has too many type arguments in "Page<Product, string, 1>"',
      hint: "It takes Page<Item extends object, Cursor = string>",
    },
    { code: "C2005", message: '"Array" has too many type arguments in "Array<1, 2>"', hint: "It takes Array<T>" },
  ]);
});

test("a generic of the language has no place to show", () => {
  expect(project.resolve(["Array"]).diagnostics).toMatchObject([
    { code: "C2003", hint: "It takes Array<T>", related: [] },
  ]);
});

describe("is no valid type", () => {
  const rows: readonly (readonly [value: string, finding: string])[] = [
    ["./src/models.ts#Product[", "C2005 \"Product[\" is not a valid type: ']' expected"],
    ["./src/models.ts#Product Page", 'C2005 "Product Page" is not a valid type: it goes on after the end of the type'],
    ["./src/models.ts#limits", 'C2005 "limits" of "./src/models.ts" is a value, not a type'],
    ["./src/models.ts#typeof Product", 'C2005 "Product" of "./src/models.ts" is a type, not a value'],
    ["./src/models.ts#Product.id", 'C2005 "Product" of "./src/models.ts" is not a namespace'],
    [
      "./src/models.ts#Page<string>",
      "C2005 \"Page<string>\" is not a valid type: Type 'string' does not satisfy the constraint 'object'",
    ],
    [
      './src/models.ts#Product["name"]',
      "C2005 'Product[\"name\"]' is not a valid type: Property 'name' does not exist on type 'Product'",
    ],
    ["./src/models.ts#Product<string>", "C2005 \"Product<string>\" is not a valid type: Type 'Product' is not generic"],
    ['import("./a.ts").A', "C2005 'import(\"./a.ts\").A' is not a valid type: import() cannot be used here"],
    [
      "?string",
      "C2005 \"?string\" is not a valid type: '?' at the start of a type is not valid TypeScript syntax. Did you mean to write 'string | null | undefined'?",
    ],
  ];
  let found: ReadonlyMap<string, readonly Diagnostic[]>;
  beforeAll(() => {
    found = project.diagnostics(rows.map(([value]) => value));
  });
  test.each(rows)("%s", (value, expected) => {
    expect(found.get(value)?.map(({ code, message }) => `${code} ${message}`)).toEqual([expected]);
  });
});

describe("cannot be cached", () => {
  const rows: readonly (readonly [value: string, finding: string])[] = [
    ["any", 'C2006 "any" says nothing of what is cached'],
    ["any[][0]", 'C2006 "any[][0]" is "any", which says nothing of what is cached'],
    ["never", 'C2006 "never" has no values'],
    ["string & number", 'C2006 "string & number" is "never", which has no values'],
    ["undefined", 'C2006 "undefined" cannot be told from a miss'],
    ["void", 'C2006 "void" is "undefined", which cannot be told from a miss'],
    ["string | undefined", 'C2006 "string | undefined" allows "undefined", which cannot be told from a miss'],
    ["symbol", 'C2006 "symbol" cannot be stored'],
    ["string | symbol", 'C2006 "string | symbol" allows a symbol, which cannot be stored'],
    ["() => void", 'C2006 "() => void" is a function, which cannot be stored'],
    ["./src/models.ts#Handler", 'C2006 "Handler" is a function, which cannot be stored'],
    ["./src/models.ts#typeof Money", 'C2006 "typeof Money" is a function, which cannot be stored'],
    ["./src/models.ts#Later", 'C2006 "Later" is a promise, which cannot be stored'],
    ["./src/models.ts#Product | Later", 'C2006 "Product | Later" allows a promise, which cannot be stored'],
  ];
  let found: ReadonlyMap<string, readonly Diagnostic[]>;
  beforeAll(() => {
    found = project.diagnostics(rows.map(([value]) => value));
  });
  test.each(rows)("%s", (value, expected) => {
    expect(found.get(value)?.map(({ code, message }) => `${code} ${message}`)).toEqual([expected]);
  });
});

test("a global that is not there is asked for by the name that is", () => {
  expect(
    project.resolve(["Recrd<string, number>", "Strin", "typeof shopPolicies", "Stock.Level"]).diagnostics,
  ).toMatchObject([
    {
      code: "C2004",
      message: 'there is no global type "Recrd"',
      hint: 'Did you mean "Record"? If it is your own, name its file: ./file.ts#Recrd',
    },
    {
      code: "C2004",
      message: 'there is no global type "Strin"',
      hint: 'Did you mean "string"? If it is your own, name its file: ./file.ts#Strin',
    },
    {
      code: "C2004",
      message: 'there is no global value "shopPolicies"',
      hint: "If it is your own, name its file: ./file.ts#typeof shopPolicies",
    },
    { code: "C2004", message: 'there is no global namespace "Stock"' },
  ]);
});

test("what is long is cut, so that the message can be read", () => {
  const name = `A${"a".repeat(200)}Z`;
  const cut = `A${"a".repeat(74)}…${"a".repeat(23)}Z`;
  const union = Array.from({ length: 1_000 }, (_, index) => `"member${index}"`).join(" | ");
  const values = [`./src/models.ts#${name}`, name, `./src/${name}.ts#A`, `${union} | undefined`, `[${union}`];
  const found = project.diagnostics(values);
  expect(values.slice(0, 3).map((value) => found.get(value)?.[0]?.message)).toEqual([
    `"./src/models.ts" has no export "${cut}"`,
    `there is no global type "${cut}"`,
    `there is no file "./src/A${"a".repeat(68)}…${"a".repeat(20)}Z.ts"`,
  ]);
  expect(
    values.slice(3).flatMap((value) => found.get(value)?.map(({ code, message }) => [code, message.length < 200])),
  ).toEqual([
    ["C2006", true],
    ["C2005", true],
  ]);
});

test("all findings of all types come in one run, and what is right is resolved", () => {
  const values = ["./gone.ts#A", "./src/models.ts#Prodct", "./src/models.ts#Product", "./src/models.ts#Page", "any"];
  const { types, diagnostics } = project.resolve(values);
  expect(diagnostics.map(({ code, span }) => [code, span?.start])).toEqual([
    ["C2001", 0],
    ["C2002", 100],
    ["C2003", 300],
    ["C2006", 400],
  ]);
  expect([...types.keys()]).toEqual(["./src/models.ts#Product"]);
});
