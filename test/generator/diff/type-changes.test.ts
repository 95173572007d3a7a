import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type DescribingStep, RefusalSearch } from "../../../generator/src/diff/refused-value.ts";
import { typeChanges } from "../../../generator/src/diff/type-changes.ts";
import type { TypeIr, TypeNode } from "../../../generator/src/model/type-ir.ts";
import { TemporaryProject } from "../resolve/temporary-project.ts";

// The compiler may be loaded here for the first time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Case {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly step?: DescribingStep;
  /** `path: from > to (example)`; none where every value fits. */
  readonly changes: readonly string[];
}

const json = "null | boolean | number | string | J[] | { [key: string]: J }";

const cases: readonly Case[] = [
  { name: "the same", from: "{ a: string }", to: "{ a: string }", changes: [] },
  { name: "a wider property", from: "{ a: 1 }", to: "{ a: number | null }", changes: [] },
  { name: "a property less", from: "{ a: 1; b: 2 }", to: "{ a: 1 }", changes: [] },
  {
    name: "an object that may be undefined as well as absent",
    from: "{ a?: 1 }",
    to: "{ a: 1 | undefined }",
    changes: [],
  },
  {
    name: "several places",
    from: "{ a: { b: string; c?: 1 }; d: string[] }",
    to: "{ a: { b: number; c: 1 }; d: number[] }",
    changes: [".a.c: optional > required", '.a.b: string > number ("text")', '.d[]: string > number ("text")'],
  },
  {
    name: "a value that is split among the members of a union",
    from: "{ a: 1 | 2; b: string }",
    to: "{ a: 1; b: string } | { a: 2; b: string }",
    changes: [],
  },
  {
    name: "one that is not covered by them",
    from: "{ a: 1 | 2; b: 1 | 2 }",
    to: "{ a: 1; b: 1 } | { a: 2; b: 1 } | { a: 1; b: 2 }",
    changes: [': { a: 1 | 2; b: 1 | 2 } > { a: 1; b: 1 } | { a: 1; b: 2 } | { a: 2; b: 1 } ({"a":2,"b":2})'],
  },
  {
    name: "lists of a union, and a union of lists",
    from: "(string | number)[]",
    to: "string[] | number[]",
    changes: [': (number | string)[] > number[] | string[] ([0,"text"])'],
  },
  { name: "tuples as lists", from: "[string, string?]", to: "string[]", changes: [] },
  {
    name: "a list as tuples",
    from: "string[]",
    to: "[string] | []",
    changes: [': string[] > [] | [string] (["text","text"])'],
  },
  { name: "forty objects that a tag tells apart", from: "Many<1>", to: "Many<1 | 2>", changes: [] },
  { name: "many objects that no tag tells apart", from: "Untold<1>", to: "Untold<1 | 2>", changes: [] },
  { name: "true and false", from: "boolean", to: "true | false", changes: [] },
  { name: "records", from: "Record<string, 1>", to: "Record<string, number>", changes: [] },
  {
    name: "a record of other values",
    from: "{ [key: string]: 1; [index: number]: 1 }",
    to: "{ [key: string]: 2; [index: number]: 2 }",
    changes: ["[string]: 1 > 2 (1)"],
  },
  {
    name: "a record that becomes an object",
    from: "Record<string, 1>",
    to: "{ a: 1 }",
    changes: [".a: optional > required"],
  },
  {
    name: "an object as a record",
    from: "{ a: 1; b: 'x' }",
    to: "Record<string, number>",
    changes: ['.b: "x" > number ("x")'],
  },
  { name: "anything as JSON", from: "unknown", to: "J", changes: [] },
  { name: "JSON as anything", from: "J", to: "unknown", changes: [] },
  {
    name: "JSON without text",
    from: "J",
    to: "N",
    changes: [
      ': (^union)[] | boolean | null | number | { [key: string]: ^union } | string > (^union)[] | boolean | null | number | { [key: string]: ^union } ("text")',
    ],
  },
  { name: "a tree", from: "Tree<string>", to: "Tree<string | number>", changes: [] },
  {
    name: "a tree with other leaves",
    from: "Tree<string>",
    to: "Tree<number>",
    changes: ['.leaf: string > number ("text")'],
  },
  { name: "a template as text", from: "`a-${number}`", to: "string", changes: [] },
  { name: "text as a template", from: "string", to: "`a-${number}`", changes: [': string > `a-${number}` ("text")'] },
  { name: "texts of a template", from: '"a-1" | "a-2"', to: "`a-${number}`", changes: [] },
  {
    name: "what only a proof could tell of templates",
    from: "`a-${number}`",
    to: "`a-${string}`",
    changes: [": `a-${number}` > `a-${string}` (?)"],
  },
  {
    name: "a Date",
    from: "Date",
    to: "string",
    step: "v8",
    changes: [': Date > string ({"$Date":"1970-01-01T00:00:00.000Z"})'],
  },
  {
    name: "maps",
    from: "Map<string, 1 | 2>",
    to: "Map<string, 1> | Map<string, 2>",
    step: "v8",
    changes: [": Map<string, 1 | 2> > Map<string, 1> | Map<string, 2> (?)"],
  },
  {
    name: "an undefined item",
    from: "[a?: string, b?: string]",
    to: "string[]",
    step: "v8",
    changes: [': [(string)?, (string)?] > string[] ([{"$undefined":true}])'],
  },
];

