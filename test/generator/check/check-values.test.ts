import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkValues } from "../../../generator/src/check/check-values.ts";
import type { NamedValue, ValueDeclaration } from "../../../generator/src/model/declaration.ts";
import type { Diagnostic } from "../../../generator/src/model/diagnostic.ts";
import { repository } from "../../support/repository.ts";
import { TemporaryProject } from "../resolve/temporary-project.ts";

const models = `
export interface Order { id: string; lines: Line[]; paid?: Date; raw: unknown }
export interface Line { sku: string; at: Date | null }
export interface Basket { owner: Person; lines: Map<string, Line>; tags: Set<string> }
export interface Person { name: string; total(): number; onChange: () => void; token: symbol; later: Promise<string> }
export class Money { cents = 0; add(other: Money): Money { return other; } #secret = 1 }
export class Point { x = 0; y = 0 }
export interface Priced { price: Money; reserve: Money | null }
export interface Drawn { points: Point[] }
export interface Loose { id: string; meta: any; more: Record<string, any>; json: Json }
export interface Json { of: any }
export interface Growing<T> { next: Growing<T[]>; id: 1 }
export interface Broken extends Error { status: number }
export interface Failed { error: Broken }
export type Page<T> = { items: T[] };
export type Word = "a" | \`b\${number}\`;
export interface Blob { data: Buffer; size: bigint; small: number | bigint }
export type Pair = [Date, ...(string | undefined)[]];
export type Nest = Date | Nest[];
`;
const project = new TemporaryProject({ "package.json": { type: "module" }, "src/models.ts": models });
for (const name of ["@types/node", "undici-types"]) {
  project.link(`node_modules/${name}`, join(repository, "node_modules", name));
}
afterAll(() => project[Symbol.dispose]());

interface Case {
  readonly type: string;
  readonly serializer?: string;
  readonly allowAny?: readonly string[];
}

/** The findings of each case, of one resolution of all. */
function check(cases: readonly Case[]): readonly (readonly Diagnostic[])[] {
  const names = cases.map((_, index) => `cache${index}`);
  const values = cases.map(({ type }) => `./src/models.ts#${type}`);
  const { types, diagnostics } = project.resolve([...new Set(values)]);
  expect(diagnostics).toEqual([]);
  return cases.map(({ type, serializer = "json", allowAny = [] }, index) => {
    const span = { file: project.path("cachetory.yaml"), start: index * 100, end: index * 100 + 10 };
    const allowed = allowAny.map((text, at) => ({ text, span: { ...span, start: span.start + at } }));
    const value: ValueDeclaration = {
      kind: "type",
      expression: type,
      module: "./src/models.ts",
      ...(allowAny.length > 0 && { allowAny: allowed }),
    };
    const name = names[index] ?? "";
    const resolved = types.get(values[index] ?? "");
    const named: NamedValue = { name, value, span, serializer: [{ scheme: serializer, options: [] }] };
    return checkValues([named], resolved === undefined ? new Map() : new Map([[name, resolved]]));
  });
}

function lines(findings: readonly Diagnostic[]): readonly string[] {
  return findings.map(({ code, message }) => `${code} ${message}`);
}

