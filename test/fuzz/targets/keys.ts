import { CachetoryError } from "@cachetory/runtime";
import { hashPart } from "@cachetory/runtime/codegen/v1/core";
import { keyBuilder } from "../../../generator/src/emit/key-builder.ts";
import { printSourceFile } from "../../../generator/src/emit/source-file.ts";
import type { KeyParameter, KeyPattern, KeyType } from "../../../generator/src/model/declaration.ts";
import { generatedNames } from "../../../generator/src/model/generated-names.ts";
import { findAmbiguities } from "../../../generator/src/read/key-ambiguity.ts";
import { parseKeyPattern } from "../../../generator/src/read/key-pattern.ts";
import { cache } from "../../generator/emit/model.ts";
import { writtenKey } from "../../generator/keys/written-key.ts";
import { moduleExport } from "../../support/emitted-module.ts";
import { bytesOf, type FuzzTarget, InputReader, type NamedTarget, textOf, usual } from "../fuzz-target.ts";

process.env["FUZZ_KEY_SECRET"] = Buffer.alloc(32, 3).toString("base64");

const patternTexts = [
  "greeting",
  "user:{userId:uuid}:profile:{locale:en|nl}",
  "search:{query:hash}:{page:int}",
  "{a}:{b}",
  "{a}{b}",
  "cart:{{{userId}}}:items",
  "n:{n:number}:{b:bigint}:{t:bool}:{d:date}",
  "s:{token:secret}",
];

const patternWords = [
  "{",
  "}",
  "{{",
  "}}",
  ":",
  "{a}",
  "{b:int}",
  "{c:en|nl}",
  ":uuid",
  ":hash",
  "|",
  "~",
  "\u{1f600}",
  "__proto__",
];

/** Any text is a pattern or has problems, each at a place within it, and each pattern is decided to be ambiguous or not. */
const keyPatterns: FuzzTarget = {
  ...usual,
  name: "key-patterns",
  seeds: patternTexts.map(bytesOf),
  words: patternWords,
  watched: ["/.cache/", "/generator/src/"],
  maxCpuMs: 500,
  run(input) {
    // As long as people write them, and longer.
    const text = textOf(input.subarray(0, 300));
    const parsed = parseKeyPattern(text);
    const problems = parsed.problems.length === 0 ? findAmbiguities(parsed) : parsed.problems;
    for (const { start, end } of problems) {
      if (start < 0 || end < start || end > text.length) throw new Error(`${start} to ${end} is outside of the text.`);
    }
    return problems.length === 0;
  },
};

interface Builder {
  readonly pattern: KeyPattern;
  readonly parameters: readonly KeyParameter[];
  /** What the generator emits. */
  readonly keyText: (key: object) => string;
}

const builtPatterns = [
  ...["user:{id}", "{a}:{b}", "a:{a}:{b}:{c}", "{u:uuid}/{i:int}", "h:{h:hash}", "n:{n:number}:{b:bigint}"],
  ...["{t:bool}:{d:date}", "l:{l:en|nl|x.1}:{s}", "cart:{{{a}}}:items", "{p:secret}:{s}"],
];

function builderOf(text: string): Builder {
  const parsed = parseKeyPattern(text);
  if (parsed.problems.length > 0 || findAmbiguities(parsed).length > 0) throw new Error(`${text} is no sound pattern.`);
  const { pattern } = parsed;
  const declared = cache("fuzzed", {
    key: pattern,
    ...(text.includes(":secret") && { keySecret: { variable: "FUZZ_KEY_SECRET" } as never }),
  });
  const code = printSourceFile({
    source: "cachetory.yaml",
    folder: "/app/src/caches",
    importExtension: "js",
    exports: [],
    globals: [],
    blocks: [...keyBuilder(declared, generatedNames("fuzzed")), "export { keyText };"],
  });
  const parameters = pattern.segments.filter((segment) => segment.kind === "parameter");
  return { pattern, parameters, keyText: moduleExport(code, "keyText") };
}

