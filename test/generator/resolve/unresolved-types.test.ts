import { beforeAll, describe, expect, test } from "vitest";
import { TemporaryProject } from "./temporary-project.ts";

type Findings = Readonly<Record<string, readonly string[]>>;

/** The findings about `Root` of each source, all in one project. */
function findingsOfRoots(sources: readonly string[]): readonly (readonly string[] | undefined)[] {
  using project = new TemporaryProject(
    Object.fromEntries(sources.map((source, index) => [`case-${index}.ts`, source])),
  );
  const values = sources.map((_, index) => `./case-${index}.ts#Root`);
  const found: Findings = project.findings(values);
  return values.map((value) => found[value]);
}

function findings(source: string, expression = "Root"): readonly string[] | undefined {
  using project = new TemporaryProject({ "a.ts": source });
  const value = `./a.ts#${expression}`;
  return project.findings([value])[value];
}

function unresolved(path: string, name: string, root = "Root"): string {
  const mark = path.includes('"') ? "'" : '"';
  const subject = `${mark}${path}${mark}${path.startsWith(root) ? "" : ` in "${root}"`}`;
  return `C2004 ${subject} refers to ${name.includes('"') ? `'${name}'` : `"${name}"`}, which cannot be resolved`;
}

describe("an unresolved type is found, and never passes as any:", () => {
  const rows: readonly (readonly [what: string, source: string, path: string, name: string])[] = [
    ["itself", "export type Root = Gone;", "Root", "Gone"],
    ["in a property", "export interface Root { avatar: Gone }", "Root.avatar", "Gone"],
    ["in an optional property", "export interface Root { avatar?: Gone }", "Root.avatar", "Gone"],
    ["in a property with an odd name", 'export interface Root { "x y": Gone }', 'Root["x y"]', "Gone"],
    ["further in", "export interface Root { a: { b: Sub } } interface Sub { c: Gone }", "Root.a.b.c", "Gone"],
    ["in an array", "export interface Root { list: Gone[] }", "Root.list[]", "Gone"],
    ["in a readonly array", "export interface Root { list: readonly Gone[] }", "Root.list[]", "Gone"],
    ["in a tuple", "export interface Root { pair: [string, Gone] }", "Root.pair[1]", "Gone"],
    ["in a union", "export interface Root { a: string | Gone }", "Root.a", "Gone"],
    ["in an intersection", "export interface Root { a: { b: 1 } & Gone }", "Root.a", "Gone"],
    ["under an index", "export interface Root { [id: string]: Gone }", "Root[string]", "Gone"],
    ["in a Record", "export type Root = Record<string, Gone>;", "Root[string]", "Gone"],
    ["in a Map", "export interface Root { map: Map<string, Gone> }", "Root.map", "Gone"],
    ["in a Promise", "export interface Root { later: Promise<Gone> }", "Root.later", "Gone"],
    ["in a class", "export class Root { a = 1; b!: Gone }", "Root.b", "Gone"],
    ["in a generic", "export type Root = Box<Gone>; interface Box<T> { of: T }", "Root", "Gone"],
    ["in an argument that nothing uses", "export type Root = Tag<Gone>; interface Tag<T> { of: 1 }", "Root", "Gone"],
    ["as a base", "export interface Root extends Gone { a: 1 }", "Root", "Gone"],
    [
      "as a base of a property",
      "export interface Root { a: Sub } interface Sub extends Gone { b: 1 }",
      "Root.a",
      "Gone",
    ],
    ["as what a condition looks at", "export type Root = Gone extends string ? 1 : 2;", "Root", "Gone"],
    ["as a base class", "export class Root extends Gone { a = 1 }", "Root", "Gone"],
    ["behind a chain of aliases", "export type Root = One; type One = Two; type Two = Gone;", "Root", "Gone"],
    ["in a name of a namespace", "export interface Root { a: Gone.Inner }", "Root.a", "Gone.Inner"],
    ["after typeof", "export interface Root { a: typeof gone }", "Root.a", "typeof gone"],
    ["in an import type", 'export interface Root { a: import("./gone.js").A }', "Root.a", 'import("./gone.js").A'],
    [
      "in a member that recursion hides",
      "export interface Root { self: Root; list: Root[]; a: Gone }",
      "Root.a",
      "Gone",
    ],
    ["an alias of itself", "export type Root = Root;", "Root", "Root"],
  ];
  let found: readonly (readonly string[] | undefined)[];
  beforeAll(() => {
    found = findingsOfRoots(rows.map(([, source]) => source));
  });
  test.each(rows)("%s", (what, _source, path, name) => {
    const index = rows.findIndex(([title]) => title === what);
    expect(found[index]).toEqual([unresolved(path, name)]);
  });

  test("what a function infers from it", () => {
    const source = "declare function load(): { a: Gone }; export type Root = ReturnType<typeof load>;";
    expect(findings(source)).toEqual([unresolved("Root.a", "Gone")]);
  });

  test("in a member of a union, under that member's name", () => {
    const source = "export interface User { a: Gone }";
    expect(findings(source, "User | null")).toEqual([unresolved("User.a", "Gone", "User | null")]);
  });

  test("in what is reached level by level, however deep", () => {
    const source =
      "type Deep<T> = { [K in keyof T]: Deep<T[K]> }; interface Leaf { x: Gone } export type Root = Deep<{ a: { b: { c: { d: { e: Leaf } } } } }>;";
    expect(findings(source)).toEqual(['C2004 "Root.a.b.c.d.e.x" has a type that cannot be resolved']);
  });

  test("in two places, both", () => {
    const source = "export interface Root { a: Gone; b: Other }";
    expect(findings(source)).toEqual([unresolved("Root.a", "Gone"), unresolved("Root.b", "Other")]);
  });

  test("for each cache that meets it", () => {
    using project = new TemporaryProject({
      "a.ts": "interface Sub { x: Gone } export interface A { s: Sub } export interface B { s: Sub }",
    });
    const { types, diagnostics } = project.resolve(["./a.ts#A", "./a.ts#B"]);
    expect([types.size, diagnostics.map(({ message }) => message)]).toEqual([
      0,
      ['"A.s.x" refers to "Gone", which cannot be resolved', '"B.s.x" refers to "Gone", which cannot be resolved'],
    ]);
  });
});

