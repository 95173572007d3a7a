import { Cache, json, MemoryBackend } from "@cachetory/runtime";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commonText } from "../../../generator/src/keys/common-text.ts";
import { type FieldLanguage, fieldLanguage, type Side } from "../../../generator/src/keys/field-language.ts";
import { fieldOf } from "../../../generator/src/keys/key-text.ts";
import type { KeyType } from "../../../generator/src/model/declaration.ts";
import { hostileText } from "../../support/hostile-text.ts";
import { runtimePattern, writtenPart } from "./written-key.ts";

const union: KeyType = { kind: "union", members: ["a", "ab", "1.0", "-"] };

const values: readonly (readonly [KeyType, fc.Arbitrary<unknown>])[] = [
  [
    { kind: "string" },
    fc.oneof(
      hostileText.map((text) => text.slice(0, 40)),
      fc.string({ unit: "grapheme" }),
    ),
  ],
  [{ kind: "int" }, fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(9007199254740991, -9007199254740991))],
  [{ kind: "number" }, fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger(), anyBits())],
  [{ kind: "bigint" }, fc.bigInt()],
  [{ kind: "bool" }, fc.boolean()],
  [{ kind: "uuid" }, fc.uuid()],
  [{ kind: "date" }, fc.oneof(fc.date({ noInvalidDate: true }), fc.date({ noInvalidDate: true, min: new Date(0) }))],
  [{ kind: "hash" }, fc.jsonValue()],
  [{ kind: "secret" }, fc.string({ unit: "binary" })],
  [union, fc.constantFrom("a", "ab", "1.0", "-")],
];

/** Doubles of all exponents alike. */
function anyBits(): fc.Arbitrary<number> {
  return fc
    .tuple(fc.integer(), fc.integer())
    .map((halves) => new Float64Array(new Int32Array(halves).buffer)[0] ?? 0)
    .filter(Number.isFinite);
}

describe("the language of what is written", () => {
  it.each(values)("has what every value becomes: %o", (type, arbitrary) => {
    const holds = member(type, "written");
    fc.assert(
      fc.property(arbitrary, (value) => holds(writtenPart(type, value))),
      { numRuns: 300 },
    );
  });

  it("has the characters of a string as they are, or escaped, and not in the other way", () => {
    const holds = member({ kind: "string" }, "written");
    const edges = [0x1680, 0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff].flatMap((edge) => [
      edge - 1,
      edge,
      edge + 1,
    ]);
    for (const point of [
      ...Array.from({ length: 0x100 }, (_, low) => low),
      ...edges,
      0xd7ff,
      0xe000,
      0x1f600,
      0x10ffff,
    ]) {
      const character = String.fromCodePoint(point);
      const part = writtenPart({ kind: "string" }, character);
      expect([point, holds(part), holds(character)]).toEqual([point, true, part === character]);
    }
  });

  it.each<[KeyType["kind"], readonly string[], (text: string) => unknown]>([
    ["string", ["%", "2", "5", "0", "A", "a", "e", "u", "D", "8", "C", "E", "9", "é"], readEscaped],
    ["int", ["-", "0", "1", "9", "."], Number],
    ["number", ["-", "0", "1", "9", ".", "e", "+", "2"], Number],
    ["bigint", ["-", "0", "1", "9"], (text) => (/^-?\d+$/.test(text) ? BigInt(text) : undefined)],
    ["bool", ["t", "r", "u", "e"], (text) => (text === "true" ? true : undefined)],
  ])("has nothing else: %s", (kind, alphabet, read) => {
    const type = { kind } as KeyType;
    const holds = member(type, "written");
    const text = fc.array(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 9 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (part) => holds(part) === isWrittenBySomething(type, read(part), part)),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["9007199254740991", "int", true],
    ["9007199254740992", "int", false],
    ["-9007199254740991", "int", true],
    ["10000000000000000", "int", false],
    ["123456789012345680000", "number", true],
    ["1000000000000000000000", "number", false],
    ["1.7976931348623157e+308", "number", true],
    ["1.7976931348623158e+308", "number", false],
    ["5e-324", "number", true],
    ["4e-324", "number", false],
    ["0.000001", "number", true],
    ["0.0000001", "number", false],
    ["0.30000000000000004", "number", true],
    ["0.30000000000000003", "number", false],
    ["2024-02-29T000000.000Z", "date", true],
    ["2023-02-29T000000.000Z", "date", false],
    ["2023-04-31T000000.000Z", "date", false],
    ["2023-12-31T235959.999Z", "date", true],
    ["2023-12-31T240000.000Z", "date", false],
    ["+275760-09-13T000000.000Z", "date", true],
    ["+275760-09-13T000000.001Z", "date", false],
    ["-271821-04-20T000000.000Z", "date", true],
    ["-271821-04-19T235959.999Z", "date", false],
    ["-000000-01-01T000000.000Z", "date", false],
    ["+002026-01-01T000000.000Z", "date", false],
    ["%uD800%uD800", "string", true],
    ["%uDC00%uD800", "string", true],
    ["%uD800%uDC00", "string", false],
    ["%e", "string", true],
    ["%ea", "string", false],
    ["%41", "string", false],
  ] as const)("knows the limits: %s as %s is %s", (text, kind, isWritten) => {
    expect(member({ kind }, "written")(text)).toBe(isWritten);
  });
});