it("types that lead to one another hundreds of times over are looked through", () => {
  const chain = (end: TypeNode): TypeIr => ({
    root: 0,
    nodes: [
      ...Array.from({ length: 300 }, (_, id): TypeNode => {
        const next = { name: "next", type: (id + 1) % 300, isOptional: true };
        return {
          kind: "object",
          properties: id === 299 ? [{ name: "end", type: 300, isOptional: false }, next] : [next],
          indexes: [],
        };
      }),
      end,
    ],
    files: [],
  });
  const [text, number] = [chain({ kind: "string" }), chain({ kind: "number" })];
  expect(typeChanges(text, text, "json")).toEqual([]);
  expect(typeChanges(text, chain({ kind: "unknown" }), "json")).toEqual([]);
  const [change] = typeChanges(text, number, "json");
  expect(change).toMatchObject({ path: `${".next".repeat(299)}.end`, from: "string", to: "number", example: '"text"' });
});

describe("values of one type as values of another", () => {
  let project: TemporaryProject;
  let types: ReadonlyMap<string, { readonly ir: TypeIr }>;
  const typeOf = (text: string): TypeIr => {
    const found = types.get(`./types.ts#${nameOf(text)}`);
    if (found === undefined) throw new Error(`${text} did not resolve.`);
    return found.ir;
  };
  const texts = [...new Set(cases.flatMap(({ from, to }) => [from, to]))];
  const nameOf = (text: string): string => `T${texts.indexOf(text)}`;

  beforeAll(() => {
    const module = `type J = ${json};
type N = ${json.replace(" | string", "").replaceAll("J", "N")};
type Many<X> = { [K in keyof Kinds]: { a: Kinds[K]; b?: string | number; kind: K; z: X } }[keyof Kinds];
type Untold<X> = { [K in keyof Kinds]: { [P in K]: X } & { b?: Kinds[K] } }[keyof Kinds];
interface Kinds { ${Array.from({ length: 40 }, (_, index) => `k${index}: ${index % 2 === 0 ? "string" : "number"}`).join("; ")} }
interface Tree<Leaf> { leaf: Leaf; children: Tree<Leaf>[] }
${texts.map((text) => `export type ${nameOf(text)} = ${text};`).join("\n")}
`;
    project = new TemporaryProject({
      "tsconfig.json": { compilerOptions: { module: "nodenext", strict: true, lib: ["es2022"] } },
      "types.ts": module,
    });
    types = project.resolve(texts.map((text) => `./types.ts#${nameOf(text)}`)).types;
  });
  afterAll(() => project[Symbol.dispose]());

  it.each(cases)("$name", ({ from, to, step = "json", changes }) => {
    const [old, now] = [typeOf(from), typeOf(to)];
    const found = typeChanges(old, now, step).map(
      ({ path, example, ...change }) =>
        `${path}: ${change.from} > ${change.to}${change.from.startsWith("optional") ? "" : ` (${example ?? "?"})`}`,
    );
    expect(found).toEqual(changes);
    expect(new RefusalSearch(old.nodes, now.nodes, step).find(old.root, [now.root]) === undefined).toBe(
      changes.length === 0,
    );
  });
});
