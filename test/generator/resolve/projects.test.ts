import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { resolveTypes } from "../../../generator/src/resolve/resolve-types.ts";
import { diskFiles } from "./disk-files.ts";
import { irText } from "./ir-text.ts";
import { TemporaryProject } from "./temporary-project.ts";

const nodeModules = join(import.meta.dirname, "../../../node_modules");

describe("relative imports end as the tsconfig wants it", () => {
  test.each<[object, string]>([
    [{ module: "nodenext" }, "js"],
    [{ module: "node20" }, "js"],
    [{ module: "esnext", moduleResolution: "node16" }, "js"],
    [{ module: "nodenext", allowImportingTsExtensions: true }, "ts"],
    [{ module: "nodenext", rewriteRelativeImportExtensions: true }, "ts"],
    [{ module: "esnext", moduleResolution: "bundler" }, "none"],
    [{ module: "preserve" }, "none"],
    [{ module: "commonjs", moduleResolution: "node" }, "none"],
    [{ module: "esnext" }, "none"],
    [{}, "none"],
  ])("%o: %s", (compilerOptions, expected) => {
    using project = new TemporaryProject({ "tsconfig.json": { compilerOptions } });
    expect(project.resolve([]).importExtension).toBe(expected);
  });

  test("js without a tsconfig", () => {
    using project = new TemporaryProject();
    expect(project.resolve([]).importExtension).toBe("js");
  });

  test("of the tsconfig that is nearest to the YAML file", () => {
    using project = new TemporaryProject({
      "tsconfig.json": { compilerOptions: { module: "nodenext" } },
      "app/tsconfig.json": { compilerOptions: { module: "preserve" } },
      "app/caches/readme.md": "",
    });
    expect(project.resolve([], "app/caches").importExtension).toBe("none");
    expect(project.resolve([]).importExtension).toBe("js");
  });
});

test("a tsconfig written for TypeScript 5 works: baseUrl, paths, moduleResolution node, no types, no strict", () => {
  using project = new TemporaryProject({
    "tsconfig.json": {
      compilerOptions: {
        target: "es2020",
        module: "commonjs",
        moduleResolution: "node",
        baseUrl: ".",
        paths: { "@app/*": ["src/*"] },
        esModuleInterop: false,
        strict: false,
      },
    },
    "src/models.ts": 'import type { Money } from "src/money"; export interface Product { price: Money; at: Date }',
    "src/money.ts": "export interface Money { cents: number }",
  });
  const { types, diagnostics } = project.resolve([
    "./src/models.ts#Product",
    "./src/models#Product",
    "@app/money#Money",
  ]);
  expect(diagnostics).toEqual([]);
  expect([...types.values()].map((type) => type.module)).toEqual([
    { kind: "file", path: project.path("src/models.ts") },
    { kind: "file", path: project.path("src/models.ts") },
    { kind: "package", specifier: "@app/money" },
  ]);
});

test("a tsconfig that only refers to others stands for the first of them", () => {
  using project = new TemporaryProject({
    "tsconfig.json": { files: [], references: [{ path: "./tsconfig.app.json" }, { path: "./tools" }] },
    "tsconfig.app.json": {
      compilerOptions: {
        module: "preserve",
        allowImportingTsExtensions: true,
        noEmit: true,
        paths: { "@/*": ["./src/*"] },
      },
      include: ["src"],
    },
    "tools/tsconfig.json": { compilerOptions: { module: "nodenext" } },
    "src/models.ts": 'import type { Money } from "@/money"; export interface Product { price: Money }',
    "src/money.ts": "export interface Money { cents: number }",
  });
  const { diagnostics, importExtension } = project.resolve(["./src/models.ts#Product"]);
  expect([diagnostics, importExtension]).toEqual([[], "ts"]);
});

test.each([{ composite: true }, { incremental: true, tsBuildInfoFile: "./build/info" }])(
  "a tsconfig with %o works: what it includes need not be listed",
  (compilerOptions) => {
    using project = new TemporaryProject({
      "tsconfig.json": { compilerOptions: { module: "nodenext", ...compilerOptions }, include: ["src"] },
      "src/models.ts": 'import type { Money } from "./money.js"; export interface Product { price: Money }',
      "src/money.ts": "export interface Money { cents: number }",
    });
    const { diagnostics, types } = project.resolve(["./src/models.ts#Product"]);
    expect(diagnostics).toEqual([]);
    expect(types.size).toBe(1);
  },
);

