import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { contentText } from "../../../generator/src/model/content-text.ts";
import type { ResolvedType } from "../../../generator/src/model/resolved-type.ts";
import { repository } from "../../support/repository.ts";
import { fingerprintOf, irText } from "./ir-text.ts";
import { TemporaryProject } from "./temporary-project.ts";

/** What a source exports as `Root`, and what it says of its values. */
const rows: readonly (readonly [what: string, source: string, expected: string])[] = [
  [
    "primitives",
    "export type Root = [null, boolean, number, bigint, string];",
    "[null, boolean, number, bigint, string]",
  ],
  ["literals", 'export type Root = ["a", 1, -2.5, true, 12n, -3n];', '["a", 1, -2.5, true, 12n, -3n]'],
  ["an infinite literal, which no JSON says", "export enum E { A = 1 / 0 } export type Root = E.A;", "number"],
  ["what is honestly unknown", "export type Root = [unknown, object, {}];", "[unknown, unknown, {}]"],
  ["a union, ordered by what it says", 'export type Root = "b" | null | 2 | "a" | 1;', '("a" | "b" | 1 | 2 | null)'],
  ["true and false among others", "export type Root = string | boolean;", "(boolean | string)"],
  ["one truth", "export type Root = string | true;", "(true | string)"],
  ["a literal beside its type", 'export type Root = "a" | `b${number}` | string;', "string"],
  ["a literal that only completes", 'export type Root = "a" | (string & {});', "string"],
  [
    "a union that a tag tells apart",
    'export type Root = { kind: "a"; at: string } | { kind: "b"; id: number } | null;',
    'by kind (null | { at: string; kind: "a" } | { id: number; kind: "b" })',
  ],
  [
    "a tag that stands for several",
    'export type Root = { kind: "a" | "b"; x: 1 } | { kind: "c"; x: 1 };',
    'by kind ({ kind: ("a" | "b"); x: 1 } | { kind: "c"; x: 1 })',
  ],
  ["a union without a tag", "export type Root = { a: 1 } | { b: 1 };", "({ a: 1 } | { b: 1 })"],
  ["a tag that may be absent", "export type Root = { k?: 1 } | { k: 2 };", "({ k?: 1 } | { k: 2 })"],
  ["an intersection", "export type Root = { a: 1 } & { b: 2 };", "{ a: 1; b: 2 }"],
  ["an intersection that narrows", 'export type Root = { a: string } & { a: "x" };', '{ a: "x" }'],
  [
    "an intersection with a union",
    "export type Root = { a: 1 } & ({ b: 2 } | { c: 3 });",
    "({ a: 1; b: 2 } | { a: 1; c: 3 })",
  ],
  ["properties, by name", "export interface Root { b: 1; a: 2; 'x y': 3; 10: 4 }", "{ 10: 4; a: 2; b: 1; x y: 3 }"],
  ["what may be absent", "export interface Root { a?: string }", "{ a?: string }"],
  ["what may be null", "export interface Root { a: string | null }", "{ a: (null | string) }"],
  ["what may be undefined", "export interface Root { a: string | undefined }", "{ a: (string | undefined) }"],
  ["what is always absent", "export interface Root { a?: never; b?: undefined }", "{ a?: never; b?: never }"],
  ["tuples", "export type Root = [a: 1, b?: 2, ...c: 3[]];", "[1, 2?, ...3[]]"],
  ["a tuple with an end", "export type Root = [...string[], number];", "[...string[], number]"],
  ["a list that is not empty", "export type Root = readonly [string, ...string[]];", "[string, ...string[]]"],
  [
    "arrays",
    "export type Root = [string[], readonly string[], Array<1>, ReadonlyArray<1>];",
    "[string[], string[], 1[], 1[]]",
  ],
  ["readonly", "export interface Root { readonly a: readonly 1[] }", "{ a: 1[] }"],
  ["records", 'export type Root = [Record<string, 1>, Record<"a" | "b", 1>];', "[{ [string]: 1 }, { a: 1; b: 1 }]"],
  ["an index by number", "export type Root = { [id: number]: string };", "{ [number]: string }"],
  [
    "an index by pattern",
    "export interface Root { [key: `x-${string}`]: 1; id: string }",
    "{ id: string; [`x-${string}`]: 1 }",
  ],
  [
    "mapped types",
    "type T = { a: string; b: number }; export type Root = { [K in keyof T as `${K}Id`]?: T[K][] };",
    "{ aId?: string[]; bId?: number[] }",
  ],
  [
    "the types that come with the language",
    "type T = { a: string; b?: number; c: Date }; export type Root = [Partial<T>, Pick<T, 'a'>, Omit<T, 'c'>, Required<T>];",
    "[{ a?: string; b?: number; c?: Date }, { a: string }, { a: string; b?: number }, { a: string; b: number; c: Date }]",
  ],
  [
    "conditional types",
    "type If<T> = T extends string ? 1 : 2; export type Root = [If<'a'>, If<0>, If<'a' | 0>];",
    "[1, 2, (1 | 2)]",
  ],
  ["enums of text", 'export enum Root { Red = "red", Blue = "blue" }', '("blue" | "red")'],
  ["enums of numbers", "export enum Root { A, B = 5 }", "(0 | 5)"],
  ["constant enums", "export const enum E { A = 1 } export type Root = E;", "1"],
  ["computed enums", 'export enum Root { A = "a".length }', "number"],
  ["template literals", "export type Root = `v${number}.${'a' | 'b'}`;", "(`v${number}.a` | `v${number}.b`)"],
  ["changed letters", "export type Root = [Uppercase<'a'>, Uppercase<string>];", '["A", string]'],
  [
    "branded primitives",
    "declare const brand: unique symbol; export type Root = [string & { __brand: 'id' }, number & { readonly [brand]: 1 }, 'a' & { b: 1 }];",
    '[string, number, "a"]',
  ],
  [
    "brands of objects by a symbol",
    "declare const brand: unique symbol; export type Root = { id: 1 } & { readonly [brand]: 1 };",
    "{ id: 1 }",
  ],
  ["branded lists", "export type Root = string[] & { readonly __brand: 1 };", "string[]"],
  ["a Date, branded or not", "export type Root = [Date, Date & { __brand: 1 }];", "[Date, Date]"],
  [
    "Map and Set",
    "export type Root = [Map<string, Date>, ReadonlyMap<1, 2>, Set<string>, ReadonlySet<1>];",
    "[Map<string, Date>, Map<1, 2>, Set<string>, Set<1>]",
  ],
  [
    "bytes and other arrays",
    "export type Root = [Uint8Array, Uint8Array<ArrayBuffer>, Float64Array, BigInt64Array, ArrayBuffer, DataView];",
    "[Uint8Array, Uint8Array, Float64Array, BigInt64Array, ArrayBuffer, DataView]",
  ],
  ["classes of the language", "export type Root = [RegExp, Error, TypeError];", "[RegExp, Error, Error]"],
  ["one's own class of a famous name", "export class Map { a = 1 } export type Root = Map;", "class { a: number }"],
  [
    "generics, applied at any depth",
    "interface Page<T, C = string> { items: T[]; next?: C } export type Root = Page<Page<Date, 1>>;",
    "{ items: { items: Date[]; next?: 1 }[]; next?: string }",
  ],
  [
    "a list by another name",
    "interface List<T> extends Array<T> {} export interface Root { all: List<Root>; more: ReadonlyArray<1> }",
    "{ all: ^Root[]; more: 1[] }",
  ],
  ["recursion", "export interface Root { next: Root | null; all: Root[] }", "{ all: ^Root[]; next: (null | ^Root) }"],
  [
    "recursion of an alias",
    "export type Root = string | Root[] | { [key: string]: Root };",
    "(^union[] | { [string]: ^union } | string)",
  ],
  [
    "an interface that extends and merges",
    "interface A { a: 1 } interface B { b: 1 } export interface Root extends A, B { c: 1 } export interface Root { d: 1 }",
    "{ a: 1; b: 1; c: 1; d: 1 }",
  ],
  [
    "a class of fields",
    "export class Root { a = 1; private b = 2; static c = 3; constructor(readonly d: string) {} }",
    "class { a: number; b: number; d: string }",
  ],
  [
    "a class with more than fields",
    "export class Root { a = 1; #b = 2; get c(): number { return this.#b; } run(): void {} }",
    "instance Root(#b, c, run)",
  ],
  [
    "an interface with a method",
    "export interface Root { at: { format(): string } }",
    "{ at: instance object(format) }",
  ],
  [
    "what can be iterated",
    "export interface Root { all: Iterable<string> }",
    "{ all: instance Iterable([Symbol.iterator]) }",
  ],
  ["an error of one's own", "export class Root extends Error { status = 1 }", "instance Root()"],
  [
    "functions",
    "export interface Root { a: () => void; b: new () => object; c: Function }",
    "{ a: function; b: function; c: function }",
  ],
  [
    "symbols and promises",
    "export interface Root { a: symbol; b: Promise<1>; c: PromiseLike<1> }",
    "{ a: symbol; b: promise; c: promise }",
  ],
  ["any", "export interface Root { a: any; b: any[] }", "{ a: any; b: any[] }"],
  [
    "the type of a constant",
    "export const c = { a: 1, b: ['x'] } as const; export type Root = typeof c;",
    '{ a: 1; b: ["x"] }',
  ],
  [
    "what a function returns",
    "declare function load(): Promise<{ a: Date }>; export type Root = Awaited<ReturnType<typeof load>>;",
    "{ a: Date }",
  ],
  ["this", "export interface Root { self: this; id: 1 }", "{ id: 1; self: ^Root }"],
  [
    "a bound for what is open",
    "export type Root = { a: <T>() => T }['a'] extends () => infer R ? R : never;",
    "unknown",
  ],
];

