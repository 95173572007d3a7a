import { describe, expect, it } from "vitest";
import { shapeText } from "../../../generator/src/inspect/shape-text.ts";
import { typeFingerprints } from "../../../generator/src/model/type-fingerprints.ts";
import { emittedValidator } from "../../support/emitted-validator.ts";
import { schemaFindings, schemaTypeOf } from "../../support/inline-schema.ts";

/** What a schema, written in YAML, holds. */
const shapes: readonly (readonly [schema: string, shape: string])[] = [
  ["{ type: string }", "string"],
  ["{ type: [integer, 'null'] }", "integer | null"],
  ["{ type: [integer, number] }", "number"],
  ["{ enum: [true, false, 1, 1.0, x] }", 'boolean | "x" | 1'],
  ["{ const: [1, { a: x }] }", '[1, { a: "x"; [key: string]: never }]'],
  ["{ const: -0 }", "0"],
  ["true", "unknown"],
  ["{ anyOf: [{ type: string }, {}] }", "unknown"],
  ["{ anyOf: [{ type: string }, false] }", "string"],
  ["{ type: object }", "{ [key: string]: unknown }"],
  ["{ type: object, properties: { a: { type: string } } }", "{ a?: string }"],
  ["{ type: object, properties: { a: {} }, required: [a, b] }", "{ a: null | {}; b: null | {} }"],
  ["{ type: object, required: [a], additionalProperties: { type: number } }", "{ a: number; [key: string]: number }"],
  ["{ type: object, additionalProperties: true, properties: { a: true } }", "{ a?: unknown; [key: string]: unknown }"],
  ["{ type: array }", "unknown[]"],
  ["{ type: array, items: false }", "[]"],
  ["{ type: array, prefixItems: [{ type: number }] }", "[(number)?, ...(unknown)[]]"],
  ["{ type: array, items: { type: number }, minItems: 1, maxItems: 2 }", "[number, (number)?]"],
  ["{ type: array, items: { $ref: '#' } }", "^array[]"],
  // What fits all.
  ["{ allOf: [{ type: number }, { type: integer }] }", "integer"],
  ["{ type: string, enum: [a, b] }", '"a" | "b"'],
  ["{ type: object, properties: { a: { type: number } }, allOf: [{ required: [a] }] }", "{ a: number }"],
  [
    "{ allOf: [{ type: object, properties: { a: { type: number } }, additionalProperties: false }, { type: object, properties: { b: { type: string } } }] }",
    "{ a?: number; b?: never; [key: string]: never }",
  ],
  [
    "{ type: object, required: [k], oneOf: [{ properties: { k: { const: 1 } } }, { properties: { k: { const: 2 } } , required: [k] }] }",
    "{ k: 1 } | { k: 2 }",
  ],
  [
    "{ allOf: [{ type: array, items: { type: number } }, { type: array, prefixItems: [{ const: 1 }] }] }",
    "[(1)?, ...(number)[]]",
  ],
  // Another type by a reference, with more beside it.
  ["{ $ref: '#/$defs/a', required: [x], $defs: { a: { type: object, properties: { x: true } } } }", "{ x: null | {} }"],
  ["{ $ref: '#/$defs/a~1b%20c', $defs: { a/b c: { type: 'null' } } }", "null"],
  // Left alone.
  ["{ type: string, x-owner: me, $comment: short, title: T, examples: [a] }", "string"],
];