describe("what the tsconfig includes counts, though nothing imports it:", () => {
  const user = "./src/user.ts#User";
  const nodenext = { compilerOptions: { module: "nodenext" } };
  const sources = {
    "package.json": { type: "module" },
    "src/user.ts": "export interface User { id: number }",
    "src/roles.ts": 'import "./user.js"; declare module "./user.js" { interface User { role: string } } export {};',
  };

  test.each<[string, object, Readonly<Record<string, string>>, string, string]>([
    ["an augmentation of a module", { include: ["src"] }, {}, user, "{ id: number; role: string }"],
    ["by default all", {}, {}, user, "{ id: number; role: string }"],
    ["files", { files: ["src/roles.ts"] }, {}, user, "{ id: number; role: string }"],
    ["but no others", { files: ["src/user.ts"] }, {}, user, "{ id: number }"],
    ["nor what is excluded", { include: ["src"], exclude: ["src/roles.ts"] }, {}, user, "{ id: number }"],
    ["nor what lies elsewhere", { include: ["src/*/*"] }, {}, user, "{ id: number }"],
    [
      "an augmentation of a package",
      { include: ["src"] },
      {
        "node_modules/auth/package.json": '{ "name": "auth", "types": "index.d.ts" }',
        "node_modules/auth/index.d.ts": "export interface Session { user: string }",
        "src/auth.d.ts": 'import "auth"; declare module "auth" { interface Session { role: 1 } }',
      },
      "auth#Session",
      "{ role: 1; user: string }",
    ],
    [
      "a module that is declared",
      { include: ["src"] },
      { "src/untyped.d.ts": 'declare module "untyped" { export interface U { a: number } }' },
      "untyped#U",
      "{ a: number }",
    ],
    [
      "globals of a script",
      { include: ["src"] },
      { "src/world.d.ts": "/*\nimport nothing\n*/ interface World { size: number }" },
      "World",
      "{ size: number }",
    ],
    [
      "globals of a module",
      { include: ["src"] },
      { "src/world.ts": "export {}; declare global { interface World { size: number } }" },
      "World",
      "{ size: number }",
    ],
    [
      "with those that libraries have under the same name",
      { include: ["src"] },
      {
        "node_modules/@types/world/index.d.ts": "interface World { name: string }",
        "src/world.d.ts": "interface World { size: number }",
      },
      "World",
      "{ name: string; size: number }",
    ],
    [
      "what is in a folder or a file whose name begins with a point, and in a package, where that is named",
      { include: ["src", ".types/**/*", ".env.d.ts", "node_modules/aug/index.d.ts"] },
      {
        ".types/deep/a.d.ts":
          'import "../../src/user.js"; declare module "../../src/user.js" { interface User { a: 1 } }',
        ".env.d.ts": 'import "./src/user.js"; declare module "./src/user.js" { interface User { b: 2 } }',
        "node_modules/aug/index.d.ts":
          'import "../../src/user.js"; declare module "../../src/user.js" { interface User { c: 3 } }',
        "node_modules/other/index.d.ts":
          'import "../../src/user.js"; declare module "../../src/user.js" { interface User { d: 4 } }',
        ".other/a.d.ts": 'import "../src/user.js"; declare module "../src/user.js" { interface User { e: 5 } }',
      },
      user,
      "{ a: 1; b: 2; c: 3; id: number; role: string }",
    ],
    [
      "a script that gives a part of a namespace another name",
      {},
      {
        "src/world.d.ts":
          "declare namespace NS {\nexport interface Of { size: number }\n}\nimport Of = NS.Of;\ninterface World extends Of {}",
      },
      "World",
      "{ size: number }",
    ],
    [
      "but no declarations beside the source that they are of",
      { include: ["src"] },
      { "src/world.ts": "export {};", "src/world.d.ts": 'declare module "./user.js" { interface User { at: 1 } }' },
      user,
      "{ id: number; role: string }",
    ],
  ])("%s", (_, tsconfig, more, value, expected) => {
    using project = new TemporaryProject({ ...sources, ...more, "tsconfig.json": { ...nodenext, ...tsconfig } });
    const { diagnostics, types } = project.resolve([value]);
    expect(diagnostics).toEqual([]);
    expect(irText(types.get(value))).toBe(expected);
  });

  test("nothing in the folder that is generated", () => {
    using project = new TemporaryProject({ ...sources, "tsconfig.json": nodenext });
    const output = project.path("src");
    const { types } = resolveTypes({ ...project.request([user]), output }, diskFiles);
    expect(irText(types.get(user))).toBe("{ id: number }");
  });

  test("files that no one imports and that declare nothing for others are not compiled", () => {
    using project = new TemporaryProject({ ...sources, "src/plain.ts": "export const plain = 1;" });
    project.write("tsconfig.json", nodenext);
    const read = project.resolve([user]).questions.flatMap(({ kind, path }) => (kind === "read" ? [path] : []));
    expect(read).toContain(project.path("src/roles.ts"));
    expect(read).not.toContain(project.path("src/plain.ts"));
  });

  test("nor what a file imports of which a text says that it declares something", () => {
    using project = new TemporaryProject({
      ...sources,
      "src/plain.ts": "export const plain = 1;",
      "src/template.ts":
        'import { plain } from "./plain.js";\nexport const text = `\ndeclare module "./user.js" { ${plain} }\n`;',
    });
    project.write("tsconfig.json", nodenext);
    const { questions, types } = project.resolve([user]);
    expect(questions.map(({ path }) => path)).not.toContain(project.path("src/plain.ts"));
    expect(irText(types.get(user))).toBe("{ id: number; role: string }");
  });

  test("folders that lead back to themselves are gone through once", () => {
    using project = new TemporaryProject({ ...sources, "tsconfig.json": nodenext });
    project.link("src/again", project.path("src"));
    expect(irText(project.resolve([user]).types.get(user))).toBe("{ id: number; role: string }");
  });
});

