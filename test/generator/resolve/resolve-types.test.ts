import { afterAll, describe, expect, test } from "vitest";
import type { ResolvedType } from "../../../generator/src/model/resolved-type.ts";
import type { Resolution } from "../../../generator/src/resolve/resolution.ts";
import { fingerprintOf } from "./ir-text.ts";
import { TemporaryProject } from "./temporary-project.ts";

const project = new TemporaryProject({
  "package.json": { type: "module" },
  "src/models.ts": `
    import type { Line } from "./line.js";
    export type { Line as OrderLine } from "./line.js";
    export * from "./more.js";
    export * as Shop from "./more.js";
    export interface Product { id: number; at: Date; lines: readonly Line[] }
    export interface Page<Item extends object, Cursor = string> { items: Item[]; next?: Cursor }
    export enum Color { Red = "red", Blue = "blue" }
    export class Money { #cents = 0; currency = "EUR"; add(other: Money): Money { return other; } }
    export const limits = { perPage: 20, sort: ["name", "price"] } as const;
    export namespace Stock { export type Level = "low" | "high"; export namespace Deep { export type Leaf = 1 } }
    export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
    export interface Nested<T> { value: T; next?: Nested<T[]>; other?: Nested<{ of: T }> }
    export interface Map { isMine: true }
    interface Base { id: string }
    export interface Whole extends Base { pair: [first: string, ...rest: number[]]; brand: string & { readonly __brand: "id" } }
  `,
  "src/line.ts": "export interface Line { sku: string; product?: import('./models.js').Product }",
  "src/more.mts": "export interface Never { a: 1 }",
  "src/more.ts": "export interface Customer { name: string }",
  "src/view.tsx": "export interface View { title: string }",
  "src/old.cts": "export interface Old { age: number }",
  "src/fresh.mts": "export interface Fresh { age: number }",
  "src/api.d.ts": "export interface Api { version: 2 }",
});
afterAll(() => project[Symbol.dispose]());

function textOf(type: ResolvedType | undefined): string | undefined {
  return type?.text.map((part) => (typeof part === "string" ? part : `[${part.imported}]`)).join("");
}

describe("resolves to its own text, with what it imports marked", () => {
  const expected: Readonly<Record<string, string>> = {
    "./src/models.ts#Product": "[Product]",
    "./src/models.ts#Page<Product>": "[Page]<[Product]>",
    "./src/models.ts#Page<Product>  |  null": "[Page]<[Product]> | null",
    "./src/models.ts#Page<Product, Color>[]": "[Page]<[Product], [Color]>[]",
    "./src/models.ts#OrderLine": "[OrderLine]",
    "./src/models.ts#Customer": "[Customer]",
    "./src/models.ts#Shop.Customer": "[Shop].Customer",
    "./src/models.ts#Stock.Level": "[Stock].Level",
    "./src/models.ts#Stock.Deep.Leaf": "[Stock].Deep.Leaf",
    "./src/models.ts#Color": "[Color]",
    "./src/models.ts#Color.Red": "[Color].Red",
    "./src/models.ts#Money": "[Money]",
    "./src/models.ts#typeof limits": "typeof [limits]",
    './src/models.ts#(typeof limits)["sort"][number]': '(typeof [limits])["sort"][number]',
    "./src/models.ts#Json": "[Json]",
    "./src/models.ts#Nested<string>": "[Nested]<string>",
    "./src/models.ts#Whole": "[Whole]",
    "./src/models.ts#Record<string, Product>": "Record<string, [Product]>",
    './src/models.ts#Pick<Product, "id">': 'Pick<[Product], "id">',
    "./src/models.ts#Set<Product>": "Set<[Product]>",
    "./src/models.ts#{ id: string; at: Date }": "{ id: string; at: Date }",
    "string[]": "string[]",
    "Map<string, Uint8Array>": "Map<string, Uint8Array>",
    unknown: "unknown",
  };
  let resolution: Resolution | undefined;
  test.each(Object.keys(expected))("%s", (value) => {
    resolution ??= project.resolve(Object.keys(expected));
    expect(resolution.diagnostics).toEqual([]);
    expect(textOf(resolution.types.get(value))).toBe(expected[value]);
  });
});