function resolveAll(
  compilerOptions: object = { strict: true, module: "nodenext", target: "es2022" },
): readonly (ResolvedType | undefined)[] {
  const sources = rows.map(([, source], index) => [`case-${index}.ts`, source] as const);
  using project = new TemporaryProject({ "tsconfig.json": { compilerOptions }, ...Object.fromEntries(sources) });
  const values = rows.map((_, index) => `./case-${index}.ts#Root`);
  const { types, diagnostics } = project.resolve(values);
  expect(diagnostics).toEqual([]);
  return values.map((value) => types.get(value));
}

describe("what a type says of its values:", () => {
  let resolved: readonly (ResolvedType | undefined)[];
  beforeAll(() => {
    resolved = resolveAll();
  });

  test.each(rows)("%s", (what, _source, expected) => {
    expect(irText(resolved[rows.findIndex(([title]) => title === what)])).toBe(expected);
  });
});

describe("optional properties", () => {
  const source = "export interface Root { a?: string; b?: string | undefined; c?: [x?: 1] }";

  test.each([
    [true, "{ a?: string; b?: (string | undefined); c?: [1?] }"],
    [false, "{ a?: string; b?: string; c?: [1?] }"],
  ])(
    "keep an undefined that is written where the compiler tells it apart: %s",
    (exactOptionalPropertyTypes, expected) => {
      const compilerOptions = { strict: true, exactOptionalPropertyTypes };
      using project = new TemporaryProject({ "tsconfig.json": { compilerOptions }, "a.ts": source });
      expect(irText(project.resolve(["./a.ts#Root"]).types.get("./a.ts#Root"))).toBe(expected);
    },
  );
});