/** Two keys of one pattern are the same text exactly where they are the same parameters; wrong ones are INVALID_KEY. */
function keyBuilders(): FuzzTarget {
  const builders = builtPatterns.map(builderOf);
  return {
    ...usual,
    name: "key-builders",
    seeds: [
      ...builders.map((_, index) =>
        Uint8Array.of(index, ...bytesOf("\x00\x05a:b%e\x00\x05a%3Ab\x00\x01:\x00\x00\x00\x01a")),
      ),
      ...builders.map((_, index) =>
        Uint8Array.of(index, ...bytesOf(`\x02\x7f${"x".repeat(127)}\x01\x01a\x02\x7f${"x".repeat(127)}`)),
      ),
    ],
    words: ["%", ":", "%e", "%3A", "%uD800", "{", "}", "~", "~h", "~r1", "\u2028", "\ufeff"],
    run(input) {
      const reader = new InputReader(input);
      // There is one for each number below.
      const { pattern, parameters, keyText } = builders[reader.byte() % builders.length] as Builder;
      const [first, second] = [parametersOf(parameters, reader), parametersOf(parameters, reader)];
      const texts = [first, second].map((values) => textOrRefused(() => keyText(values)));
      const [a, b] = texts;
      if (a === undefined || b === undefined) return false;
      // A digest with a secret is of another place there.
      const hasSecret = parameters.some(({ type }) => type.kind === "secret");
      if (!hasSecret && a !== writtenKey(pattern, first))
        throw new Error("The emitted builder and the parts make different keys.");
      if (Buffer.from(a).toString() !== a) throw new Error("The key is no well-formed text.");
      if ((a === b) !== areSame(parameters, first, second)) throw new Error(`Two keys meet, or one is two: ${a}`);
      return true;
    },
  };
}

function textOrRefused(make: () => string): string | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof CachetoryError && error.code === "INVALID_KEY") return undefined;
    throw error;
  }
}

function parametersOf(parameters: readonly KeyParameter[], reader: InputReader): Record<string, unknown> {
  return Object.fromEntries(parameters.map(({ name, type }) => [name, valueFrom(type, reader)]));
}

const strays: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  2 ** 53,
  [],
  {},
  new Map(),
  Symbol("x"),
  () => 1,
  new Date(Number.NaN),
];

/** A value of the type, mostly; the first byte says how it is made. */
function valueFrom(type: KeyType, reader: InputReader): unknown {
  const how = reader.byte();
  const bytes = reader.some();
  if (how >= 240) return strays[how % strays.length];
  const text = textOf(bytes).repeat(how % 16 === 2 ? 5 : 1);
  const hex = Buffer.from(bytes).toString("hex");
  switch (type.kind) {
    case "string":
    case "secret":
      return text;
    case "int":
      return Number(BigInt.asIntN(54, BigInt(`0x0${hex.slice(0, 14)}`)));
    case "number":
      return Buffer.concat([bytes, Buffer.alloc(8)]).readDoubleBE();
    case "bigint":
      return BigInt(`0x0${hex}`) * (how % 2 === 0 ? 1n : -1n);
    case "bool":
      return how % 2 === 0;
    case "uuid":
      return hex
        .padEnd(32, "0")
        .slice(0, 32)
        .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    case "date":
      return new Date(Number(BigInt.asIntN(53, BigInt(`0x0${hex.slice(0, 14)}`))));
    case "hash":
      return jsonOf(text);
    case "union":
      return how < 200 ? type.members[how % type.members.length] : text;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return [text, { text }];
  }
}

function areSame(parameters: readonly KeyParameter[], first: object, second: object): boolean {
  return parameters.every(({ name, type }) => {
    const [a, b]: readonly unknown[] = [Reflect.get(first, name), Reflect.get(second, name)];
    switch (type.kind) {
      case "date":
        return (a as Date).getTime() === (b as Date).getTime();
      case "hash":
        // Their canonical form is what the hash is made of; the order of names is of no matter in it.
        return hashPart(a as string, "k.p") === hashPart(b as string, "k.p");
      default:
        return a === b;
    }
  });
}

export const keyTargets: readonly NamedTarget[] = [
  { name: keyPatterns.name, make: () => keyPatterns },
  { name: "key-builders", make: keyBuilders },
];