const rows: readonly (readonly [what: string, value: Case, expected: readonly string[]])[] = [
  ["a type that fits", { type: "Line[]", serializer: "msgpack" }, []],
  [
    "a Date in json, wherever it stands",
    { type: "Order" },
    ['C2008 "Order.paid" is a Date, which json does not carry: it would come back as a string'],
  ],
  [
    "the same in an expression, named from its first name on",
    { type: "Page<Order> | null" },
    [
      'C2008 "Page.items[].paid" in "Page<Order> | null" is a Date, which json does not carry: it would come back as a string',
    ],
  ],
  [
    "the same in a type without a name",
    { type: "{ at: Date }[]" },
    ['C2008 "value[].at" is a Date, which json does not carry: it would come back as a string'],
  ],
  [
    "the same in an object without a name",
    { type: "{ at: Date }" },
    ['C2008 "value.at" is a Date, which json does not carry: it would come back as a string'],
  ],
  [
    "the same in a generic",
    { type: "Page<Line>" },
    ['C2008 "Page<Line>.items[].at" is a Date, which json does not carry: it would come back as a string'],
  ],
  [
    "what each serializer loses: msgpack",
    { type: "Blob", serializer: "msgpack" },
    [
      'C2008 "Blob.data" is a Buffer, which msgpack does not carry: it would come back as a Uint8Array',
      'C2008 "Blob.size" is a bigint, which msgpack does not carry: a small one would come back as a number',
    ],
  ],
  ["what each serializer loses: v8", { type: "Blob", serializer: "v8" }, []],
  [
    "parts of a tuple",
    { type: "Pair", serializer: "json" },
    [
      'C2008 "Pair[0]" is a Date, which json does not carry: it would come back as a string',
      'C2008 "Pair[]" is undefined outside of a property, which json does not carry: it would come back as null',
    ],
  ],
  [
    "a list that holds itself",
    { type: "Nest" },
    ['C2008 "Nest" is a Date, which json does not carry: it would come back as a string'],
  ],
  [
    "a class of fields, where its instances are refused",
    { type: "Drawn" },
    ['C2008 "Drawn.points[]" is of a class, which json does not carry: set refuses its instances'],
  ],
  ["a class of fields, where they come back", { type: "Drawn", serializer: "v8" }, []],
  [
    "a class with more than fields",
    { type: "Priced", serializer: "v8" },
    ['C2006 "Priced.price" is of the type "Money" with more than data (#secret, add), which cannot be stored'],
  ],
  [
    "an error of its own kind",
    { type: "Failed", serializer: "v8" },
    ['C2006 "Failed.error" is of the type "Broken", an error of its own kind, which cannot be stored'],
  ],
  [
    "an interface with methods, and what cannot leave the process",
    { type: 'Omit<Person, "total">' },
    [
      `C2006 'Omit<Person, "total">.later' is a promise, which cannot be stored`,
      `C2006 'Omit<Person, "total">.onChange' is a function, which cannot be stored`,
      `C2006 'Omit<Person, "total">.token' is a symbol, which cannot be stored`,
    ],
  ],
  [
    "methods, once for the object that has them",
    { type: "Basket", serializer: "v8" },
    ['C2006 "Basket.owner" is of the type "Person" with more than data (total), which cannot be stored'],
  ],
  ["live values, which may be anything", { type: "Basket", serializer: "noop" }, []],
  [
    "a type that never ends",
    { type: "Growing<string>", serializer: "v8" },
    ['C2006 "Growing<string>.next.next.next.next" has a type that goes on without end'],
  ],
  ["any", { type: "Loose", serializer: "v8" }, ['C2006 "Loose.meta" is "any", which says nothing of what is cached']],
  [
    "any that is allowed by its path or its type",
    { type: "Loose", allowAny: ["Loose.meta", "Loose.more", "Json"] },
    [],
  ],
  [
    "any of which only some is allowed",
    { type: "Loose", allowAny: ["Loose.meta", "Json"] },
    ['C2006 "Loose.more[string]" is "any", which says nothing of what is cached'],
  ],
  [
    "a permission that nothing needs",
    { type: "Line", serializer: "v8", allowAny: ["Line.meta"] },
    ['C2009 "allow-any" names "Line.meta", but there is no any that it would allow'],
  ],
  ["text of a form", { type: "Word", serializer: "text" }, []],
  [
    "text of something else",
    { type: "Word | null", serializer: "text" },
    ['C2008 "Word | null" is not always a string, and text carries nothing else'],
  ],
  [
    "bytes of something else",
    { type: "Line", serializer: "bytes" },
    ['C2008 "Line" is not always a Uint8Array, and bytes carries nothing else'],
  ],
  ["bytes", { type: "Uint8Array", serializer: "bytes" }, []],
  ["a step that was refused before", { type: "Order", serializer: "zlib" }, []],
];

describe("inside of a type is found", () => {
  let found: readonly (readonly Diagnostic[])[];
  beforeAll(() => {
    found = check(rows.map(([, value]) => value));
  });
  test.each(rows)("%s", (what, _value, expected) => {
    expect(lines(found[rows.findIndex(([title]) => title === what)] ?? [])).toEqual(expected);
  });
});

test("the places are shown: of the first, and of others like it", () => {
  const [[finding] = []] = check([{ type: "Order" }]);
  const span = (text: string, offset = 0) => {
    const start = models.indexOf(text) + offset;
    return { file: project.path("src/models.ts"), start, end: start + text.length - offset - 1 };
  };
  expect(finding?.related).toEqual([
    { span: span("paid?"), message: "it is declared here" },
    { span: span(" at:", 1), message: '"Order.lines[].at" is one too' },
  ]);
});

test("the hint names the serializers that carry all of the type, or says that none does", () => {
  const hints = check([
    { type: "Order" },
    { type: 'Basket["tags"]' },
    { type: "Blob" },
    { type: "Drawn" },
    { type: "URL[]" },
    { type: "[URL, Error]" },
    { type: "Word | null", serializer: "text" },
  ]);
  expect(hints.map(([first]) => first?.hint)).toEqual([
    "Write msgpack or pickle or v8, which carry all of the type, or declare it as a string",
    "Write pickle or typed or v8, which carry all of the type, or declare it as an array",
    "Write typed or v8, which carry all of the type, or declare it as a Uint8Array",
    "Write v8, which carries all of the type, or declare it as an interface of its fields, or write json://?strict=false",
    "Write typed, which carries all of the type, or declare it as a string, its href",
    "No serializer carries all of the type but noop, in memory alone; declare it as a string, its href",
    "Write json or msgpack or pickle or typed or v8",
  ]);
});
