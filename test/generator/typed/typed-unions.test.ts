import { typed } from "@cachetory/runtime/codegen/v1/typed";
import { describe, expect, test, vi } from "vitest";
import type { TypeIr } from "../../../generator/src/model/type-ir.ts";
import { type Codec, codecText, emittedCodec } from "../../support/emitted-codec.ts";
import { recursiveUnions } from "../../support/recursive-unions.ts";
import { TemporaryProject } from "../resolve/temporary-project.ts";

// The compiler may be loaded here for the first time.
vi.setConfig({ testTimeout: 60_000 });

function codecOf(type: string): Codec {
  return emittedCodec(irOf(type));
}

function irOf(type: string): TypeIr {
  using project = new TemporaryProject({ "models.ts": `export type Value = ${type};` });
  const ir = project.resolve(["./models.ts#Value"]).types.get("./models.ts#Value")?.ir;
  if (ir === undefined) throw new Error(`${type} is no type.`);
  return ir;
}

describe("a value of a union comes back with all of its names", () => {
  test.each<[type: string, values: readonly unknown[]]>([
    ["{ in: { a: string } | { b: string } }", [{ in: { a: "x" } }, { in: { b: "x" } }]],
    [
      "{ in: { a: string } | { b: string } | { c: number } | { a: number; b: number } | null; on: boolean }",
      [
        ...[{ a: "x" }, { b: "x" }, { c: 1 }, { a: 1, b: 2 }, null].map((each) => ({ in: each, on: true })),
        { in: { c: 1 }, on: false },
      ],
    ],
    ["{ a?: string; b?: string } | { c?: number }", [{}, { a: "x" }, { a: "x", b: "y" }, { c: 1 }]],
    ["{ a?: null; b?: number } | { [name: string]: boolean }", [{}, { b: 1 }, { 9: false, z: true }, { a: null }]],
    [
      "{ a?: number; b?: number } | { [name: `on-${string}`]: string; c?: string }",
      [{ a: 1 }, { "on-x": "y" }, { c: "z", "on-": "" }],
    ],
    ["(string[] | number[] | [boolean, string])[]", [[["x"], [1, 2.5], [true, "x"], []]]],
    ["{ id: number } | { id: number; role: string }", [{ id: 1 }, { id: 1, role: "x" }]],
    [
      "{ user: { id: number } } | { user: { id: number; role: string } | null }",
      [{ user: { id: 1 } }, { user: { id: 1, role: "x" } }, { user: null }],
    ],
    ["{ in: { a: string }[] | { a: string; b: number }[] }", [{ in: [{ a: "x" }] }, { in: [{ a: "x", b: 1 }] }]],
    ["{ a: string }[] | [{ a: string }, { a: string; b: number }]", [[{ a: "x" }, { a: "x", b: 1 }], [{ a: "x" }]]],
    ["[{ a: string }] | [{ a: string; b: number }]", [[{ a: "x" }], [{ a: "x", b: 1 }]]],
    ["{ in: Map<string, number> | Map<number, string> }", [{ in: new Map([["a", 1]]) }, { in: new Map([[1, "a"]]) }]],
  ])("%s", (type, values) => {
    const serializer = typed<unknown>(codecOf(type));
    for (const value of values) {
      expect(serializer.deserialize(Buffer.from(serializer.serialize(value)))).toStrictEqual(value);
    }
  });
});

describe("members of a union that a tag tells apart", () => {
  const names = ["a", "b", "c", "d", "e", "f", "g"];
  const [first, second] = ["one", "two"].map(
    (tag) => `{ kind: "${tag}"; ${names.map((name) => `${name}: number`).join("; ")} }`,
  );
  const fields = Object.fromEntries(names.map((name, index) => [name, index * 1.5 - 100]));
  const large = `(${first} | ${second} | { kind: "three"; note?: string })[]`;

  test("come back from functions of their own where they are large", () => {
    const ir = irOf(large);
    const serializer = typed<unknown>(emittedCodec(ir));
    const values = [
      { kind: "two", ...fields },
      { kind: "three", note: "x" },
      { kind: "one", ...fields, g: -0 },
    ];
    expect(serializer.deserialize(Buffer.from(serializer.serialize(values)))).toStrictEqual(values);
    // One for the list, and one for each of the two.
    expect(codecText(ir).match(/function encode/g)).toHaveLength(3);
  });

  test("are written where they stand where they are small", () => {
    const small = codecText(irOf('({ kind: "one"; a: number } | { kind: "two"; b: number })[]'));
    expect(small.match(/function encode/g)).toHaveLength(1);
  });

  test("are refused with the whole way to what does not fit", () => {
    const serializer = typed<unknown>(codecOf(large));
    const misfit = (value: unknown) => () => serializer.serialize(value);
    expect(misfit([{ kind: "three" }, { kind: "two", ...fields, e: "5" }])).toThrow(
      "value[1].e: a string, not a number.",
    );
    expect(misfit([{ kind: "four", ...fields }])).toThrow("value[0].kind:");
  });
});