describe("a JSON Schema", () => {
  for (const [schema, shape] of shapes) {
    it(`${schema} holds ${shape}`, () => expect(shapeText(schemaTypeOf(schema).ir)).toBe(shape));
  }

  it("may be a type that holds itself in several ways at once", () => {
    const schema = `{ allOf: [{ $ref: "#/$defs/a" }, { $ref: "#/$defs/b" }], $defs: {
      a: { type: object, properties: { next: { $ref: "#/$defs/a" }, x: { type: number } } },
      b: { type: object, properties: { next: { $ref: "#/$defs/b" }, y: { type: number } } } } }`;
    const { ir, text } = schemaTypeOf(schema);
    expect(text).toEqual([
      "{\n",
      "  next?: ",
      { name: "Value" },
      ";\n",
      "  x?: ",
      "number",
      ";\n",
      "  y?: ",
      "number",
      ";\n",
      "}",
    ]);
    const validate = emittedValidator(ir);
    expect(validate({ next: { next: { y: 1 } } })).toBeUndefined();
    expect(validate({ next: { next: { y: "1" } } })).toMatchObject({ path: ".next.next.y" });
  });

  it("gives a name to a list that TypeScript would take for circular where it stands", () => {
    const { text, types } = schemaTypeOf(`{ anyOf: [{ const: x }, { $ref: "#/$defs/pair" }], $defs: {
      pair: { type: array, prefixItems: [{ type: array, items: { $ref: "#" } }], items: false } } }`);
    expect(text).toEqual(['"x"', " | ", { name: "Pair" }]);
    expect(types.map((type) => [type.name, type.text])).toEqual([
      ["Pair", ["[", { name: "Item" }, "?", "]"]],
      ["Item", [{ name: "Value" }, "[]"]],
    ]);
  });

  it("has the same fingerprint however it is said", () => {
    const fingerprint = (schema: string): string | undefined => {
      const { ir } = schemaTypeOf(schema);
      return typeFingerprints(ir.nodes)[ir.root];
    };
    const plain = fingerprint(
      "{ type: object, properties: { a: { type: number }, b: { enum: [x, null] } }, required: [a] }",
    );
    expect(
      fingerprint(`{ $ref: "#/$defs/T", required: [a], $defs: { N: { type: number, title: N }, T: {
        properties: { b: { oneOf: [{ type: "null" }, { const: x }] }, a: { $ref: "#/$defs/N" } }, type: object } } }`),
    ).toBe(plain);
    expect(
      fingerprint("{ type: object, properties: { a: { type: integer }, b: { enum: [x, null] } }, required: [a] }"),
    ).not.toBe(plain);
  });

  it("has properties that objects inherit", () => {
    const validate = emittedValidator(
      schemaTypeOf("{ type: object, required: [__proto__, toString], properties: { __proto__: { type: number } } }").ir,
    );
    expect(validate(JSON.parse('{ "__proto__": 1, "toString": 2 }'))).toBeUndefined();
    expect(validate({ toString: 2 })).toMatchObject({ path: ".__proto__" });
    expect(validate(JSON.parse('{ "__proto__": 1 }'))).toMatchObject({ path: ".toString" });
  });

  it("names what is there and should not be", () => {
    const validate = emittedValidator(
      schemaTypeOf("{ type: object, additionalProperties: false, properties: { a: true } }").ir,
    );
    expect(validate({ a: 1, b: "x" })).toMatchObject({ path: ".b", expected: "nothing", found: "x" });
  });
});

/** Codes with the text that they are about. */
function findings(schema: unknown): readonly (readonly [code: string, text: string])[] {
  return schemaFindings(schema).map(({ code, text }) => [code, text.length > 40 ? "…" : text] as const);
}

describe("a JSON Schema is refused where", () => {
  it("types would hold themselves with nothing between", () => {
    expect(findings('{ $ref: "#" }')).toEqual([["C1804", '"#"']]);
    expect(findings('{ anyOf: [{ type: string }, { $ref: "#" }] }')).toEqual([["C1804", '"#"']]);
    expect(findings('{ $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } } }')).toEqual([
      ["C1804", '"#/$defs/a"'],
    ]);
    // By an anchor, of which YAML itself sees no circle.
    const knot =
      '{ $defs: { n: { type: object, allOf: [&k { anyOf: [{ $ref: "#/$defs/n" }] }] } }, type: object, allOf: [*k] }';
    expect(findings(knot).map(([code]) => code)).toEqual(["C1804"]);
  });

  it("nothing fits, though each part has values", () => {
    expect(findings("false")).toEqual([["C1804", "false"]]);
    expect(findings("{ allOf: [{ type: string }, { type: number }] }").map(([code]) => code)).toEqual(["C1804"]);
    expect(findings("{ type: array, minItems: 2, maxItems: 1 }")).toEqual([["C1804", "minItems"]]);
    const pair =
      '{ type: array, minItems: 1, items: { type: object, required: [a], properties: { a: { $ref: "#" } } } }';
    expect(findings(pair).map(([code]) => code)).toEqual(["C1804"]);
  });

  it("two keys are one, or an anchor stands inside of itself, as YAML says", () => {
    expect(findings("{ type: string, type: number }")).toEqual([["C1005", "type"]]);
    expect(findings("{ type: array, items: &a { type: array, items: *a } }")).toEqual([["C1002", "*a"]]);
  });
});

