import { PythonDate } from "@cachetory/runtime";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { templatePattern } from "../../../generator/src/emit/template-pattern.ts";
import type { ResolvedType } from "../../../generator/src/model/resolved-type.ts";
import type { TypeIr } from "../../../generator/src/model/type-ir.ts";
import { type DescribingStep, emittedValidator, validatorText } from "../../support/emitted-validator.ts";
import { recursiveUnions } from "../../support/recursive-unions.ts";
import { TemporaryProject } from "../resolve/temporary-project.ts";

const models = `
export interface Line { sku: string; qty: number }
export interface Order { id: number; lines: Line[]; note?: string | null }
export type Shape = { kind: "circle"; r: number } | { kind: "square" | "cube"; side: number } | null;
export type Either = { a: number } | { b: string };
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export interface Tree { name: string; left: Tree | null; right: Tree | null }
export interface Knot { other: Knot | null; as: Fork | Spoon }
export interface Fork { held: Knot; tines: number }
export interface Spoon { held: Knot; bowl: string }
export enum Colour { Red = "red", Blue = "blue" }
export enum Level { Low, High = 5 }
export type Letter = "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m" | "n";
`;

/** A type, and values with the path and what should be there, as a message says it; without these where they fit. */
const rows: readonly (readonly [
  type: string,
  ...values: readonly (readonly [value: unknown, ...misfit: string[]])[],
])[] = [
  [
    "./m.ts#Order",
    [{ id: 1, lines: [] }],
    [{ id: 1, lines: [{ sku: "x", qty: 2 }], note: null }],
    [{ id: 1, lines: [], note: "x", added: { since: "then" } }],
    [null, "", "an object"],
    [[], "", "an object"],
    [{ lines: [] }, ".id", "a number"],
    [{ id: "1", lines: [] }, ".id", "a number"],
    [{ id: 1, lines: { length: 0 } }, ".lines", "an array"],
    [{ id: 1, lines: [{ sku: "x", qty: 2 }, { sku: "y" }] }, ".lines[1].qty", "a number"],
    [{ id: 1, lines: [], note: 5 }, ".note", "a string or null"],
  ],
  [
    "./m.ts#Shape",
    [null],
    [{ kind: "cube", side: 1 }],
    [{ kind: "cube", r: 1 }, ".side", "a number"],
    [{ kind: "ball", r: 1 }, ".kind", '"circle", "cube" or "square"'],
    [{ r: 1 }, ".kind", '"circle", "cube" or "square"'],
    ["circle", "", "an object or null"],
  ],
  [
    "./m.ts#Either",
    [{ a: 1, b: 2 }],
    [{ a: "x", b: "y" }],
    [{ a: "x" }, "", "one of its 2 types"],
    [1, "", "an object"],
  ],
  [
    "./m.ts#Json",
    [{ a: [1, { b: null }] }],
    [{ a: [1, { "b c": undefined }] }, '.a[1]["b c"]', "an array, a boolean, a number, an object, a string or null"],
  ],
  ["./m.ts#Colour", ["red"], ["Red", "", '"blue" or "red"'], [0, "", '"blue" or "red"']],
  ["./m.ts#Level", [0], [5], [1, "", "0 or 5"], ["Low", "", "0 or 5"]],
  ["./m.ts#Letter", ["n"], ["o", "", '"a", "b", "c", "d", "e" or one of 9 more']],
  [
    "[number, string?]",
    [[1]],
    [[1, "x"]],
    [[1, undefined]],
    [[1, null], "[1]", "a string"],
    [[], "", "an array of 1 to 2 items"],
    [[1, "x", 2], "", "an array of 1 to 2 items"],
  ],
  [
    "[number, ...string[], boolean]",
    [[1, true]],
    [[1, "x", "y", true]],
    [[1, "x", 2, true], "[2]", "a string"],
    [[1, "x"], "[1]", "a boolean"],
    [[1], "", "an array of at least 2 items"],
  ],
  ["[]", [[]], [[1], "", "an array of 0 items"]],
  ["number[]", [[]], [[1, Number.NaN]], [Array(2), "[0]", "a number"]],
  [
    "Record<string, number>",
    [{}],
    [JSON.parse('{"__proto__": "x"}'), ".__proto__", "a number"],
    [[1], "", "an object"],
  ],
  ["Record<number, string>", [{ 1: "x", other: 5 }], [{ "1.5": 5 }, '["1.5"]', "a string"], [{ "01": 5 }]],
  [
    "{ [name: `on-${string}`]: number; id: string }",
    [{ id: "x", "on-a": 1, off: "x" }],
    [{ id: "x", "on-a": "1" }, '["on-a"]', "a number"],
  ],
  [
    "{ id: string } & Record<string, number | string>",
    [{ id: "x", a: 1 }],
    [{ id: 1, a: 1 }, ".id", "a string"],
    [{ id: "x", a: null }, ".a", "a number or a string"],
  ],
  ["{ toString: string }", [{ toString: "x" }], [{}, ".toString", "a string"]],
  ["{ gone?: never }", [{}], [{ gone: 1 }, ".gone", "anything at all"]],
  ["{ a: unknown; b: {} }", [{ b: 0 }], [{ b: null }, ".b", "anything but null"]],
  ["{ a: string | undefined }", [{}], [{ a: null }, ".a", "a string or nothing"]],
  ["`v${number}.${number}`", ["v1.2"], ["v1.2e3"], ["v1.x", "", "a string of its form"]],
  [
    "`${string}-${string}/${boolean}`",
    ["a-b/true"],
    ["-/x/false"],
    ["a/b-true", "", "a string of its form"],
    ["a-b/maybe", "", "a string of its form"],
  ],
  [
    "(string | number)[] | string",
    ["x"],
    [["x", 1]],
    [[null], "[0]", "a number or a string"],
    [1, "", "an array or a string"],
  ],
  ["true", [true], [false, "", "true"]],
];