test("a reference that is not there is a finding", () => {
  using project = new TemporaryProject({ "tsconfig.json": { files: [], references: [{ path: "./gone.json" }] } });
  expect(project.resolve(["string"]).diagnostics).toMatchObject([
    { code: "C2007", message: 'the tsconfig cannot be used: it refers to "gone.json", which is not there' },
  ]);
});

test("an empty tsconfig is one without options", () => {
  using project = new TemporaryProject({ "tsconfig.json": "" });
  expect(project.resolve(["string"]).diagnostics).toEqual([]);
});

test("a file outside of the rootDir is told in one sentence", () => {
  using project = new TemporaryProject({
    "tsconfig.json": { compilerOptions: { rootDir: "src" } },
    "src/main.ts": "",
    "a.ts": "export type A = string;",
  });
  expect(project.findings(["./a.ts#A"])["./a.ts#A"]).toEqual([
    `C2001 "./a.ts" cannot be imported: File '${project.path("a.ts")}' is not under 'rootDir' '${project.path("src")}'. ` +
      "'rootDir' is expected to contain all source files",
  ]);
});

test("a file beside the folder of a tsconfig without rootDir is read, as TypeScript 5 would", () => {
  using project = new TemporaryProject({
    "app/tsconfig.json": { compilerOptions: { module: "nodenext", outDir: "dist" }, include: ["src"] },
    "app/src/main.ts": "",
    "shared/user.ts": "export interface User { id: string }",
  });
  const { diagnostics, types } = project.resolve(["../shared/user.ts#User"], "app");
  expect(diagnostics).toEqual([]);
  expect(irText(types.get("../shared/user.ts#User"))).toBe("{ id: string }");
});

test("without strict in the tsconfig, undefined still counts", () => {
  using project = new TemporaryProject({
    "tsconfig.json": { compilerOptions: { strict: false } },
    "a.ts": "export type Maybe = string | undefined;",
  });
  expect(project.findings(["./a.ts#Maybe"])["./a.ts#Maybe"]).toEqual([
    'C2006 "Maybe" allows "undefined", which cannot be told from a miss',
  ]);
});