test("data of a JSON file, and types of other projects, are what they are", () => {
  using project = new TemporaryProject({
    "package.json": { type: "module" },
    "tsconfig.json": {
      compilerOptions: { module: "nodenext", resolveJsonModule: true, paths: { "#shop/*": ["./shop/*"] } },
    },
    "rates.json": { eur: 1, usd: 1.1, days: ["mon"] },
    "a.ts": `
      import rates from "./rates.json" with { type: "json" };
      import type { Product } from "#shop/product.ts";
      import type { Line } from "lines";
      export type Root = [typeof rates, Product, Line];
    `,
    "shop/product.ts": "export interface Product { id: number }",
    "packages/lines/package.json": { name: "lines", types: "./index.d.ts" },
    "packages/lines/index.d.ts": "export interface Line { sku: string }",
  });
  project.link("node_modules/lines", project.path("packages/lines"));
  const { types, diagnostics } = project.resolve(["./a.ts#Root"]);
  expect(diagnostics).toEqual([]);
  expect(irText(types.get("./a.ts#Root"))).toBe(
    "[{ days: string[]; eur: number; usd: number }, { id: number }, { sku: string }]",
  );
});

test("what Node and the browser declare is known, whoever declares it", () => {
  using project = new TemporaryProject({
    "package.json": { type: "module" },
    "a.ts": "import { URL as NodeUrl } from 'node:url'; export type Root = [URL, NodeUrl, Buffer];",
    "b.ts": "export type Root = [URL, Headers];",
    "b/tsconfig.json": { compilerOptions: { types: [], lib: ["es2022", "dom", "dom.iterable"] } },
  });
  project.link("node_modules/@types/node", join(repository, "node_modules/@types/node"));
  project.link("node_modules/undici-types", join(repository, "node_modules/undici-types"));
  const node = project.resolve(["./a.ts#Root"]);
  const browser = project.resolve(["../b.ts#Root"], "b");
  expect([node.diagnostics, browser.diagnostics]).toEqual([[], []]);
  expect(irText(node.types.get("./a.ts#Root"))).toBe("[URL, URL, Buffer]");
  expect(irText(browser.types.get("../b.ts#Root"))).toMatch(/^\[URL, instance Headers\(.*append, .*\)\]$/);
});