describe("the language of what clear takes", () => {
  it.each<[KeyType, readonly string[]]>([
    [{ kind: "string" }, ["%", "2", "5", "A", "a", "e", "u", "D", "8", "F", "é", "\u2003", "😀", "-"]],
    [{ kind: "int" }, ["-", "0", "1", "9", "."]],
    [{ kind: "number" }, ["-", "0", "1", ".", "e", "+", "2"]],
    [{ kind: "bigint" }, ["-", "0", "1", "9"]],
    [{ kind: "bool" }, ["true", "false", "t"]],
    [{ kind: "uuid" }, ["00000000", "-", "0000", "0", "abcdef000000"]],
    [{ kind: "date" }, ["+00", "2026", "-", "99", "T", "000000", ".", "000", "Z"]],
    [{ kind: "hash" }, ["00000000", "abcdefab", "0"]],
    [{ kind: "secret" }, ["00000000", "abcdefab", "0"]],
    [union, ["a", "b", "1.0", "-"]],
  ])("is that of the runtime: %o", async (type, pieces) => {
    const holds = member(type, "cleared");
    const pattern = runtimePattern({
      segments: [
        { kind: "literal", text: "p:" },
        { kind: "parameter", name: "p", type },
      ],
    });
    const text = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 10 }).map((parts) => parts.join(""));
    const examples = [
      "2026-99-99T999999.000Z",
      "+002026-13-00T000000.000Z",
      "00000000-0000-0000-0000-000000000000",
      "01",
      "-0",
    ];
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 20, arbitrary: text }, fc.constantFrom(...examples)), async (part) => {
        const backend = new MemoryBackend();
        await new Cache<string, number>({ backend, serializer: json() }).set(`p:${part}`, 1);
        const keyText = (): string => "";
        const cache = new Cache<object, number>({
          name: "c",
          backend,
          serializer: json(),
          pattern,
          keyText,
          prefix: "",
        });
        expect([part, (await cache.clear()) === 1]).toEqual([part, holds(part)]);
      }),
      { numRuns: 200 },
    );
  });
});

function isWrittenBySomething(type: KeyType, value: unknown, part: string): boolean {
  try {
    return writtenPart(type, value) === part;
  } catch {
    return false;
  }
}

/** The string that an escaped one would have been made of, read apart from the code that is tested. */
function readEscaped(part: string): string | undefined {
  if (part === "%e") return "";
  try {
    // A lone surrogate has no UTF-8, so each is put aside as a character that nothing else yields.
    const units: string[] = [];
    const rest = part.replace(/%u(D[89A-F][0-9A-F]{2})/g, (_, hex: string) => {
      units.push(String.fromCharCode(Number.parseInt(hex, 16)));
      return "\ue001";
    });
    return decodeURIComponent(rest).replace(/\ue001/g, () => units.shift() ?? "");
  } catch {
    return undefined;
  }
}

function member(type: KeyType, side: Side): (text: string) => boolean {
  const language: FieldLanguage = fieldLanguage(fieldOf([{ kind: "parameter", name: "p", type }]), side);
  return (text) => {
    const found = commonText(language, fieldLanguage(fieldOf([{ kind: "literal", text }]), "written"));
    return found?.isCertain === true;
  };
}