describe("oneOf is a union where its schemas exclude each other", () => {
  const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });
  const required = (...names: readonly string[]) => ({ required: names });
  const a = { const: "a" };
  const b = { const: "b" };
  const rows: readonly (readonly [what: string, excludes: boolean, schemas: readonly unknown[]])[] = [
    ["other types", true, [{ type: "string" }, { type: ["number", "null"] }, { type: "object" }, { type: "array" }]],
    ["a type and a part of it", false, [{ type: "string" }, a]],
    ["integers and numbers", false, [{ type: "integer" }, { type: "number" }]],
    ["integers and what is none", true, [{ type: "integer" }, { const: 0.5 }]],
    [
      "two lists, for both may be empty",
      false,
      [
        { type: "array", items: a },
        { type: "array", items: b },
      ],
    ],
    ["a required property of another value", true, [object({ k: a }, required("k")), object({ k: b })]],
    ["a property of another value that may be absent", false, [object({ k: a }), object({ k: b })]],
    ["a property of the same value", false, [object({ k: a }, required("k")), object({ k: { enum: ["a", "c"] } })]],
    [
      "a required property and none",
      true,
      [object({ k: a }, required("k")), object({}, { additionalProperties: false })],
    ],
    ["a required property and any", false, [object({ k: a }, required("k")), object({})]],
    [
      "one deep inside",
      true,
      ["a", "b"].map((k) => object({ in: object({ k: { const: k } }, required("k")) }, required("in"))),
    ],
    ["itself twice", false, [{ $ref: "#/$defs/o" }, { $ref: "#/$defs/o" }]],
  ];
  for (const [what, excludes, oneOf] of rows) {
    it(`${excludes ? "as" : "not as"} ${what}`, () => {
      expect(findings({ oneOf, $defs: { o: object({}) } })).toEqual(excludes ? [] : [["C1803", '"oneOf"']]);
    });
  }
});

describe("a JSON Schema of hostile size", () => {
  it("is refused where it nests too deep, and has no limit by way of named types", () => {
    const nested = (depth: number): string => `${"{ type: array, items: ".repeat(depth)}true${" }".repeat(depth)}`;
    expect(findings(nested(90))).toEqual([]);
    expect(findings(nested(120))).toEqual([["C1803", "…"]]);
    const chain = Array.from({ length: 3000 }, (_, at) => [
      `d${at}`,
      at === 2999 ? { type: "string" } : { type: "object", properties: { next: { $ref: `#/$defs/d${at + 1}` } } },
    ]);
    expect(findings({ $ref: "#/$defs/d0", $defs: Object.fromEntries(chain) })).toEqual([]);
    const references = chain.map(([name], at) => [name, at === 2999 ? true : { $ref: `#/$defs/d${at + 1}` }]);
    const found = findings({ $ref: "#/$defs/d0", $defs: Object.fromEntries(references) });
    expect([[], [["C1803", "…"]]]).toContainEqual(found);
  });

  it("is refused where a few lines come to very many types", () => {
    const choice = (at: number) => ({ anyOf: [0, 1].map((bit) => ({ properties: { [`p${at}`]: { const: bit } } })) });
    expect(findings({ type: "object", allOf: Array.from({ length: 24 }, (_, at) => choice(at)) })).toEqual([
      ["C1803", "…"],
    ]);
  });

  it("is read in no time where anchors double it again and again", () => {
    const lines = Array.from({ length: 40 }, (_, at) => {
      const inner = at === 0 ? "{ type: string }" : `{ type: object, properties: { a: *d${at - 1}, b: *d${at - 1} } }`;
      return `d${at}: &d${at} ${inner}`;
    });
    const type = schemaTypeOf(`{ $ref: "#/$defs/d39", $defs: { ${lines.join(", ")} } }`);
    expect(type.ir.nodes.length).toBeLessThan(100);
    expect(JSON.stringify([type.text, type.types]).length).toBeLessThan(20_000);
  });

  it("is written in a length that grows as it does", () => {
    const nested = (wrap: (inner: object) => object): object =>
      Array.from({ length: 40 }).reduce<object>((inner) => wrap(inner), { type: "string" });
    const inChoices = nested((inner) => ({ anyOf: [{ type: "object", properties: { a: inner } }, { const: 1 }] }));
    const besideOthers = nested((inner) => ({
      type: "object",
      properties: { a: inner },
      additionalProperties: { type: "number" },
    }));
    for (const schema of [inChoices, besideOthers]) {
      const { text, types } = schemaTypeOf(schema);
      expect(JSON.stringify([text, types]).length).toBeLessThan(40_000);
    }
  });

  it("shows no default without end", () => {
    const lines = Array.from(
      { length: 40 },
      (_, at) => `x-${at}: &v${at} [${at === 0 ? "1" : `*v${at - 1}, *v${at - 1}`}]`,
    );
    expect(findings(`{ type: array, ${lines.join(", ")}, default: *v39 }`).map(([code]) => code)).toEqual(["C1802"]);
    expect(findings(`{ type: array, ${lines.join(", ")}, default: *v5 }`)).toEqual([]);
    expect(findings(`{ ${lines.join(", ")}, const: *v39 }`).map(([code]) => code)).toEqual(["C1803"]);
  });

  it("may have thousands of properties and values", () => {
    const properties = Object.fromEntries(
      Array.from({ length: 1500 }, (_, at) => [`p${at}`, { enum: [`v${at}`, at] }]),
    );
    const { ir } = schemaTypeOf({ type: "object", properties });
    expect(emittedValidator(ir)({ p1499: 1498 })).toMatchObject({ path: ".p1499" });
  });
});
