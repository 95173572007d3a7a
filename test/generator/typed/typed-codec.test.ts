import { execFileSync } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import { type BytesSerializer, Cache, chain, MemoryBackend, offload, RedisBackend, zlib } from "@cachetory/runtime";
import { typed } from "@cachetory/runtime/codegen/v1/typed";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { TypeIr } from "../../../generator/src/model/type-ir.ts";
import { serializerContract } from "../../contract/serializer.ts";
import { codecText, emittedCodec } from "../../support/emitted-codec.ts";
import { moduleScript } from "../../support/emitted-module.ts";
import { patient } from "../../support/patience.ts";
import { startRedisServer } from "../../support/redis-server.ts";
import { repository } from "../../support/repository.ts";
import { TemporaryProject } from "../resolve/temporary-project.ts";

// The compiler may be loaded here for the first time.
vi.setConfig({ testTimeout: 60_000 });

const models = `
export interface Line { sku: string; qty: number }
export interface Order {
  id: number; status: "open" | "paid" | null; lines: Line[]; gift?: Line; at: Date; isGift: boolean; note: string | undefined;
}
export type Shape = { kind: "circle"; r: number } | { kind: "square"; side: number };
export interface Drawing { shape: Shape | null; parts: (Shape | string[])[] }
export interface Tree { name: string; children: Tree[] }
export interface Everything {
  big: bigint; map: Map<string, number[]>; set: Set<string>; bytes: Uint8Array; floats: Float32Array; names: Record<string, number>;
  pair: [string, number?]; form: \`v\${number}\`; either: { a: string } | { a: string; b: number }; word: string | number | null;
}
export interface Branch { branches: Branch[] }
export interface Signs { one: -1 | 0 | 1; zero: 0; opt?: 0 }
export interface Renamed { qty: number; /** Another place, another comment. */ sku: string }
export interface More { sku: string; qty: number; color?: string }
export interface Twice { first: Line; second: Line }
export interface TwiceInline { first: { sku: string; qty: number }; second: { qty: number; sku: string } }
`;

function resolveAll(names: readonly string[]): ReadonlyMap<string, TypeIr> {
  using project = new TemporaryProject({ "models.ts": models });
  const { types, diagnostics } = project.resolve(names.map((name) => `./models.ts#${name}`));
  expect(diagnostics).toEqual([]);
  return new Map(names.map((name) => [name, types.get(`./models.ts#${name}`)?.ir as TypeIr]));
}

const types = resolveAll([
  "Line",
  "Order",
  "Shape",
  "Drawing",
  "Tree",
  "Branch",
  "Everything",
  "Renamed",
  "More",
  "Twice",
  "TwiceInline",
  "Signs",
]);

/** What only a class tells from a circle. */
class Circle {
  readonly kind = "circle";
  readonly r = 1;
}

function serializerOf(name: string): BytesSerializer<unknown> {
  return typed(emittedCodec(types.get(name) as TypeIr));
}

const order = {
  id: 7,
  status: "paid",
  lines: [{ sku: "a", qty: 1 }],
  at: new Date(1_800_000_000_000),
  isGift: true,
  note: undefined,
};

const everything = {
  big: -(2n ** 80n),
  map: new Map([["x", [1, 2.25, Number.NaN]]]),
  set: new Set(["y", ""]),
  bytes: new Uint8Array([0, 255]),
  floats: new Float32Array([0.5, -0]),
  names: JSON.parse('{ "__proto__": 1, "constructor": 2 }') as Record<string, number>,
  pair: ["only"],
  form: "v12",
  either: { a: "x", b: 1 },
  word: "\ud800 alone",
};

/** Entries of all versions of the format, for ever: they are read, or refused, and never taken for anything else. */
const goldenOfFirstVersion: readonly (readonly [name: string, hex: string])[] = [
  ["Line", "c155b042e5070261620c"],
  ["Order", "c166caa01481a3185c500038010801612c"],
  ["Shape", "c112641001e0120c"],
  ["Tree", "c1366b7101000201e5652c67e90012"],
  [
    "Everything",
    `c156535a041700000000000000000000010200ff0108080000003f000000800301010301000000000000f03f0000000000000240000000000000f87f02
    09080b10010402010007780076003100320078005f005f00700072006f0074006f005f005f0063006f006e007300740072007500630074006f007200
    6f006e006c007900790000d8200061006c006f006e006500028e`.replace(/\s/g, ""),
  ],
];
const golden: readonly (readonly [name: string, hex: string, value: unknown])[] = [
  ["Line", "c163e9c1e5070261620c", { sku: "ab", qty: -1.25 }],
  ["Order", "c1558ac91481a3185c500038010801612c", order],
  ["Shape", "c1665d3801e0120c", { kind: "square", side: 300 }],
  ["Tree", "c109c2b601000201e5652c67e90012", { name: "é", children: [{ name: "日本", children: [] }] }],
  [
    "Everything",
    `c1faab69041700000000000000000000010200ff0108080000003f000000800301010301000000000000f03f0000000000000240000000000000f87f02
    090b0810010402010007780076003100320078005f005f00700072006f0074006f005f005f0063006f006e007300740072007500630074006f007200
    6f006e006c007900790000d8200061006c006f006e006500028e`.replace(/\s/g, ""),
    everything,
  ],
];