test("the classes that stand for Python's are known, and others of their names are not", () => {
  using project = new TemporaryProject({
    "package.json": { type: "module" },
    "a.ts":
      "import type { PythonDate, PythonUuid } from '@cachetory/runtime'; export type Root = [PythonDate, PythonUuid];",
    "b.ts": "export class PythonDate { day = 1 } export type Root = PythonDate;",
  });
  project.link("node_modules/@cachetory/runtime", join(repository, "runtime"));
  const { types } = project.resolve(["./a.ts#Root", "./b.ts#Root"]);
  expect([...types.values()].map(irText)).toEqual(["[PythonDate, PythonUuid]", "class { day: number }"]);
});

describe("a type that never comes to an end", () => {
  const rows: readonly (readonly [what: string, source: string])[] = [
    ["in an interface", "export interface N<T> { next: N<T[]> } export type Root = N<1>;"],
    ["in an alias", "export type N<T> = { next: N<{ of: T }> }; export type Root = N<1>;"],
    [
      "in several ways",
      "export interface N<T> { a: N<T[]>; b: N<[T]>; c: N<Set<T>>; d: N<{ of: T }> } export type Root = N<1>;",
    ],
    ["through another", "interface A<T> { b: B<T[]> } interface B<T> { a: A<T> } export type Root = A<1>;"],
    ["by a counter", "type N<T extends 1[]> = { next: N<[...T, 1]> }; export type Root = N<[]>;"],
  ];
  test.each(rows)("%s", (_, source) => {
    using project = new TemporaryProject({ "a.ts": source });
    const type = project.resolve(["./a.ts#Root"]).types.get("./a.ts#Root");
    expect(type?.ir.nodes.some(({ kind }) => kind === "endless")).toBe(true);
    expect(type?.ir.nodes.length).toBeLessThan(2_000);
  });

  test("is looked through so far, and no further, where it is only large", () => {
    using project = new TemporaryProject({
      "a.ts": `
        type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
        type Number = \`\${Digit}\${Digit}\${Digit}\${Digit}\`;
        export type Root = { [N in Number]: { a: [N, 1]; b: [N, 2]; c: [N, 3]; d: [N, 4]; e: N } };
      `,
    });
    const nodes = project.resolve(["./a.ts#Root"]).types.get("./a.ts#Root")?.ir.nodes ?? [];
    // 10,000 objects of five parts each, of which 50,000 are looked at.
    expect(nodes.filter(({ kind }) => kind !== "endless").length).toBeLessThanOrEqual(50_000);
    expect(nodes.some(({ kind }) => kind === "endless")).toBe(true);
  });

  test("is told from one that only goes deep", () => {
    using project = new TemporaryProject({
      "a.ts": `
        type Deep<T> = { readonly [K in keyof T]: Deep<T[K]> };
        type Count<N, T extends 1[] = []> = T["length"] extends N ? "end" : { next: Count<N, [...T, 1]> };
        interface Box<T> { of: T }
        export type Config = Deep<{ a: { b: { c: { d: { e: { f: { g: { h: 1 } } } } } } } }>;
        export type Ten = Count<30>;
        export type Boxes = Box<Box<Box<Box<Box<Box<Box<Box<1>>>>>>>>;
        export interface Converging<T> { next: Converging<T | 1> }
      `,
    });
    const { types } = project.resolve(["./a.ts#Config", "./a.ts#Ten", "./a.ts#Boxes", "./a.ts#Converging<2>"]);
    expect(types.size).toBe(4);
    for (const { ir } of types.values()) expect(ir.nodes.map(({ kind }) => kind)).not.toContain("endless");
  });
});