describe("a tsconfig that cannot be used is a finding at its place:", () => {
  test("bad JSON", () => {
    const text = '{ "compilerOptions": { "strict": true, ]}';
    using project = new TemporaryProject({ "tsconfig.json": text });
    const { diagnostics, types } = project.resolve(["string"]);
    expect(diagnostics[0]).toMatchObject({
      code: "C2007",
      span: { file: project.path("tsconfig.json"), start: text.indexOf("]") },
    });
    expect(diagnostics.every(({ code }) => code === "C2007")).toBe(true);
    expect(types.size).toBe(0);
  });

  test("an extends that is not there", () => {
    const text = '{ "extends": "./gone.json" }';
    using project = new TemporaryProject({ "tsconfig.json": text });
    expect(project.resolve(["string"]).diagnostics).toMatchObject([
      {
        code: "C2007",
        message: "the tsconfig cannot be used: Cannot read file 'gone.json'",
        span: { file: project.path("tsconfig.json"), start: text.indexOf('"extends"'), end: text.lastIndexOf('"') + 1 },
      },
    ]);
  });

  test("bad JSON in what it extends", () => {
    using project = new TemporaryProject({ "tsconfig.json": { extends: "./base.json" }, "base.json": '{ "a" 1 }' });
    const [diagnostic] = project.resolve(["string"]).diagnostics;
    expect(diagnostic).toMatchObject({ code: "C2007", span: { file: project.path("base.json"), start: 6 } });
  });

  test("what has a shape that is too much for the compiler", () => {
    const text = '{ "references": [null] }';
    using project = new TemporaryProject({ "tsconfig.json": text });
    const { diagnostics, types } = project.resolve(["string"]);
    expect(diagnostics).toMatchObject([
      {
        code: "C2007",
        message: expect.stringContaining("the tsconfig cannot be used: the compiler fails to read it ("),
        span: { file: project.path("tsconfig.json"), start: 0, end: text.length },
      },
    ]);
    expect(types.size).toBe(0);
  });
});

test("options that only another TypeScript knows are no concern", () => {
  using project = new TemporaryProject({
    "tsconfig.json": `{
      // comments and trailing commas are fine
      "compilerOptions": { "target": "es2099", "noSuchOption": true, "module": "nodenext", },
      "include": ["nothing/here"],
    }`,
  });
  const { diagnostics, importExtension } = project.resolve(["string"]);
  expect([diagnostics, importExtension]).toEqual([[], "js"]);
});