serializerContract("typed", () => serializerOf("Everything"), {
  carried: [
    ["all that a type may hold", everything],
    [
      "the shortest",
      { ...everything, big: 0n, map: new Map(), set: new Set(), bytes: new Uint8Array(0), names: {}, word: "" },
    ],
    ["text beyond latin1", { ...everything, word: "日本語のテキスト、長めのもの" }],
    ["text of latin1", { ...everything, word: "déjà vu" }],
    ["text with few others", { ...everything, word: `${"plain ".repeat(20)}…` }],
    [
      "numbers that are hard to write",
      { ...everything, map: new Map([["n", [-0, 1e300, 2 ** 53 - 1, -(2 ** 60), 0.1 + 0.2]]]) },
    ],
    ["a zero below zero", { ...everything, word: -0 }],
    ["no number at all", { ...everything, word: Number.NaN }],
    ["a number of many digits", { ...everything, word: -123_456_789.123 }],
    [
      "the largest number that is carried whole, and the next one",
      { ...everything, word: 2 ** 50 - 1, either: { a: "", b: 2 ** 50 } },
    ],
    ["an optional element that is undefined", { ...everything, pair: ["x", undefined] }],
  ],
  refused: [
    ["a number for text", { ...everything, form: 12 }],
    ["text of another form", { ...everything, form: "w1" }],
    [
      "an instance",
      {
        ...everything,
        either: new (class {
          a = "x";
        })(),
      },
    ],
    ["null where there must be a date", { ...everything, map: null }],
  ],
  arbitrary: fc
    .record({
      big: fc.bigInt(),
      map: fc
        .array(
          fc.tuple(
            fc.string({ unit: "binary" }),
            fc.array(
              fc.oneof(
                fc.double(),
                fc.integer(),
                fc.nat(99).map((cents) => cents / 100),
              ),
            ),
          ),
        )
        .map((pairs) => new Map(pairs)),
      set: fc.array(fc.string()).map((items) => new Set(items)),
      bytes: fc.uint8Array().map((bytes) => Uint8Array.from(bytes)),
      floats: fc.float32Array().map((floats) => Float32Array.from(floats)),
      names: fc.array(fc.tuple(fc.string(), fc.integer())).map((pairs) => Object.fromEntries(pairs)),
      pair: fc.oneof(fc.tuple(fc.string()), fc.tuple(fc.string(), fc.option(fc.double(), { nil: undefined }))),
      form: fc.nat().map((number) => `v${number}`),
      either: fc
        .oneof(fc.record({ a: fc.string() }), fc.record({ a: fc.string(), b: fc.double() }))
        .map((each) => ({ ...each })),
      word: fc.oneof(fc.string({ unit: "binary" }), fc.double(), fc.constant(null)),
    })
    .map((value) => ({ ...value })),
});