describe("a fingerprint", () => {
  const base =
    "export interface Order { id: string; lines: Line[]; state: 'new' | 'paid'; parent: Order | null } interface Line { sku: string; at?: Date }";
  const fingerprints = (sources: readonly string[]): readonly (string | undefined)[] => {
    using project = new TemporaryProject(Object.fromEntries(sources.map((source, index) => [`a${index}.ts`, source])));
    const values = sources.map((_, index) => `./a${index}.ts#Order`);
    const { types } = project.resolve(values);
    return values.map((value) => fingerprintOf(types.get(value)));
  };

  test("is the same whatever changes nothing of the values", () => {
    const same = [
      base,
      "interface Line { at?: Date; sku: string } export interface Order { parent: null | Order; state: 'paid' | 'new'; lines: Line[]; id: string }",
      "/** What is sold. */ interface Item { sku: string; at?: Date } interface Sale { id: string; lines: Item[]; state: State; parent: Sale | null } type State = 'paid' | 'new'; export type Order = Sale;",
      "export type Order = { readonly id: string; readonly lines: readonly { readonly sku: string; readonly at?: Date }[]; state: 'new' | 'paid'; parent: Order | null };",
      "interface Line { sku: string; at?: Date } interface Twin { id: string; lines: Line[]; state: 'new' | 'paid'; parent: Order | null } export interface Order { id: string; lines: Line[]; state: 'new' | 'paid'; parent: Twin | null }",
      "class Line { sku!: string; at?: Date } export class Order { id!: string; lines!: Line[]; state!: 'new' | 'paid'; parent!: Order | null }",
      "enum State { New = 'new', Paid = 'paid' } export interface Order { id: string & { __brand: 1 }; lines: { sku: string; at?: Date }[]; state: State; parent: Order | null }",
    ];
    const [first, ...others] = fingerprints(same);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(others).toEqual(others.map(() => first));
  });

  test("differs for whatever changes the values", () => {
    const different = [
      base,
      base.replace("id: string", "id: number"),
      base.replace("id: string", "id?: string"),
      base.replace("id: string", "id: string | null"),
      base.replace("id: string", "id: 'string'"),
      base.replace("lines: Line[]", "lines: [Line]"),
      base.replace("lines: Line[]", "lines: Set<Line>"),
      base.replace("'paid'", "'payed'"),
      base.replace("sku", "code"),
      base.replace("at?: Date", "at?: URL | Date").replace("URL", "RegExp"),
      base.replace("parent: Order", "parent: Line"),
      base.replace("sku: string;", "sku: string; [key: string]: unknown;"),
    ];
    expect(new Set(fingerprints(different)).size).toBe(different.length);
  });
});

test("members of one shape are in the order of their names, whatever else was asked for first", () => {
  using project = new TemporaryProject({
    "package.json": { type: "module" },
    "tsconfig.json": { compilerOptions: { module: "nodenext", types: [] } },
    "models.ts": "export interface One { a: 1 }\nexport interface Two { a: 1 }\nexport type Either = One | Two;\n",
  });
  const either = (values: readonly string[]): string => {
    const { types } = project.resolve(values);
    const ir = types.get("./models.ts#Either")?.ir;
    return ir === undefined ? "" : contentText(ir);
  };
  const first = either(["./models.ts#Either"]);
  expect(first.indexOf('"One"')).toBeLessThan(first.indexOf('"Two"'));
  expect(either(["./models.ts#Two", "./models.ts#Either"])).toBe(first);
});