test("a name of the module goes before the global of the same name", () => {
  const value = "./src/models.ts#Map";
  expect(project.resolve([value]).types.get(value)?.text).toEqual([{ imported: "Map" }]);
});

test("a name may hold a dollar sign wherever it likes", () => {
  using own = new TemporaryProject({ "a.ts": "export interface A$B { a: 1 } export interface $ { b: 1 }" });
  const { types, diagnostics } = own.resolve(["./a.ts#A$B", "./a.ts#$ | A$B"]);
  expect(diagnostics).toEqual([]);
  expect([...types.values()].map(textOf)).toEqual(["[A$B]", "[$] | [A$B]"]);
});

test("an export counts only in its own meaning: the type of that name may still be the global one", () => {
  using own = new TemporaryProject({ "a.ts": "export const Date = 1; export interface A {}" });
  const { types, diagnostics } = own.resolve(["./a.ts#Date", "./a.ts#typeof Date"]);
  expect(diagnostics).toEqual([]);
  expect(types.get("./a.ts#Date")).toMatchObject({ text: ["Date"], module: undefined });
  expect(types.get("./a.ts#typeof Date")?.text).toEqual(["typeof ", { imported: "Date" }]);
});

test("a module file is referred to by its absolute path, whatever extension named it", () => {
  const modules = {
    "./src/models.ts#Product": "src/models.ts",
    "./src/models.js#Product": "src/models.ts",
    "./src/../src/models.ts#Product": "src/models.ts",
    "./src/view.tsx#View": "src/view.tsx",
    "./src/old.cts#Old": "src/old.cts",
    "./src/fresh.mts#Fresh": "src/fresh.mts",
    "./src/fresh.mjs#Fresh": "src/fresh.mts",
    "./src/api.d.ts#Api": "src/api.d.ts",
    "./src/api.js#Api": "src/api.d.ts",
  };
  const { types, diagnostics } = project.resolve(Object.keys(modules));
  expect(diagnostics).toEqual([]);
  const paths = [...types].map(([value, type]) => [value, type.module]);
  expect(paths).toEqual(
    Object.entries(modules).map(([value, path]) => [value, { kind: "file", path: project.path(path) }]),
  );
});

test("a type that names nothing of its module imports no module", () => {
  expect(project.resolve(["./src/models.ts#string"]).types.get("./src/models.ts#string")?.module).toBeUndefined();
});

test("the same expression means different types in different modules", () => {
  using own = new TemporaryProject({ "a.ts": "export type A = 1;", "b.ts": "export type A = { a: Gone };" });
  const { types, diagnostics } = own.resolve(["./a.ts#A", "./b.ts#A"]);
  expect([...types.keys()]).toEqual(["./a.ts#A"]);
  expect(diagnostics.map(({ code, span }) => [code, span?.start])).toEqual([["C2004", 100]]);
});

test("the order of the request changes nothing but the order of the answers", () => {
  const values = ["./src/models.ts#Json", "./src/models.ts#Color | Money | null", "string | number"];
  const forwards = project.resolve(values).types;
  const backwards = project.resolve([...values].reverse()).types;
  for (const value of values) {
    expect(textOf(backwards.get(value))).toBe(textOf(forwards.get(value)));
    expect(fingerprintOf(backwards.get(value))).toBe(fingerprintOf(forwards.get(value)));
  }
});

test("nothing to resolve is resolved, too: the import extension is known", () => {
  const { types, importExtension, diagnostics } = project.resolve([]);
  expect([types.size, importExtension, diagnostics.length]).toEqual([0, "js", 0]);
});