describe("a type of a package", () => {
  const files = {
    "package.json": { type: "module" },
    "node_modules/esm-only/package.json": {
      name: "esm-only",
      type: "module",
      exports: {
        ".": { import: { types: "./index.d.ts", default: "./index.js" } },
        "./deep": { types: "./lib/deep.d.ts", default: "./lib/deep.js" },
      },
    },
    "node_modules/esm-only/index.d.ts": 'export type { Deep } from "./lib/deep.js"; export interface Esm { a: 1 }',
    "node_modules/esm-only/lib/deep.d.ts": 'import type { Other } from "other"; export interface Deep { other: Other }',
    "node_modules/esm-only/lib/hidden.d.ts": "export interface Hidden { a: 1 }",
    "node_modules/other/package.json": { name: "other", type: "module", exports: { import: "./index.js" } },
    "node_modules/other/index.d.ts": "export interface Other { b: 2 }",
    "node_modules/types-only/package.json": { name: "types-only", types: "main.d.ts" },
    "node_modules/types-only/main.d.ts": "declare namespace Legacy { interface Row { id: number } } export = Legacy;",
    "node_modules/plain/package.json": { name: "plain", main: "index.js" },
    "node_modules/plain/index.js": "exports.a = 1;",
    "node_modules/@types/plain/package.json": { name: "@types/plain", types: "index.d.ts" },
    "node_modules/@types/plain/index.d.ts": "export interface Plain { a: number }",
    "node_modules/needy/package.json": { name: "needy", types: "index.d.ts" },
    "node_modules/needy/index.d.ts":
      'import { Peer } from "optional-peer"; export interface Needy { peer: Peer } export interface Frugal { id: 1 }',
  };

  test("keeps the specifier of the YAML: exports for import only, subpaths, @types, export =", () => {
    using project = new TemporaryProject(files);
    const values = [
      "esm-only#Esm",
      "esm-only#Deep",
      "esm-only/deep#Deep",
      "types-only#Row",
      "plain#Plain",
      "needy#Frugal",
    ];
    const { types, diagnostics } = project.resolve(values);
    expect(diagnostics).toEqual([]);
    expect([...types.values()].map(({ module }) => module)).toEqual(
      ["esm-only", "esm-only", "esm-only/deep", "types-only", "plain", "needy"].map((specifier) => ({
        kind: "package",
        specifier,
      })),
    );
  });

  test("is not found where the package does not export it", () => {
    using project = new TemporaryProject(files);
    expect(project.findings(["esm-only/lib/hidden.js#Hidden"])).toEqual({
      "esm-only/lib/hidden.js#Hidden": ['C2001 the module "esm-only/lib/hidden.js" cannot be found'],
    });
  });

  test("whose own imports are missing is a finding, although declarations of libraries are not checked", () => {
    using project = new TemporaryProject(files);
    expect(project.findings(["needy#Needy"])).toEqual({
      "needy#Needy": ['C2004 "Needy.peer" refers to "Peer", which cannot be resolved'],
    });
  });

  test("cannot be imported by CommonJS where the compiler would refuse it", () => {
    using project = new TemporaryProject({
      ...files,
      "package.json": { type: "commonjs" },
      "tsconfig.json": { compilerOptions: { module: "node16" } },
      "node_modules/esm-only/package.json": { name: "esm-only", type: "module", exports: "./index.js" },
    });
    expect(project.resolve(["esm-only#Esm"]).diagnostics).toMatchObject([
      { code: "C2001", message: expect.stringMatching(/^"esm-only" cannot be imported: .*ECMAScript module.*[^.]$/) },
    ]);
  });

  test("is taken from the workspace that it links to", () => {
    using project = new TemporaryProject({
      "packages/models/package.json": { name: "@shop/models", type: "module", exports: "./src/index.ts" },
      "packages/models/src/index.ts": "export interface Product { id: number }",
      "packages/app/package.json": { type: "module" },
    });
    project.link("node_modules/@shop/models", "../../packages/models");
    const { types, diagnostics } = project.resolve(["@shop/models#Product"], "packages/app");
    expect(diagnostics).toEqual([]);
    expect(types.get("@shop/models#Product")?.module).toEqual({ kind: "package", specifier: "@shop/models" });
  });
});

test("a file behind a link keeps the path by which the project knows it", () => {
  using project = new TemporaryProject({ "shared/models.ts": "export interface A { a: 1 }" });
  project.link("app/models", "../shared");
  const { types } = project.resolve(["./models/models.ts#A"], "app");
  expect(types.get("./models/models.ts#A")?.module).toEqual({
    kind: "file",
    path: project.path("app/models/models.ts"),
  });
});

