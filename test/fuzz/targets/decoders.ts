import { types } from "node:util";
import { CachetoryError, PythonDate, PythonDecimal, PythonUuid, serializerFromUrl } from "@cachetory/runtime";
import { JsonInPieces } from "../../../runtime/src/serializers/json-in-pieces.ts";
import { bytesOf, type FuzzTarget, type NamedTarget, textOf, usual } from "../fuzz-target.ts";

/** Values of the kinds that serializers know; each is written by those that can. */
export const sampleValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 40,
  "",
  "text",
  "\u00e9\u{1f600}\u2028",
  [],
  [1, [2, ["x", null]], {}],
  { a: 1, b: { c: [true, false] }, "": "", constructor: 1, toString: "x" },
  JSON.parse('{"__proto__": {"polluted": 1}}'),
  Array.from({ length: 40 }, (_, index) => ({ id: index, name: `item ${index}` })),
  12345678901234567890n,
  -1n,
  new Date(1_800_000_000_000),
  new Map<unknown, unknown>([
    ["a", 1],
    [2, new Map([[3n, []]])],
  ]),
  new Set(["x", 1]),
  new Uint8Array([0, 1, 255]),
  new Float64Array([1, Number.NaN]),
  [undefined],
  Array.from({ length: 3 }, () => "same"),
  /a+/gi,
  new PythonDate(2026, 11, 26),
  new PythonDecimal("1.50"),
  new PythonUuid("0b5e3a4c-0000-4000-8000-000000000000"),
];

/** What a pipeline makes of those of the values that it carries. */
export function entriesOf(url: string, values: readonly unknown[] = sampleValues): readonly Uint8Array[] {
  const serializer = serializerFromUrl(url);
  return values.flatMap((value) => {
    try {
      const stored = serializer.serialize(value, { key: "k" });
      if (typeof stored === "string") return bytesOf(stored);
      return types.isUint8Array(stored) ? new Uint8Array(stored) : [];
    } catch (error) {
      if (isOf(error, "INVALID_VALUE")) return [];
      throw error;
    }
  });
}

export function isOf(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof CachetoryError && codes.includes(error.code);
}

/** What a serializer reads of the input; `undefined` where it refuses it in the one way that it may. */
export function readOrRefused(url: string): (stored: unknown) => { readonly value: unknown } | undefined {
  const serializer = serializerFromUrl(url);
  return (stored) => {
    try {
      return { value: serializer.deserialize(stored, { key: "k" }) };
    } catch (error) {
      if (isOf(error, "UNREADABLE")) return undefined;
      throw error;
    }
  };
}

/** What is read is a value that can be written, or is refused; and what was written is read as the same ever after. */
function decoder(name: string, url: string, more: () => Partial<FuzzTarget> = () => ({})): NamedTarget {
  return { name, make: () => ({ ...decoderOf(name, url), ...more() }) };
}

function decoderOf(name: string, url: string): FuzzTarget {
  const serializer = serializerFromUrl(url);
  const read = readOrRefused(url);
  const takesText = serializer.out === "text";
  return {
    ...usual,
    name,
    seeds: entriesOf(url),
    run(input) {
      const found = read(takesText ? textOf(input) : input);
      if (found === undefined) return false;
      expectStable(serializer, found.value);
      return true;
    },
  };
}

function expectStable(serializer: ReturnType<typeof serializerFromUrl>, value: unknown): void {
  let stored: unknown;
  try {
    stored = serializer.serialize(value, { key: "k" });
  } catch (error) {
    if (isOf(error, "INVALID_VALUE")) return;
    throw error;
  }
  const once = serializer.deserialize(stored, { key: "k" });
  // Of what is written, for an invalid date is equal to none.
  const written = (each: unknown): Buffer => Buffer.from(serializer.serialize(each, { key: "k" }) as Uint8Array);
  const again = written(once);
  if (written(serializer.deserialize(serializer.out === "text" ? again.toString() : again, { key: "k" })).equals(again))
    return;
  throw new Error("What it wrote it reads as another value.");
}

const jsonWords = [
  '"',
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "null",
  "true",
  "1e999",
  "-0",
  "\\u0000",
  "\\ud800",
  '"__proto__":',
];

/** What is made of pieces is what is made of the whole, or nothing. */
const piecesOfJson: FuzzTarget = {
  ...usual,
  name: "json-in-pieces",
  words: jsonWords,
  seeds: [...entriesOf("json"), ...sampleValues.flatMap((value) => indented(value))],
  watched: ["/fuzz"],
  run(input) {
    const text = textOf(input);
    const bytes = Buffer.from(text);
    const pieces = new JsonInPieces(bytes, 16);
    try {
      let steps = 0;
      while (!pieces.advance()) if (++steps > 4 * bytes.length) throw new RangeError("It comes to no end.");
    } catch (error) {
      if (error instanceof RangeError) throw error;
      return false;
    }
    // It throws where that is no JSON.
    const whole = JSON.stringify(JSON.parse(bytes.toString()));
    if (JSON.stringify(pieces.value) !== whole) throw new Error("It made something else of it.");
    return true;
  },
};

function indented(value: unknown): Uint8Array[] {
  try {
    return [bytesOf(JSON.stringify({ a: [value, value] }, null, 2))];
  } catch {
    return [];
  }
}

/** Opcodes of pickle by themselves, and what it calls. */
const pickleWords = [
  ..."(.012FIJKLMNRXVabcdegjhlpqrstu}])BCG",
  ...["cos\nsystem\n", "cbuiltins\nset\n", "c_codecs\nencode\n", "cdatetime\ndatetime\n", "cuuid\nUUID\n"],
  ...["I00\n", "I01\n", "L1L\n", "Finf\n", "V\\u0041\n", "g0\n", "p0\n"],
];

export const decoders: readonly NamedTarget[] = [
  decoder("json", "json", () => ({ words: jsonWords })),
  decoder("json-strict", "json://?strict=true", () => ({ words: jsonWords })),
  { name: piecesOfJson.name, make: () => piecesOfJson },
  decoder("text", "text"),
  decoder("bytes", "bytes"),
  decoder("noop", "noop", () => ({
    seeds: [bytesOf("x")],
    run: (input) => readOrRefused("noop")(input)?.value === input,
  })),
  // Its own page says so: it is for entries that only trusted programs write.
  decoder("v8", "v8", () => ({ maxBytes: 512 * 1024 * 1024 })),
  decoder("msgpack", "msgpack", () => ({ watched: ["/runtime/dist/", "/msgpackr/"] })),
  // The limit of its own work: 64 MB and what its bytes are.
  decoder("pickle", "pickle", () => ({
    words: pickleWords,
    seeds: [0, 1, 2, 3, 4, 5].flatMap((protocol) => entriesOf(`pickle://?pickle-protocol=${protocol}`)),
    maxBytes: 64 * 1024 * 1024,
    maxCpuMs: 500,
  })),
];
