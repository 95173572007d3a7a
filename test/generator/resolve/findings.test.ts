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
  "src/script.ts": "interface Global { a: 1 }",
  "src/plain.js": "export const a = 1;",
  "src/folder/index.ts": "export type A = 1;",
  "node_modules/untyped/package.json": { name: "untyped", version: "1.0.0", main: "index.js" },
  "node_modules/untyped/index.js": "module.exports = {};",
});
afterAll(() => project[Symbol.dispose]());

describe("a missing module", () => {
  const rows: readonly (readonly [value: string, message: string, hint: string])[] = [
    ["./src/model.ts#Product", "There is no file `./src/model.ts`.", "Did you mean `./src/models.ts`?"],
    ["./src/models#Product", "There is no file `./src/models`.", "Did you mean `./src/models.ts`?"],
    ["./src/models.mts#Product", "There is no file `./src/models.mts`.", "Did you mean `./src/models.ts`?"],
    ["./srx/models.ts#Product", "There is no file `./srx/models.ts`.", "There is no folder `./srx` either."],
    ["./src/folder#A", "There is no file `./src/folder`.", "Did you mean `./src/folder/index.ts`?"],
    [
      "./src/unlike-any.ts#A",
      "There is no file `./src/unlike-any.ts`.",
      "Paths of modules are relative to the folder of the YAML file.",
    ],
    [
      "src/models.ts#Product",
      "The module `src/models.ts` cannot be found.",
      "The path of a file begins with `./`: `./src/models.ts`.",
    ],
    [
      "@shop/models/x#A",
      "The module `@shop/models/x` cannot be found.",
      "If it is a package, install it: `npm install @shop/models`.",
    ],
    [
      "untyped/x#A",
      "The module `untyped/x` cannot be found.",
      "The package `untyped` is installed, but has no types under that name.",
    ],
    ["untyped#A", "`untyped` is JavaScript without type declarations.", "Try `npm install -D @types/untyped`."],
    [
      "./src/plain.js#A",
      "`./src/plain.js` is JavaScript without type declarations.",
      "Name a TypeScript file, or put a .d.ts file beside it.",
    ],
    [
      "node:url#URL",
      "The module `node:url` cannot be found.",
      "Install the types of Node: `npm install -D @types/node`.",
    ],
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
    ["./src/models.ts#Prodct", "`./src/models.ts` has no export `Prodct`.", "Did you mean `Product`?"],
    ["./src/line.ts#Somebody", "`./src/line.ts` has no export `Somebody`.", "It exports `Line`."],
    ["./src/models.ts#Page<Prodct>", "`./src/models.ts` has no export `Prodct`.", "Did you mean `Product`?"],
    ["./src/models.ts#Stock.Depth", "Namespace 'Stock' has no exported member 'Depth'.", undefined],
    [
      "./src/script.ts#Global",
      "`Global` is declared in `./src/script.ts`, but not exported.",
      "Write `export` before its declaration.",
    ],
    ["./src/models.ts#default", "A default export cannot be named in a type.", "Export the type by name as well."],
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
        message: "`Hidden` is declared in `./src/models.ts`, but not exported.",
        hint: "Write `export` before its declaration.",
        related: [
          {
            span: { file: project.path("src/models.ts"), start, end: start + "Hidden".length },
            message: "`Hidden` is declared here.",
          },
        ],
      },
    ]);
  });

  test("is told apart from an import", () => {
    expect(project.findings(["./src/models.ts#Line"])["./src/models.ts#Line"]).toEqual([
      "C2002 `./src/models.ts` imports `Line`, but does not export it.",
    ]);
  });

  test("is told apart from the default export", () => {
    expect(project.findings(["./src/models.ts#Cart"])["./src/models.ts#Cart"]).toEqual([
      "C2002 `./src/models.ts` exports `Cart` as its default, not by name.",
    ]);
  });
});

test("a generic without its arguments says which it takes, and where", () => {
  const start = models.indexOf("Page");
  expect(project.resolve(["./src/models.ts#Page | null"]).diagnostics).toMatchObject([
    {
      code: "C2003",
      message: "`Page` is generic, and `Page | null` leaves out its type arguments.",
      hint: "It takes `Page<Item extends object, Cursor = string>`.",
      related: [{ span: { file: project.path("src/models.ts"), start, end: start + 4 } }],
    },
  ]);
});

test("a generic of the language has no place to show", () => {
  expect(project.resolve(["Array"]).diagnostics).toMatchObject([
    { code: "C2003", hint: "It takes `Array<T>`.", related: [] },
  ]);
});

describe("is no valid type", () => {
  const rows: readonly (readonly [value: string, finding: string])[] = [
    ["./src/models.ts#Product[", "C2005 `Product[` is not a valid type: ']' expected."],
    ["./src/models.ts#limits", "C2005 `limits` of `./src/models.ts` is a value, not a type."],
    ["./src/models.ts#typeof Product", "C2005 `Product` of `./src/models.ts` is a type, so that it has no `typeof`."],
    ["./src/models.ts#Product.id", "C2005 `Product` of `./src/models.ts` is not a namespace."],
    [
      "./src/models.ts#Page<string>",
      "C2005 `Page<string>` is not a valid type: Type 'string' does not satisfy the constraint 'object'.",
    ],
    [
      './src/models.ts#Product["name"]',
      "C2005 `Product[\"name\"]` is not a valid type: Property 'name' does not exist on type 'Product'.",
    ],
    ["./src/models.ts#Product<string>", "C2005 `Product<string>` is not a valid type: Type 'Product' is not generic."],
    [
      "?string",
      "C2005 `?string` is not a valid type: '?' at the start of a type is not valid TypeScript syntax. Did you mean to write 'string | null | undefined'?",
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
    ["any", "C2006 `any` is of any type: nothing is known of what is cached."],
    ["never", "C2006 `never` is a type without values."],
    ["string & number", "C2006 `string & number` is a type without values."],
    ["undefined", "C2006 `undefined` is `undefined`, which cannot be told from a miss."],
    ["void", "C2006 `void` is `undefined`, which cannot be told from a miss."],
    ["string | undefined", "C2006 `string | undefined` allows `undefined`, which cannot be told from a miss."],
    ["symbol", "C2006 `symbol` is a symbol, which cannot be stored."],
    ["() => void", "C2006 `() => void` is a function, which cannot be stored."],
    ["./src/models.ts#Handler", "C2006 `Handler` is a function, which cannot be stored."],
    ["./src/models.ts#typeof Money", "C2006 `typeof Money` is a function, which cannot be stored."],
    ["./src/models.ts#Later", "C2006 `Later` is a promise, which cannot be stored."],
    ["./src/models.ts#Product | Later", "C2006 `Product | Later` allows a promise, which cannot be stored."],
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
  expect(project.resolve(["Recrd<string, number>", "Strin"]).diagnostics).toMatchObject([
    { code: "C2004", message: "There is no global type `Recrd`.", hint: expect.stringContaining("`Record`") },
    { code: "C2004", message: "There is no global type `Strin`.", hint: expect.stringContaining("`string`") },
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
