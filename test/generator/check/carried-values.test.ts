import {
  bytes,
  json,
  msgpack,
  PythonDate,
  PythonDecimal,
  PythonTimedelta,
  PythonUuid,
  pickle,
  type Serializer,
  text,
  v8,
} from "@cachetory/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findUncarried } from "../../../generator/src/check/find-uncarried.ts";
import type { PipelineStep } from "../../../generator/src/model/declaration.ts";
import { builtinNames, type TypeId, type TypeNode } from "../../../generator/src/model/type-ir.ts";

/** A type, and values of it, among them those that are easy to get wrong. */
interface Sample {
  readonly title: string;
  readonly nodes: readonly TypeNode[];
  readonly values: fc.Arbitrary<unknown>;
}

class Point {
  x = 1;
}

const steps: Readonly<Record<string, () => Serializer>> = {
  json: () => json({ strict: true }),
  "json, not strict": () => json(),
  msgpack,
  pickle,
  v8,
  text,
  bytes,
};

const string: TypeNode = { kind: "string" };
const number: TypeNode = { kind: "number" };
const some = fc.string();
// What a type cannot say is for set to refuse: NaN, the infinities, -0, a lone surrogate, an invalid date.
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const date = fc.date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31") });

function objectOf(type: TypeId, more: Partial<Extract<TypeNode, { kind: "object" }>> = {}): TypeNode {
  const properties = [{ name: "a", type, isOptional: false }];
  return { kind: "object", properties, indexes: [], ...more };
}

const plain: readonly Sample[] = [
  sample("null", fc.constant(null), { kind: "null" }),
  sample("boolean", fc.boolean(), { kind: "boolean" }),
  sample("number", finite, number),
  sample("string", some, string),
  sample("literal", fc.constant("a"), { kind: "literal", value: "a" }),
  sample("number literal", fc.constant(1), { kind: "literal", value: 1 }),
  sample("template", fc.constant("v1"), { kind: "template", texts: ["v", ""], types: [1] }, number),
  sample("array", fc.array(some), { kind: "array", items: 1 }, string),
  sample("object", fc.record({ a: some }, { noNullPrototype: true }), objectOf(1), string),
  sample(
    "record",
    fc.dictionary(
      fc.string().filter((name) => name !== "__proto__"),
      some,
      { noNullPrototype: true },
    ),
    { kind: "object", properties: [], indexes: [{ key: 1, type: 1 }] },
    string,
  ),
  sample("union", fc.oneof(some, fc.constant(null)), { kind: "union", members: [1, 2] }, string, { kind: "null" }),
  sample("undefined in a property", fc.constant({ a: undefined }), objectOf(1), { kind: "undefined" }),
  sample("undefined in an array", fc.constant([undefined]), { kind: "array", items: 1 }, { kind: "undefined" }),
  sample(
    "tuple",
    fc.oneof(fc.tuple(some), fc.tuple(some, finite)),
    {
      kind: "tuple",
      elements: [
        { type: 1, presence: "required" },
        { type: 2, presence: "optional" },
      ],
    },
    string,
    number,
  ),
  sample("bigint", fc.bigInt(), { kind: "bigint" }),
  sample("bigint literal", fc.constant(7n), { kind: "bigint-literal", digits: "7" }),
  sample(
    "Map",
    fc.uniqueArray(finite).map((keys) => new Map(keys.map((key) => [key, "x"]))),
    { kind: "map", keys: 1, values: 2 },
    number,
    string,
  ),
  sample(
    "Set",
    fc.array(some).map((items) => new Set(items)),
    { kind: "set", items: 1 },
    string,
  ),
  sample(
    "Set of lists",
    fc.array(some).map((items) => new Set([items])),
    { kind: "set", items: 1 },
    { kind: "array", items: 2 },
    string,
  ),
  sample(
    "Set of objects",
    fc.record({ a: some }, { noNullPrototype: true }).map((item) => new Set([item])),
    { kind: "set", items: 1 },
    objectOf(2),
    string,
  ),
  sample("class", fc.constant(new Point()), objectOf(1, { name: "Point", isClass: true }), number),
];