describe("the bytes", () => {
  // Written by hand from the description of the format, so that they tell when it changes.
  test("are a header, choices and numbers, all text at once, and where it begins", () => {
    const stored = Buffer.from(serializerOf("Line").serialize({ sku: "ab", qty: 3 }));
    const fingerprint = emittedCodec(types.get("Line") as TypeIr).fingerprint;
    // qty 3: zigzag 6, four times that for a whole number. sku: two characters. The section has two bytes, and the text is latin1.
    expect(stored.toString("hex")).toBe(`c1${fingerprint}${"18"}${"02"}${Buffer.from("ab").toString("hex")}${"08"}`);
  });

  test("of an order take two bits for three words, one for a flag, six bytes for a date", () => {
    const stored = Buffer.from(serializerOf("Order").serialize(order));
    const { fingerprint } = emittedCodec(types.get("Order") as TypeIr);
    const at = (1_800_000_000_000 + 2 ** 47).toString(16).padStart(12, "0");
    // Bits, the first property's lowest: gift is absent (two bits, 0), isGift (1), note is undefined (one bit), status.
    const bits = 0b00 | (0b1 << 2) | (order.note === undefined ? 0 : 1 << 3) | (1 << 4);
    const line = `${"08"}${"01"}`;
    const section = `${bits.toString(16).padStart(2, "0")}${at}${"38"}${"01"}${line}`;
    const trailer = ((section.length / 2) * 4).toString(16).padStart(2, "0");
    expect(stored.toString("hex")).toBe(`c1${fingerprint}${section}${Buffer.from("a").toString("hex")}${trailer}`);
  });

  test.each(golden)("of the second version stay readable: %s", (name, hex, value) => {
    expect(serializerOf(name).deserialize(Buffer.from(hex, "hex"))).toStrictEqual(value);
  });

  test.each(goldenOfFirstVersion)("of the first version are refused: %s", (name, hex) => {
    const read = (): unknown => serializerOf(name).deserialize(Buffer.from(hex, "hex"));
    expect(read).toThrow("The entry is of another type, or of another layout.");
  });

  test("are those of a buffer, however many share it", () => {
    const serializer = serializerOf("Line");
    const values = Array.from({ length: 3_000 }, (_, index) => ({ sku: "x".repeat((index * 37) % 4_000), qty: index }));
    const stored = values.map((value) => serializer.serialize(value));
    expect(stored.every((bytes) => Buffer.isBuffer(bytes))).toBe(true);
    expect(stored.map((bytes) => serializer.deserialize(bytes))).toStrictEqual(values);
  });

  test.each([20_000, 65_536, 200_000, 5_000_000])("of a value of %d characters are read", (length) => {
    const serializer = serializerOf("Tree");
    const value = { name: "ü".repeat(length), children: [{ name: "after", children: [] }] };
    const stored = serializer.serialize(value);
    expect(serializer.deserialize(stored)).toStrictEqual(value);
    expect(serializer.deserialize(serializer.serialize({ name: "", children: [] }))).toStrictEqual({
      name: "",
      children: [],
    });
  });
});

describe("an entry is refused that is", () => {
  const reasonOf = (name: string, bytes: Uint8Array): unknown => {
    try {
      return serializerOf(name).deserialize(bytes);
    } catch (error) {
      return (error as Error).message;
    }
  };

  test("of another type", () => {
    expect(reasonOf("More", serializerOf("Line").serialize({ sku: "a", qty: 1 }))).toBe(
      "The entry is of another type, or of another layout.",
    );
  });

  test.each(['{"sku":"a","qty":1}', "", "\x80\x04", "\xc2\xa0"])("none of typed: %j", (text) => {
    expect(reasonOf("Line", Buffer.from(text, "latin1"))).toBe("The entry is none of this version of typed.");
  });

  test("cut off anywhere", () => {
    const stored = serializerOf("Order").serialize(order);
    for (let length = 0; length < stored.length; length++) {
      expect(reasonOf("Order", stored.slice(0, length))).toMatch(/^The entry is (damaged|none|of another)/);
    }
  });

  test("nested beyond the stack", () => {
    const depth = 200_000;
    const { fingerprint } = emittedCodec(types.get("Tree") as TypeIr);
    // Each a tree of no name with one child.
    const section = Buffer.from(`${"0100".repeat(depth)}`, "hex");
    const trailer = Buffer.from(
      [
        ((section.length * 4) >> 14) | 0x00,
        (((section.length * 4) >> 7) & 0x7f) | 0x80,
        ((section.length * 4) & 0x7f) | 0x80,
      ].filter((_, index, all) => index > 0 || all[0] !== 0),
    );
    expect(reasonOf("Tree", Buffer.concat([Buffer.from(`c1${fingerprint}`, "hex"), section, trailer]))).toMatch(
      /damaged/,
    );
  });
});

describe("an entry of lists within lists that each claim all the rest of its bytes", () => {
  test("is refused, and takes no room for what is not there", () => {
    const script = `${moduleScript(codecText(types.get("Branch") as TypeIr))}
      const digits = (number) => number < 0x80 ? [number] : [...digits(Math.floor(number / 0x80)), number % 0x80 | 0x80];
      const section = Buffer.alloc(1_000_000);
      // A count of three bytes, of which the first has the lowest digits.
      for (let at = 0; at + 3 < section.length; at += 3) {
        const rest = section.length - at - 3;
        section.set([rest & 0x7f | 0x80, rest >> 7 & 0x7f | 0x80, rest >> 14], at);
      }
      const header = Buffer.from("c1" + exports.codec.fingerprint, "hex");
      const entry = Buffer.concat([header, section, Buffer.from(digits(section.length * 4))]);
      try {
        require("@cachetory/runtime/codegen/v1/typed").typed(exports.codec).deserialize(entry);
      } catch (error) {
        console.log(error.code, error.message);
      }`;
    const options = { cwd: repository, encoding: "utf8", stdio: "pipe" } as const;
    const answer = execFileSync(process.execPath, ["--max-old-space-size=64", "--eval", script], options);
    expect(answer).toBe("UNREADABLE The entry is damaged: its bytes are none that this type has.\n");
  });
});

