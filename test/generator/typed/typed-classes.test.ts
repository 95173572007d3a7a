import { PythonDate, PythonDecimal, PythonTimedelta, PythonUuid } from "@cachetory/runtime";
import { typed } from "@cachetory/runtime/codegen/v1/typed";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BuiltinName, TypeIr } from "../../../generator/src/model/type-ir.ts";
import { emittedCodec } from "../../support/emitted-codec.ts";

const codecOf = (name: BuiltinName): ReturnType<typeof emittedCodec> =>
  emittedCodec({ root: 0, nodes: [{ kind: "builtin", name }], files: [] } satisfies TypeIr);

function carried(name: BuiltinName, value: unknown): unknown {
  const serializer = typed<unknown>(codecOf(name));
  return serializer.deserialize(Buffer.from(serializer.serialize(value)));
}

describe("a RegExp", () => {
  test.each([
    /a/,
    /(?:)/,
    /\//gi,
    /a\nb/dgimsuy,
    /^[/\]]$/,
    /\n\//,
    /\ud800/,
    /日本/u,
    new RegExp(String.fromCharCode(10, 47)),
  ])("comes back with its source and flags: %s", (pattern) => {
    const read = carried("RegExp", pattern) as RegExp;
    expect([read.source, read.flags, read.lastIndex]).toEqual([pattern.source, pattern.flags, 0]);
    expect(read).toBeInstanceOf(RegExp);
  });

  test.each([3, -0, 0.5, Number.NaN, -1])("comes back with where it searches on: %s", (lastIndex) => {
    const pattern = /a/g;
    pattern.lastIndex = lastIndex;
    expect((carried("RegExp", pattern) as RegExp).lastIndex).toBe(lastIndex);
  });

  test("is none where its text is none", () => {
    // The type is kept, the text is another one of as many characters: its form is latin1.
    for (const text of ["0/g/(", "0/x/a", "0/gg/", "00/g/", "0:g/a", "", "1e1//"]) {
      expect(() => typed(codecOf("RegExp")).deserialize(entryOf("RegExp", text))).toThrow(/damaged/);
    }
  });
});

describe("a URL", () => {
  test("comes back with its address", () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (text) => {
        const url = new URL(text);
        const read = carried("URL", url) as URL;
        expect(read).toBeInstanceOf(URL);
        expect(read.href).toBe(url.href);
      }),
    );
  });

  test("is none where its text is none, or another spelling", () => {
    for (const text of ["", "x", "//a", "HTTP://a/", "http://a", "http://a:80/"]) {
      expect(() => typed(codecOf("URL")).deserialize(entryOf("URL", text))).toThrow(/damaged/);
    }
  });

  test("is no string", () => {
    expect(() => typed(codecOf("URL")).serialize("http://a/")).toThrow("value: a string, not a URL");
  });
});

describe("a class of Python", () => {
  test.each<[BuiltinName, object, text: string]>([
    ["PythonDate", new PythonDate(2026, 11, 26), "2026,11,26"],
    ["PythonDecimal", new PythonDecimal("-1.50E+3"), "-1.50E+3"],
    ["PythonTimedelta", new PythonTimedelta(-1, 86_399, 999_999), "-1,86399,999999"],
    ["PythonTimedelta", new PythonTimedelta(-0), "-0,0,0"],
    ["PythonUuid", new PythonUuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "6ba7b810-9dad-11d1-80b4-00c04fd430c8"],
  ])("comes back as one: %s", (name, value, text) => {
    expect(carried(name, value)).toStrictEqual(value);
    expect(Buffer.from(typed(codecOf(name)).serialize(value))).toEqual(entryOf(name, text));
  });

  test.each<[BuiltinName, text: string]>([
    ["PythonDate", "2026,02,30"],
    ["PythonDate", "2026,2,30"],
    ["PythonDate", "2026,2"],
    ["PythonDate", "2026,2,3,4"],
    ["PythonDecimal", "1,5"],
    ["PythonTimedelta", "1,86400,0"],
    ["PythonTimedelta", "1"],
    ["PythonUuid", "6BA7B810-9dad-11d1-80b4-00c04fd430c8"],
  ])("is none where its text is none: %s %s", (name, text) => {
    expect(() => typed(codecOf(name)).deserialize(entryOf(name, text))).toThrow(/damaged/);
  });
});

/** An entry of a class that a text says all of: its length, the text, and that one byte comes before it. */
function entryOf(name: BuiltinName, text: string): Buffer {
  const head = Buffer.from(`c1${codecOf(name).fingerprint}`, "hex");
  return Buffer.concat([head, Buffer.from([text.length]), Buffer.from(text, "latin1"), Buffer.from([4])]);
}