describe("a value of a union within itself is not written in every way there is", () => {
  test.each(recursiveUnions(200))("$text", ({ type, value }) => {
    const serializer = typed<unknown>(emittedCodec(type));
    expect(serializer.deserialize(Buffer.from(serializer.serialize(value)))).toStrictEqual(value);
  });
});

test("what is of no member is refused in a time that grows with its depth", () => {
  const serializer = typed<unknown>(codecOf("{ add: [Value, Value] } | { neg: Value } | { num: number }"));
  let value: unknown = { num: "x" };
  for (let level = 0; level < 200; level++) value = { neg: value };
  expect(() => serializer.serialize(value)).toThrow("an object");
});

test.each([
  ["Buffer", "Uint8Array"],
  ["Uint8Array", "Buffer"],
] as const)("of a %s or a %s each comes back as what it is", (...names) => {
  const members = names.map((name) => ({ kind: "builtin", name }) as const);
  const type: TypeIr = { root: 0, nodes: [{ kind: "union", members: [1, 2] }, ...members], files: [] };
  const serializer = typed<unknown>(emittedCodec(type));
  for (const value of [Buffer.from("x"), new Uint8Array([120])]) {
    expect(serializer.deserialize(Buffer.from(serializer.serialize(value)))).toStrictEqual(value);
  }
});

test("a value with more names than any member has is one that fits, without them", () => {
  const serializer = typed<unknown>(codecOf("{ in: { a: string } | { b: string } }"));
  const value = { in: { b: "x", c: 1 } };
  expect(serializer.deserialize(Buffer.from(serializer.serialize(value)))).toStrictEqual({ in: { b: "x" } });
  expect(() => serializer.serialize({ in: { c: 1 } })).toThrow("value.in: an object");
});

describe("a value with names of several members, of which none has all, is refused: one of them would be lost", () => {
  test.each<[type: string, kept: readonly unknown[], refused: unknown, message: string]>([
    [
      "{ id: string } & ({ email: string } | { phone: string })",
      [
        { id: "1", email: "x" },
        { id: "1", phone: "y" },
      ],
      { id: "1", email: "x", phone: "y" },
      'value: an object, not of one type of the union: none has all of "id", "email", "phone"',
    ],
    ["{ a?: 1 } | { b?: 2 }", [{}, { a: 1 }, { b: 2 }], { a: 1, b: 2 }, 'none has all of "a", "b"'],
    [
      "{ $ref: string } | { [name: string]: string[] | null }",
      [{ $ref: "x" }, { a: ["x"], b: null }, { $ref: ["x"], a: null }, {}],
      { $ref: "x", a: null },
      "value: an object, not an object",
    ],
    [
      "{ in: ({ a: string } | { [name: `b-${string}`]: string })[] }",
      [{ in: [{ a: "x" }, { "b-": "x", "b-1": "y" }, {}] }],
      { in: [{ a: "x" }, { a: "x", "b-1": "y" }] },
      'value.in[1]: an object, not of one type of the union: none has all of "a", "b-1"',
    ],
    [
      "{ kids: Value[]; a: string } | { kids: Value[]; b: string }",
      [{ kids: [{ kids: [], a: "x" }], b: "y" }],
      { kids: [], a: "x", b: "y" },
      'none has all of "kids", "a", "b"',
    ],
  ])("%s", (type, kept, refused, message) => {
    const serializer = typed<unknown>(codecOf(type));
    for (const value of kept) {
      expect(serializer.deserialize(Buffer.from(serializer.serialize(value)))).toStrictEqual(value);
    }
    expect(() => serializer.serialize(refused)).toThrow(message);
  });
});

test("of many names that no member has together, some are told", () => {
  const names = Array.from({ length: 20 }, (_, index) => `name${index}`);
  const members = names.map((name) => `{ ${name}?: 1 }`);
  const serializer = typed<unknown>(codecOf(members.join(" | ")));
  expect(() => serializer.serialize(Object.fromEntries(names.map((name) => [name, 1])))).toThrow(
    '"name6", "name7" and 12 more',
  );
});

test("what is of no member only below a list is refused in a time that grows with its depth", () => {
  const serializer = typed<unknown>(codecOf("{ kids: Value[]; list: number[] } | { kids: Value[]; list: string[] }"));
  let value: unknown = { kids: [], list: [true] };
  for (let level = 0; level < 100; level++) value = { kids: [value], list: [1] };
  expect(() => serializer.serialize(value)).toThrow("does not fit");
  // Nothing of it is remembered.
  expect(serializer.deserialize(Buffer.from(serializer.serialize({ kids: [], list: ["x"] })))).toEqual({
    kids: [],
    list: ["x"],
  });
});

test("a value that was changed since is written as what it is now", () => {
  const serializer = typed<unknown>(codecOf("{ kids: Value[]; list: number[] } | { kids: Value[]; list: string[] }"));
  const inner = { kids: [], list: [1] as (number | string)[] };
  for (const list of [[1], ["x"], [2]]) {
    inner.list = list;
    const value = { kids: [inner], list: ["y"] };
    expect(serializer.deserialize(Buffer.from(serializer.serialize(value)))).toEqual(structuredClone(value));
  }
});