describe("is no concern of the type:", () => {
  const rows: readonly (readonly [what: string, source: string])[] = [
    ["what a method takes", "export class Root { a = 1; set(to: Gone): void {} }"],
    ["the body of a method", "export class Root { a = 1; run(): void { const x: Gone = 1; } }"],
    ["a property that is not picked", 'interface Big { id: string; a: Gone } export type Root = Pick<Big, "id">;'],
    ["another type of the file", "export type Other = Gone; export type Root = { a: 1 };"],
    ["a type parameter", "interface Box<T> { of: T } export type Root = Box<string>;"],
    ["an any that is meant", "export interface Root { payload: any }"],
  ];
  let found: readonly (readonly string[] | undefined)[];
  beforeAll(() => {
    found = findingsOfRoots(rows.map(([, source]) => source));
  });
  test.each(rows)("%s", (what) => {
    expect(found[rows.findIndex(([title]) => title === what)]).toEqual([]);
  });
});

test("the place is shown, with what it would have come from", () => {
  const source = 'import type { Gone } from "./gone.js";\nexport interface Root { a: Gone }';
  using project = new TemporaryProject({ "a.ts": source });
  const start = source.lastIndexOf("Gone");
  expect(project.resolve(["./a.ts#Root"]).diagnostics).toMatchObject([
    {
      hint: 'It is imported from "./gone.js": check that this is there, is built, and exports it',
      related: [{ span: { file: project.path("a.ts"), start, end: start + 4 }, message: '"Gone" is named here' }],
    },
  ]);
});

test("a broken re-export is found at the type itself", () => {
  using project = new TemporaryProject({ "a.ts": 'export type { Root } from "./gone.js";' });
  expect(project.findings(["./a.ts#Root"])["./a.ts#Root"]).toEqual(['C2004 "Root" has a type that cannot be resolved']);
});

test("Buffer without the types of Node says what to install", () => {
  using project = new TemporaryProject({ "a.ts": "export interface Root { blob: Buffer }" });
  expect(project.resolve(["./a.ts#Root"]).diagnostics).toMatchObject([
    { code: "C2004", hint: "Install the types of Node: npm install -D @types/node" },
  ]);
});

test("a type that grows for ever is walked to an end, and what is broken in it is found", () => {
  const growing = "interface N<T> { next: N<T[]>; other: N<{ of: T }>; more: N<T | 1> }";
  expect(findings(`${growing} export type Root = N<string>;`)).toEqual([]);
  expect(findings(`${growing} export interface Root { n: N<string>; a: Gone }`)).toEqual([
    unresolved("Root.a", "Gone"),
  ]);
});