const richRows: readonly (readonly [
  type: string,
  step: DescribingStep,
  ...values: readonly (readonly [value: unknown, ...misfit: string[]])[],
])[] = [
  ["Date | null", "msgpack", [new Date(Number.NaN)], [null], ["2026-11-22", "", "a Date or null"]],
  ["{ a: Uint8Array }", "pickle", [{ a: Buffer.from("x") }], [{ a: [1] }, ".a", "a Uint8Array"]],
  ["number", "pickle", [1], [2n ** 60n, "", "a number"]],
  ["number | bigint", "msgpack", [2n ** 60n], ["1", "", "a bigint or a number"]],
  ["Set<string>", "pickle", [new Set(["x"])], [new Set(["x", 1]), ".values()[1]", "a string"], [["x"], "", "a Set"]],
  [
    "Map<string, { n: number }>",
    "v8",
    [new Map([["a", { n: 1 }]])],
    [
      new Map<unknown, unknown>([
        ["a", { n: 1 }],
        [1, { n: 1 }],
      ]),
      ".keys()[1]",
      "a string",
    ],
    [new Map([["a", { n: "1" }]]), ".values()[0].n", "a number"],
    [{}, "", "a Map"],
  ],
  ["1n | -5n", "v8", [-5n], [2n, "", "-5n or 1n"], [1, "", "-5n or 1n"]],
  ["undefined[]", "v8", [[undefined, undefined]], [Array(2)], [[null], "[0]", "nothing"]],
  ["Error", "v8", [new TypeError("x")], [{ message: "x" }, "", "an Error"]],
  ["Float64Array | RegExp", "v8", [/x/], [new Float32Array(1), "", "a Float64Array or a RegExp"]],
];

let project: TemporaryProject;
let types: ReadonlyMap<string, ResolvedType>;

beforeAll(() => {
  project = new TemporaryProject({ "m.ts": models });
  const names = ["./m.ts#Tree", "./m.ts#Knot", "unknown", "{ a: unknown } | unknown"];
  types = project.resolve([...new Set([...rows, ...richRows].map(([type]) => type)), ...names]).types;
}, 60_000);
afterAll(() => project[Symbol.dispose]());

function typeOf(name: string): ResolvedType["ir"] {
  const type = types.get(name);
  if (type === undefined) throw new Error(`${name} does not resolve.`);
  return type.ir;
}