const builtins: Readonly<Record<(typeof builtinNames)[number], fc.Arbitrary<unknown>>> = {
  Date: date,
  RegExp: fc.constantFrom(/a/, /b+/gi),
  URL: fc.webUrl().map((url) => new URL(url)),
  Error: some.map((message) => new TypeError(message, { cause: 1 })),
  Uint8Array: fc.uint8Array(),
  Buffer: fc.uint8Array().map((value) => Buffer.from(value)),
  ArrayBuffer: fc.uint8Array().map((value) => new Uint8Array(value).buffer),
  DataView: fc.uint8Array().map((value) => new DataView(new Uint8Array(value).buffer)),
  Int8Array: fc.int8Array(),
  Uint8ClampedArray: fc.uint8ClampedArray(),
  Int16Array: fc.int16Array(),
  Uint16Array: fc.uint16Array(),
  Int32Array: fc.int32Array(),
  Uint32Array: fc.uint32Array(),
  Float32Array: fc.float32Array(),
  Float64Array: fc.float64Array(),
  BigInt64Array: fc.bigInt64Array(),
  BigUint64Array: fc.bigUint64Array(),
  PythonDate: fc.constant(new PythonDate(2026, 11, 22)),
  PythonDecimal: fc.constant(new PythonDecimal("1.50")),
  PythonTimedelta: fc.constant(new PythonTimedelta(1, 2, 3)),
  PythonUuid: fc.constant(new PythonUuid("12345678-9abc-def0-0123-456789abcdef")),
};

const samples: readonly Sample[] = [
  ...plain,
  ...builtinNames.map((name) => sample(name, builtins[name], { kind: "builtin", name })),
];

function sample(title: string, values: fc.Arbitrary<unknown>, ...nodes: readonly TypeNode[]): Sample {
  return { title, nodes, values };
}

describe.each(Object.keys(steps))("what the generator says of %s is what it does:", (name) => {
  const serializer = (steps[name] ?? json)();
  const [scheme = "", lax] = name.split(",");
  const step: PipelineStep = { scheme, options: lax === undefined ? [] : [["strict", false]] };

  test.each(samples)("$title", ({ title, nodes, values }) => {
    const isCarried = findings(step, nodes).length === 0;
    const isReturned = (value: unknown): boolean => {
      try {
        const back = serializer.deserialize(serializer.serialize(value));
        // What was undefined may be absent, and a class of fields is what these are; all else is as it was.
        expect(back).toEqual(value);
        return title === "class" || prototypeOf(back) === prototypeOf(value);
      } catch {
        return false;
      }
    };
    const returned = fc.sample(values, { seed: 7, numRuns: 100 }).map(isReturned);
    if (isCarried) expect(returned).not.toContain(false);
    else expect(returned).toContain(false);
  });
});

test("a bigint beside a number may come back as one", () => {
  const nodes: readonly TypeNode[] = [{ kind: "union", members: [1, 2] }, { kind: "bigint" }, number];
  expect(
    ["json", "msgpack", "pickle", "v8"].filter((scheme) => findings({ scheme, options: [] }, nodes).length === 0),
  ).toEqual(["msgpack", "pickle", "v8"]);
});

function prototypeOf(value: unknown): unknown {
  return value === null || value === undefined ? value : Object.getPrototypeOf(value);
}

function findings(step: PipelineStep, nodes: readonly TypeNode[]): readonly unknown[] {
  const value = { kind: "type", expression: "Sample", module: "./a.ts" } as const;
  const span = { file: "/app/cachetory.yaml", start: 0, end: 0 };
  const named = { name: "sample", value, span, serializer: [step] };
  return findUncarried(named, value, { root: 0, nodes, files: [] });
}