describe("names of the surroundings", () => {
  const source = "export interface Root { blob: Buffer }";

  test("of Node resolve where its types are installed, also without types in the tsconfig", () => {
    using project = new TemporaryProject({
      "tsconfig.json": { compilerOptions: { module: "nodenext" } },
      "a.ts": source,
    });
    project.link("node_modules/@types", join(nodeModules, "@types"));
    expect(project.findings(["./a.ts#Root", "Buffer"])).toEqual({ "./a.ts#Root": [], Buffer: [] });
  });

  test("of Node do not where the tsconfig names other types only", () => {
    using project = new TemporaryProject({ "tsconfig.json": { compilerOptions: { types: [] } }, "a.ts": source });
    project.link("node_modules/@types", join(nodeModules, "@types"));
    expect(project.findings(["./a.ts#Root"])["./a.ts#Root"]).toHaveLength(1);
  });

  test.each([
    [
      "in a body, of which a type is inferred",
      {
        "a.ts":
          "export function env() { return Object.entries(process.env).map(([k, v]) => ({ k, v: v ?? 0 })); }\nexport type A = ReturnType<typeof env>;",
      },
      "./a.ts#A",
      "{ k: string; v: (number | string) }[]",
    ],
    [
      "in a condition of a package",
      {
        "node_modules/pack/package.json": '{ "types": "index.d.ts" }',
        "node_modules/pack/index.d.ts": "export type J<T> = T extends Buffer ? string : T;",
      },
      "pack#J<number>",
      "number",
    ],
    [
      "in an interface",
      { "a.ts": 'interface Holder { x: Buffer }\nexport type A = string extends Holder["x"] ? 1 : 2;' },
      "./a.ts#A",
      "2",
    ],
    [
      "in a module that they declare",
      { "a.ts": 'import type { Stats } from "node:fs";\nexport type A = string extends Stats ? 1 : 2;' },
      "./a.ts#A",
      "2",
    ],
    [
      "in the type of an import",
      { "a.ts": 'export type A = string extends import("node:fs").Stats ? 1 : 2;' },
      "./a.ts#A",
      "2",
    ],
  ])("of Node count wherever they stand: %s", (_, files, value, expected) => {
    using project = new TemporaryProject({ "tsconfig.json": { compilerOptions: { module: "nodenext" } }, ...files });
    project.link("node_modules/@types", join(nodeModules, "@types"));
    project.link("node_modules/undici-types", join(nodeModules, "undici-types"));
    expect(irText(project.resolve([value]).types.get(value))).toBe(expected);
  });

  test("of a package that the tsconfig names count, also where they add to modules", () => {
    using project = new TemporaryProject({
      "tsconfig.json": { compilerOptions: { module: "nodenext", types: ["aug"] } },
      "node_modules/lib/package.json": { types: "index.d.ts" },
      "node_modules/lib/index.d.ts": "export interface Data { a: string }",
      "node_modules/aug/package.json": { types: "index.d.ts" },
      "node_modules/aug/index.d.ts": 'import "lib"; declare module "lib" { interface Data { extra: string } }',
    });
    expect(irText(project.resolve(["lib#Data"]).types.get("lib#Data"))).toBe("{ a: string; extra: string }");
  });

  test("of the browser resolve by default", () => {
    using project = new TemporaryProject();
    expect(project.findings(["URL", "{ init: RequestInit }"])).toEqual({ URL: [], "{ init: RequestInit }": [] });
  });

  test("of the browser do not where the tsconfig names other libraries", () => {
    using project = new TemporaryProject({ "tsconfig.json": { compilerOptions: { lib: ["es2022"] } } });
    expect(project.findings(["RequestInit", "Date"])).toEqual({
      RequestInit: ['C2004 there is no global type "RequestInit"'],
      Date: [],
    });
  });

  test("follow the target of the tsconfig", () => {
    using project = new TemporaryProject({ "tsconfig.json": { compilerOptions: { target: "es2020" } } });
    expect(project.findings(["WeakRef<Date>", "BigInt64Array"])).toMatchObject({ BigInt64Array: [] });
    expect(project.findings(["WeakRef<Date>"])["WeakRef<Date>"]).toHaveLength(1);
  });
});

test.each([
  ["half-written", "export interface A { a: string; b: number", "'}' expected"],
  ["in conflict", "export interface A {\n<<<<<<< HEAD\n}", "Merge conflict marker encountered"],
])("a file that is %s is a finding, whatever the compiler makes of it", (_, text, message) => {
  using project = new TemporaryProject({ "a.ts": 'export type { A } from "./b.ts";', "b.ts": text });
  expect(project.resolve(["./a.ts#A"]).diagnostics).toMatchObject([
    { code: "C2001", span: { file: project.path("b.ts") }, message: `this is not TypeScript: ${message}` },
  ]);
});

test("a byte order mark, UTF-16 and CRLF are read as the compiler reads them", () => {
  using project = new TemporaryProject({ "a.ts": "\ufeffexport interface A {\r\n  a: 1;\r\n}\r\n" });
  project.writeBytes("b.ts", Buffer.from("\ufeffexport interface B { b: 1 }", "utf16le"));
  expect(project.findings(["./a.ts#A", "./b.ts#B"])).toEqual({ "./a.ts#A": [], "./b.ts#B": [] });
});

test("an odd folder name is no trouble", () => {
  using project = new TemporaryProject({ 'a "quoted" ünï #1/m.ts': "export interface A { a: 1 }" });
  const { diagnostics } = project.resolve(["./m.ts#A"], 'a "quoted" ünï #1');
  expect(diagnostics).toEqual([]);
});