describe("of a value that was read, the validator finds where it does not fit", () => {
  for (const [type, ...values] of rows) {
    it(type, () => {
      const validate = emittedValidator(typeOf(type), "json");
      const expected = values.map(([, path, what]) => (path === undefined ? undefined : { path, expected: what }));
      expect(values.map(([value]) => validate(value))).toMatchObject(expected);
    });
  }
});

describe("of what only some serializers give back, it finds the same", () => {
  for (const [type, step, ...values] of richRows) {
    it(`${type} by ${step}`, () => {
      const validate = emittedValidator(typeOf(type), step);
      const expected = values.map(([, path, what]) => (path === undefined ? undefined : { path, expected: what }));
      expect(values.map(([value]) => validate(value))).toMatchObject(expected);
    });
  }

  it("classes that only Node and this package have", () => {
    const validatorOf = (name: "PythonDate" | "Buffer") =>
      emittedValidator({ root: 0, nodes: [{ kind: "builtin", name }], files: [] }, "v8");
    expect(validatorOf("PythonDate")(new PythonDate(2026, 11, 22))).toBeUndefined();
    expect(validatorOf("PythonDate")({ year: 2026 })).toMatchObject({ path: "", expected: "a PythonDate" });
    expect(validatorOf("Buffer")(Buffer.from("x"))).toBeUndefined();
    expect(validatorOf("Buffer")(new Uint8Array(1))).toMatchObject({ path: "", expected: "a Buffer" });
  });
});

describe("values that lead back to themselves", () => {
  it("are accepted where their parts fit", () => {
    const tree = { name: "root", left: null as unknown, right: null };
    tree.left = tree;
    expect(emittedValidator(typeOf("./m.ts#Tree"), "v8")(tree)).toBeUndefined();
  });

  it("are refused where one part does not, wherever it is", () => {
    const leaf = { name: 5, left: null as unknown, right: null };
    const tree = { name: "root", left: null as unknown, right: leaf };
    tree.left = tree;
    leaf.left = tree;
    expect(emittedValidator(typeOf("./m.ts#Tree"), "v8")(tree)).toMatchObject({ path: ".right.name" });
  });

  it("are not taken for one member of a union because they were tried as it", () => {
    // As a fork it holds a knot; as a spoon too, and a spoon it is.
    const knot = { other: null as unknown, as: null as unknown };
    knot.as = { held: knot, bowl: "deep" };
    const validate = emittedValidator(typeOf("./m.ts#Knot"), "v8");
    expect(validate(knot)).toBeUndefined();
    knot.as = { held: knot, bowl: 1 };
    expect(validate(knot)).toMatchObject({ path: ".as", expected: "one of its 2 types" });
  });

  it("that are shared many times over are looked into once", () => {
    let tree: unknown = null;
    for (let depth = 0; depth < 60; depth++) tree = { name: "x", left: tree, right: tree };
    expect(emittedValidator(typeOf("./m.ts#Tree"), "v8")(tree)).toBeUndefined();
  });

  it("are beyond the stack where nobody keeps count, as in JSON, which cannot say them", () => {
    let tree: unknown = null;
    for (let depth = 0; depth < 1_000_000; depth++) tree = { name: "x", left: tree, right: null };
    expect(() => emittedValidator(typeOf("./m.ts#Tree"), "json")(tree)).toThrow(RangeError);
  });
});

it("a chain of objects that no property tells apart at once is not tried in every way there is", () => {
  const links = { kind: "union", members: [1, 2, 3] } as const;
  const link = (name: string) =>
    ({
      kind: "object",
      properties: [
        { name: "next", type: 0, isOptional: false },
        { name, type: 4, isOptional: false },
      ],
      indexes: [],
    }) as const;
  const nodes = [links, link("x"), link("y"), { kind: "null" }, { kind: "number" }] as const;
  let chain: unknown = null;
  for (let length = 0; length < 200; length++) chain = { next: chain, y: 1 };
  // Each way doubles with each link.
  expect(emittedValidator({ root: 0, nodes, files: [] }, "json")(chain)).toBeUndefined();
});