describe("a value is refused", () => {
  test.each<[string, string, unknown]>([
    [
      "Order",
      "value.lines[1].qty: a string, not a number",
      {
        ...order,
        lines: [
          { sku: "a", qty: 1 },
          { sku: "b", qty: "2" },
        ],
      },
    ],
    ["Order", 'value.status: a string, not "open", "paid" or null', { ...order, status: "gone" }],
    ["Order", "value.gift.sku: nothing, not a string", { ...order, gift: { qty: 1 } }],
    ["Order", "value.at: a Date, not a Date", { ...order, at: Object.create(Date.prototype) }],
    ["Shape", 'value.kind: a string, not "circle" or "square"', { kind: "dot" }],
    ["Shape", 'value.kind: nothing, not "circle" or "square"', {}],
    ["Shape", "value: a Circle, not an object", new Circle()],
    ["Shape", "value: a Map, not an object", new Map()],
    ["Shape", "value: an array of 0 items, not an object", Object.assign([], { kind: "circle", r: 1 })],
    ["Shape", "value: a string, not an object", "circle"],
    ["Shape", "value: null, not an object", null],
    ["Drawing", "value.shape: a Circle, not an object", { shape: new Circle(), parts: [] }],
    ["Drawing", "value.shape: a Date, not an object or null", { shape: new Date(), parts: [] }],
    ["Drawing", "value.parts[1]: a Circle, not an object", { shape: null, parts: [[], new Circle()] }],
    ["Drawing", "value.parts[0][0]: a number, not a string", { shape: null, parts: [[1]] }],
    [
      "Tree",
      "value.children[0].children[0].name: null, not a string",
      { name: "", children: [{ name: "", children: [{ name: null, children: [] }] }] },
    ],
    [
      "Everything",
      "value.map.values()[0][1]: a string, not a number",
      { ...everything, map: new Map([["x", [1, "2"]]]) },
    ],
  ])("%s with the path: %s", (name, message, value) => {
    expect(() => serializerOf(name).serialize(value)).toThrow(`The value does not fit its type at ${message}.`);
  });

  test("that holds itself", () => {
    const tree: { name: string; children: unknown[] } = { name: "", children: [] };
    tree.children.push(tree);
    expect(() => serializerOf("Tree").serialize(tree)).toThrow("The value nests too deep, or holds itself.");
  });

  test("and the next one is written all the same", () => {
    const serializer = serializerOf("Line");
    expect(() => serializer.serialize({ sku: "x".repeat(10_000), qty: null })).toThrow();
    expect(serializer.deserialize(serializer.serialize({ sku: "a", qty: 1 }))).toStrictEqual({ sku: "a", qty: 1 });
  });
});

describe("the fingerprint", () => {
  const fingerprintOf = (name: string): string => emittedCodec(types.get(name) as TypeIr).fingerprint;

  test("is that of the shape, whatever it is called and wherever it is declared", () => {
    expect(fingerprintOf("Renamed")).toBe(fingerprintOf("Line"));
    expect(fingerprintOf("TwiceInline")).toBe(fingerprintOf("Twice"));
    const value = { first: { sku: "a", qty: 1 }, second: { sku: "b", qty: 2 } };
    expect(serializerOf("TwiceInline").deserialize(serializerOf("Twice").serialize(value))).toStrictEqual(value);
  });

  test("is another one for every other shape", () => {
    expect(new Set([...types.keys()].map(fingerprintOf)).size).toBe(types.size - 2);
  });
});

test("where nothing may stand, nothing is written and nothing is read", () => {
  const codec = emittedCodec({ root: 0, nodes: [{ kind: "array", items: 1 }, { kind: "never" }], files: [] });
  const serializer = typed<unknown>(codec);
  expect(serializer.deserialize(serializer.serialize([]))).toStrictEqual([]);
  expect(() => serializer.serialize([undefined])).toThrow("does not fit its type at value[0]");
  // A list of one, and the byte of it.
  const stored = Buffer.from(`c1${codec.fingerprint}010008`, "hex");
  expect(() => serializer.deserialize(stored)).toThrow(/damaged/);
});

