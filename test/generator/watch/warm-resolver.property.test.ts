import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { ParsedSources } from "../../../generator/src/resolve/parsed-sources.ts";
import type { ResolveRequest } from "../../../generator/src/resolve/resolution.ts";
import { resolveTypes } from "../../../generator/src/resolve/resolve-types.ts";
import { WarmResolver } from "../../../generator/src/watch/warm-resolver.ts";
import { MemoryFiles } from "../write/memory-files.ts";
import { allSaid } from "./all-said.ts";

// The compiler runs some hundred times.
vi.setConfig({ testTimeout: 300_000 });

const modules = 5;

/** What stands in a module, beside its own type; numbers are of other modules. */
interface Module {
  readonly field: string;
  readonly imports: readonly number[];
  readonly inline: number | undefined;
  readonly reExports: number | undefined;
  readonly augments: number | undefined;
  readonly addsToGlobal: boolean;
  readonly isNamespace: boolean;
  readonly script: boolean;
  readonly json: boolean;
  readonly missing: boolean;
}

const other = fc.nat(modules - 1);
const seldom = (weight: number): fc.Arbitrary<number | undefined> =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight }, { arbitrary: other, weight: 1 });
const rarely = fc.integer({ min: 0, max: 15 }).map((number) => number === 0);

const module: fc.Arbitrary<Module> = fc.record({
  field: fc.oneof(
    {
      arbitrary: fc.constantFrom(
        "string",
        "number | null",
        '"a" | "b"',
        "Date",
        "Global0",
        "[at: Date, text?: string]",
        "{ a: 1 } | { b: 2 } | { a: 1 }",
      ),
      weight: 30,
    },
    { arbitrary: fc.constantFrom("symbol", "Space.T0"), weight: 1 },
  ),
  imports: fc.uniqueArray(other, { maxLength: 1 }),
  inline: seldom(3),
  reExports: seldom(3),
  augments: seldom(30),
  addsToGlobal: rarely,
  isNamespace: rarely,
  script: rarely,
  json: rarely,
  missing: fc.integer({ min: 0, max: 20 }).map((number) => number === 0),
});

/** The module as a file, or as a declaration file. */
function textOf(index: number, each: Module): string {
  const lines = [
    ...(each.script || index === 0 ? ['/// <reference path="./script.d.ts" />'] : []),
    ...each.imports.map((from) => `import type { T${from} as I${from} } from "./m${from}.js";`),
    ...(each.json ? ['import json from "./data.json" with { type: "json" };', "export type Json = typeof json;"] : []),
    ...(each.missing ? ['import type { Missing } from "./missing.js";', "export type M = Missing;"] : []),
    `export interface T${index} {`,
    `  own: ${each.field};`,
    ...each.imports.map((from) => `  i${from}?: I${from} | null;`),
    ...(each.inline === undefined ? [] : [`  inline?: import("./m${each.inline}.js").T${each.inline};`]),
    ...(each.json ? ["  json: Json;"] : []),
    "}",
    ...(each.reExports === undefined ? [] : [`export * from "./m${each.reExports}.js";`]),
    ...(each.augments === undefined
      ? []
      : [`declare module "./m${each.augments}.js" { interface T${each.augments} { added${index}: ${each.field} } }`]),
    ...(each.addsToGlobal ? [`declare global { interface Global0 { g${index}: ${each.field} } }`] : []),
    ...(each.isNamespace ? ["export as namespace Space;"] : []),
  ];
  return `${lines.join("\n")}\n`;
}

const nameOf = (index: number, { isNamespace }: Module): string => `/app/src/m${index}${isNamespace ? ".d" : ""}.ts`;

/** Types of each module, and one that needs none. */
const request: ResolveRequest = {
  folder: "/app",
  types: [
    ...Array.from({ length: modules }, (_, index) => ({ expression: `T${index}`, module: `./src/m${index}.js` })),
    { expression: "T0[] | null", module: "./src/m0.js" },
    { expression: "Global0[]", module: undefined },
  ].map(({ expression, module: from }, index) => ({
    id: `type${index}`,
    expression,
    module: from,
    span: { file: "/app/cachetory.yaml", start: index, end: index + 1 },
  })),
  memoized: [],
  mutations: [],
  ttlFunctions: [],
};

const base: Readonly<Record<string, string>> = {
  "/app/package.json": '{ "type": "module" }',
  "/app/tsconfig.json":
    '{ "compilerOptions": { "module": "nodenext", "types": [], "lib": ["es2022"], "resolveJsonModule": true } }',
  "/app/src/script.d.ts": "interface Global0 { readonly script: 1 }\n",
  "/app/src/data.json": '{ "a": 1 }',
};

type Edit =
  | { readonly kind: "module"; readonly index: number; readonly to: Module }
  | { readonly kind: "field"; readonly index: number; readonly to: Module }
  | { readonly kind: "comment"; readonly index: number }
  | { readonly kind: "file"; readonly path: string; readonly text: string };

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant("field" as const), index: other, to: module }), weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant("module" as const), index: other, to: module }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant("comment" as const), index: other }), weight: 1 },
  {
    arbitrary: fc.constantFrom<Edit>(
      { kind: "file", path: "/app/src/script.d.ts", text: "interface Global0 { readonly script: 2 }\n" },
      { kind: "file", path: "/app/src/data.json", text: '{ "a": "text" }' },
      { kind: "file", path: "/app/package.json", text: '{ "type": "module", "version": "2.0.0" }' },
      { kind: "file", path: "/app/src/missing.ts", text: "export type Missing = 1;\n" },
    ),
    weight: 1,
  },
);

test("what a resolver that knows the runs before says is what a first run says", async () => {
  let reused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(module, { minLength: modules, maxLength: modules }),
      fc.array(fc.array(edit, { minLength: 1, maxLength: 2 }), { minLength: 3, maxLength: 6 }),
      async (start, rounds) => {
        const state = [...start];
        const files = new MemoryFiles(base);
        for (const [index, each] of state.entries()) write(index, each, files);
        const warm = new WarmResolver();
        const parsed = new ParsedSources();
        let before = await warm.resolve(request, files);
        for (const edits of rounds) {
          for (const each of edits) apply(each, state, files);
          const resolution = await warm.resolve(request, files);
          expect(allSaid(resolution)).toEqual(allSaid(resolveTypes(request, files, parsed)));
          if ([...resolution.types].some(([id, type]) => before.types.get(id) === type)) reused += 1;
          before = resolution;
        }
      },
    ),
    { seed: 42, numRuns: 15 },
  );
  // Else it would have been tested against itself.
  expect(reused).toBeGreaterThan(10);
});

function write(index: number, each: Module, files: MemoryFiles): void {
  for (const suffix of [".ts", ".d.ts"]) files.contents.delete(`/app/src/m${index}${suffix}`);
  files.write(nameOf(index, each), textOf(index, each));
}

function apply(each: Edit, state: Module[], files: MemoryFiles): void {
  if (each.kind === "file") {
    files.write(each.path, each.text);
    return;
  }
  // There is one for every index.
  const before = state[each.index] as Module;
  if (each.kind === "comment") {
    const path = nameOf(each.index, before);
    files.write(path, `// All moves.\n${Buffer.from(files.read(path) ?? []).toString()}`);
    return;
  }
  const after = each.kind === "module" ? each.to : { ...before, field: each.to.field };
  state[each.index] = after;
  write(each.index, after, files);
}