describe.each(["json", "v8"] as const)(
  "a value of %s, of a union within itself, is not tried in every way there is",
  (step) => {
    it.each(recursiveUnions(200))("$text", ({ type, value }) => {
      expect(emittedValidator(type, step)(value)).toBeUndefined();
    });
  },
);

it("a text of numbers that is of no form is refused in a time that grows as it does", () => {
  const numbers: TypeIr = {
    root: 0,
    nodes: [{ kind: "template", texts: ["", ".", ".", ""], types: [1, 1, 1] }, { kind: "number" }],
    files: [],
  };
  const validate = emittedValidator(numbers, "json");
  const long = "1".repeat(1000);
  // To the fourth power, this would take many minutes.
  expect(validate(`${long}.${long}.${long}.${long}x`)).toMatchObject({ path: "" });
  expect(validate(`${long}.${long}.${long}`)).toBeUndefined();
});

it.each(["1.2", "1..2", "1.2.3", "1.2.3.4", ".1..2", "1e5.-2.5e-7", "1..2.", "Infinity.0x1F"])(
  "%s is two numbers with a point between them",
  (text) => {
    const nodes = [{ kind: "template", texts: ["", ".", ""], types: [1, 1] }, { kind: "number" }] as const;
    expect(emittedValidator({ root: 0, nodes, files: [] }, "json")(text)).toBeUndefined();
  },
);

const string = 1;
const number = 2;
const bigint = 3;

function besideText(texts: readonly string[], types: readonly number[]): TypeIr {
  return {
    root: 0,
    nodes: [{ kind: "template", texts, types }, { kind: "string" }, { kind: "number" }, { kind: "bigint" }],
    files: [],
  };
}