test("the code grows with the depth of a type, and not faster, whatever may be absent", () => {
  const nested = (depth: number): TypeIr["nodes"] => [
    { kind: "string" },
    ...Array.from({ length: depth }, (_, index): TypeIr["nodes"][number] => ({
      kind: "object",
      properties: ["a", "b", "c"].map((name) => ({ name, type: name === "c" ? index : 0, isOptional: name !== "c" })),
      indexes: [],
    })),
  ];
  const typeOf = (depth: number): TypeIr => ({ root: depth, nodes: nested(depth), files: [] });
  expect(codecText(typeOf(8)).length).toBeLessThan(3 * codecText(typeOf(4)).length);
  const serializer = typed<unknown>(emittedCodec(typeOf(3)));
  const value = { a: "x", c: { b: "y", c: { a: "z", b: undefined, c: "end" } } };
  expect(serializer.deserialize(serializer.serialize(value))).toStrictEqual(value);
});

test("members of a union are told by their tag, also beside what has none", () => {
  const [circle, square] = [
    { kind: "circle", r: 1.5 },
    { kind: "square", side: 2 },
  ];
  const drawing = { shape: square, parts: [circle, ["a", ""], square, [], Object.assign(Object.create(null), circle)] };
  const serializer = serializerOf("Drawing");
  const read = serializer.deserialize(serializer.serialize(drawing));
  expect(read).toStrictEqual({ shape: square, parts: [circle, ["a", ""], square, [], circle] });
  expect(serializer.deserialize(serializer.serialize({ shape: null, parts: [] }))).toStrictEqual({
    shape: null,
    parts: [],
  });
});

test("what the type does not name is not kept", () => {
  const serializer = serializerOf("Line");
  expect(serializer.deserialize(serializer.serialize({ sku: "a", qty: 1, more: true }))).toStrictEqual({
    sku: "a",
    qty: 1,
  });
});

describe("a cache of it", () => {
  test("on Redis reads what it has written, compressed and by a worker as well", async () => {
    const server = await startRedisServer();
    try {
      await using backend = new RedisBackend({ host: "127.0.0.1", port: server.port, ...patient });
      const plain = serializerOf("Everything") as BytesSerializer<typeof everything>;
      const pipelines = { plain: { serializer: plain }, zlib: { serializer: chain(plain, zlib()) } };
      const caches = [
        ...Object.entries(pipelines),
        ["offloaded", { ...pipelines.zlib, offload: offload({ minBytes: 0 }) }] as const,
      ].map(
        ([name, options]) => new Cache<string, typeof everything>({ name, prefix: `${name}:`, ...options, backend }),
      );
      for (const cache of caches) {
        await cache.setMany([
          ["a", everything],
          ["b", { ...everything, form: "v2" }],
        ]);
        expect(await cache.get("a")).toStrictEqual(everything);
        // What was written before is not changed by what is written after it.
        expect(await cache.get("b")).toStrictEqual({ ...everything, form: "v2" });
      }
    } finally {
      await server.stop();
    }
  });

  test("does all on the thread that calls: workers have not its code", () => {
    const make = (): unknown =>
      new Cache({ name: "line", serializer: serializerOf("Line"), backend: new MemoryBackend(), offload: offload() });
    expect(make).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
  });

  test("in memory reads what it has written, and misses what is of another type", async () => {
    await using backend = new MemoryBackend();
    const cache = new Cache<string, unknown>({ name: "order", serializer: serializerOf("Order"), backend });
    await cache.set("a", order);
    expect(isDeepStrictEqual(await cache.get("a"), order)).toBe(true);
    const other = new Cache<string, unknown>({ name: "line", serializer: serializerOf("Line"), backend });
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    expect(await other.get("a")).toBeUndefined();
    expect(warn.mock.calls[0]?.[0]).toContain("of another type");
    warn.mockRestore();
  });
});

test.each([
  ["among others", { one: -0, zero: 0 }, "one"],
  ["alone", { one: 1, zero: -0 }, "zero"],
  ["where it may be absent", { one: 1, zero: 0, opt: -0 }, "opt"],
])("-0 is refused where 0 is declared, as which it would come back: %s", (_, value, path) => {
  expect(() => serializerOf("Signs").serialize(value)).toThrow(new RegExp(`at value\\.${path}\\b`));
  expect(serializerOf("Signs").deserialize(serializerOf("Signs").serialize({ one: 0, zero: 0 }))).toEqual({
    one: 0,
    zero: 0,
  });
});