describe("numbers beside any text", () => {
  const numberText =
    "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|[+-]?Infinity|NaN|0[xX][\\da-fA-F]+|0[oO][0-7]+|0[bB][01]+";
  const patterns = ["[^]*", `(?:${numberText})`, "-?\\d+"];

  function straightforward(texts: readonly string[], types: readonly number[]): RegExp {
    const pieces = texts.map(
      (text, index) => text.replace(/[.+]/g, "\\$&") + (patterns[(types[index] ?? 0) - 1] ?? ""),
    );
    return new RegExp(`^${pieces.join("")}$`);
  }

  it.each<[texts: readonly string[], types: readonly number[]]>([
    [
      ["", "", ""],
      [string, number],
    ],
    [
      ["", "", ""],
      [number, string],
    ],
    [
      ["1", "", "x"],
      [string, number],
    ],
    [
      ["", "", "", ""],
      [string, number, string],
    ],
    [
      ["", "", ".", ""],
      [string, number, number],
    ],
    [
      ["", "", "x"],
      [string, bigint],
    ],
    [
      ["-", "", ""],
      [bigint, string],
    ],
    [
      ["", "", "", ""],
      [string, bigint, string],
    ],
    [
      ["", "", "", "-", ""],
      [string, number, string, string],
    ],
    [
      ["", "", "a", ""],
      [string, number, string],
    ],
    [
      ["", "", ".", "1", "", "x"],
      [string, number, string, number, string],
    ],
    [
      ["", "-", "", "e", ""],
      [string, number, string, string],
    ],
    [
      ["", "0", ""],
      [string, number],
    ],
    [
      ["1", "1", "x"],
      [string, number],
    ],
    [
      ["", "1", ""],
      [string, bigint],
    ],
    [
      ["", "a", "0", ""],
      [string, string, bigint],
    ],
    [
      ["", "", "", ""],
      [number, string, number],
    ],
    [
      ["", "", "", "", "", "-"],
      [string, number, string, number, string],
    ],
  ])("are told of %j with types %j as each number would be on its own", (texts, types) => {
    const expected = straightforward(texts, types);
    const validate = emittedValidator(besideText(texts, types), "json");
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("0", "1", "x", "a", ".", "-", "+", "e", "Infinity", "NaN", "\n"), { maxLength: 8 }),
        (units) => {
          const text = units.join("");
          expect([text, validate(text) === undefined]).toEqual([text, expected.test(text)]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("are told of any template as each number would be on its own", () => {
    const text = fc.constantFrom("", "", "", "0", "1", "-", ".", "e", "a", "+", "I", "1.", "0x", "Na", "11", "y");
    const templates = fc
      .array(fc.tuple(fc.constantFrom(string, number, bigint), text), { minLength: 1, maxLength: 5 })
      .chain((pieces) => text.map((first) => ({ first, pieces })));
    const unit = fc.constantFrom(
      "0",
      "1",
      "0",
      "1",
      "-",
      ".",
      "e",
      "E",
      "+",
      "a",
      "I",
      "x",
      "0x1",
      "Infinity",
      "NaN",
      "y",
    );
    fc.assert(
      fc.property(
        templates,
        fc.array(fc.array(unit, { maxLength: 10 }), { minLength: 20, maxLength: 20 }),
        (template, all) => {
          const texts = [template.first, ...template.pieces.map(([, behind]) => behind)];
          const types = template.pieces.map(([type]) => type);
          const nodes = besideText(texts, types).nodes;
          const [node] = nodes;
          if (node?.kind !== "template") throw new Error("It is one.");
          const [emitted, expected] = [new RegExp(templatePattern(node, nodes)), straightforward(texts, types)];
          for (const units of all) {
            const value = units.join("");
            expect([emitted.source, value, emitted.test(value)]).toEqual([emitted.source, value, expected.test(value)]);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    [["", "", ""], [string, number], `${"1".repeat(500_000)}x`],
    [["", "", "x"], [number, string], "1".repeat(500_000)],
    [["", "", ""], [string, bigint], `${"1".repeat(500_000)}x`],
    [["", "", "", "-", ""], [string, number, string, string], "1".repeat(500_000)],
    [["", "", "", ":", ""], [string, bigint, string, string], "1".repeat(500_000)],
    [["", "", "", "", "", "-"], [string, number, string, number, string], "1".repeat(500_000)],
    [["", "0", ""], [string, number], `${"0".repeat(500_000)}x`],
    [["", "1", ""], [string, bigint], `${"1".repeat(500_000)}x`],
    [["a", "0", "b"], [string, number], `a${"0".repeat(500_000)}x`],
  ] as const)("of %j with types %j are refused in a time that grows as the text does", (texts, types, text) => {
    expect(emittedValidator(besideText(texts, types), "json")(text)).toMatchObject({ path: "" });
  });
});

it("a string of no form is refused in a time that grows as it does", () => {
  const validate = emittedValidator(
    {
      root: 0,
      nodes: [{ kind: "template", texts: ["", "a", "b", "c", ""], types: [1, 1, 1, 1] }, { kind: "string" }],
      files: [],
    },
    "json",
  );
  // Cubed, this would take years.
  expect(validate(`${"a".repeat(100_000)}${"b".repeat(100_000)}`)).toMatchObject({ path: "" });
  expect(validate("xaxbxcx")).toBeUndefined();
});

it("where any value fits, nothing is emitted", () => {
  expect(validatorText(typeOf("unknown"), "json")).toBe("");
  expect(validatorText(typeOf("{ a: unknown } | unknown"), "json")).toBe("");
});

it("a type that is met twice has one function", () => {
  const text = validatorText(typeOf("./m.ts#Tree"), "json");
  expect(text.match(/^function .*$/gm)).toEqual(["function checkTree(value: unknown): Misfit | undefined {"]);
});

it("an object that inherits is none where there may be one, and is not asked for in JSON, which has none", () => {
  const rates: TypeIr = {
    root: 0,
    nodes: [{ kind: "object", properties: [], indexes: [{ key: 1, type: 2 }] }, { kind: "string" }, { kind: "number" }],
    files: [],
  };
  const inheriting = Object.create({ b: 1 }) as unknown;
  expect(emittedValidator(rates, "v8")(inheriting)).toMatchObject({ path: "", expected: "an object" });
  expect(validatorText(rates, "json")).not.toContain("isRecord(");
  expect(emittedValidator(rates, "json")([1])).toMatchObject({ path: "", expected: "an object" });
});
