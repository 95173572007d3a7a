import { describe, expect, it } from "vitest";
import type { KeySegment } from "../../../generator/src/model/declaration.ts";
import { cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

const withKey = (key: string): string => cacheWith(`key: ${key}`, "value: string");

function segmentsOf(key: string): readonly KeySegment[] | undefined {
  return declarationsOf(withKey(`'${key}'`)).caches[0]?.key.segments;
}

const literal = (text: string): KeySegment => ({ kind: "literal", text });
const parameter = (name: string, kind: "string" | "int" = "string"): KeySegment => ({
  kind: "parameter",
  name,
  type: { kind },
});

describe("a key pattern", () => {
  it("is literal text and parameters", () => {
    expect(segmentsOf("user:{id:int}:name")).toEqual([literal("user:"), parameter("id", "int"), literal(":name")]);
  });

  it("takes a parameter without a type for a string", () => {
    expect(segmentsOf("{id}")).toEqual([parameter("id")]);
  });

  for (const kind of ["string", "int", "number", "bigint", "bool", "uuid", "date", "hash"]) {
    it(`has parameters of type ${kind}`, () => {
      expect(segmentsOf(`{id:${kind}}`)).toEqual([{ kind: "parameter", name: "id", type: { kind } }]);
    });
  }

  it("has parameters that are unions", () => {
    expect(segmentsOf("{locale:en|nl-BE|pt_BR.x}")).toEqual([
      { kind: "parameter", name: "locale", type: { kind: "union", members: ["en", "nl-BE", "pt_BR.x"] } },
    ]);
  });

  it("writes braces twice, and a parameter ends first", () => {
    expect(segmentsOf("cart:{{{userId}}}:items")).toEqual([literal("cart:{"), parameter("userId"), literal("}:items")]);
    expect(segmentsOf("a{{b}}c")).toEqual([literal("a{b}c")]);
    expect(segmentsOf("{{}}")).toEqual([literal("{}")]);
  });
});

/** Rows of what is wrong: pattern, column in it, the text there, message, hint. */
const malformed: readonly (readonly [string, number, string, string, string])[] = [
  [
    "a{id",
    2,
    "{id",
    'a parameter is not closed by "}"',
    "Write } after its name, or {{ for a brace that is part of the key",
  ],
  ["a}b", 2, "}", 'a "}" closes no parameter', "Write }} for a brace that is part of the key"],
  [
    "a:{}",
    4,
    "}",
    "a parameter has no name",
    "Write a name as in TypeScript, and a type if it is no string: {userId:uuid}",
  ],
  [
    "a:{1x}",
    4,
    "1x",
    '"1x" cannot be the name of a parameter',
    "Write a name as in TypeScript, and a type if it is no string: {userId:uuid}",
  ],
  [
    "a:{user-id}",
    4,
    "user-id",
    '"user-id" cannot be the name of a parameter',
    "Write a name as in TypeScript, and a type if it is no string: {userId:uuid}",
  ],
  [
    "a:{__proto__}",
    4,
    "__proto__",
    '"__proto__" cannot be the name of a parameter',
    "Write a name as in TypeScript, and a type if it is no string: {userId:uuid}",
  ],
  [
    "a:{id:itn}",
    7,
    "itn",
    'unknown parameter type "itn"',
    'Did you mean "int"? Known: string, int, number, bigint, bool, uuid, date, hash, secret, or a union such as en|nl',
  ],
  [
    "a:{id:boolean}",
    7,
    "boolean",
    'unknown parameter type "boolean"',
    'Did you mean "bool"? Known: string, int, number, bigint, bool, uuid, date, hash, secret, or a union such as en|nl',
  ],
  [
    "a:{id:}",
    7,
    "}",
    "a parameter has an empty type",
    "Known: string, int, number, bigint, bool, uuid, date, hash, secret, or a union such as en|nl",
  ],
  [
    "a:{l:en|}",
    6,
    "en|",
    "a union has an empty member",
    "Members are made of letters, digits, _, . and -, without spaces: en|nl",
  ],
  [
    "a:{l:en| nl}",
    6,
    "en| nl",
    '" nl" cannot be a member of a union',
    "Members are made of letters, digits, _, . and -, without spaces: en|nl",
  ],
  ["a:{l:en|nl|en}", 6, "en|nl|en", '"en" is in the union twice', "Keep one of them"],
  ["{a}:{a}", 5, "{a}", 'the parameter "a" stands in the pattern twice', "Give each parameter a name of its own"],
  ["a b", 2, " ", "white space cannot be part of a key", "Write - or : instead"],
  ["a\u00a0b", 2, "\u00a0", "white space cannot be part of a key", "Write - or : instead"],
  ["a~b", 2, "~", 'a "~" is reserved for what cachetory appends to keys', "Write - or : instead"],
  ["a\u0085b", 2, "\u0085", "a control character cannot be part of a key", "Write - or : instead"],
  ["a\u0081b", 2, "\u0081", "a control character cannot be part of a key", "Write - or : instead"],
];

describe("a malformed key pattern", () => {
  for (const [key, column, text, message, hint] of malformed) {
    it(`is found: ${JSON.stringify(key)}`, () => {
      expect(findingsIn(withKey(`'${key}'`))).toEqual([{ at: `8:${10 + column}`, text, code: "C1201", message, hint }]);
    });
  }

  it("shows all of its mistakes", () => {
    expect(findingsIn(withKey("a:{x:itn}:{y:dat}")).map(({ text }) => text)).toEqual(["itn", "dat"]);
  });

  it("is found where it is empty", () => {
    expect(findingsIn(withKey('""'))).toEqual([
      { at: "8:11", text: '"', code: "C1201", message: "a key pattern is empty", hint: "For example: greeting" },
    ]);
  });

  it("is found as a whole where escapes moved the text", () => {
    expect(findingsIn(withKey('"a\\x20b"'))).toMatchObject([{ at: "8:10", text: '"a\\x20b"', code: "C1201" }]);
  });
});

const ambiguous: readonly (readonly [string, string])[] = [
  ["{a}{b}", "{a}{b}"],
  ["x:{a}-{b}", "{a}-"],
  ["x-{a}-{b:int}-y", "{a}-"],
  ["{a:int}{b}", "{a:int}{b}"],
  ["{a:int}{b:int}", "{a:int}{b:int}"],
  ["{a:number}.{b:number}", "{a:number}."],
  ["{a:bool}{b}{c}", "{b}{c}"],
  ["{a}:{b}{c}", "{b}{c}"],
  ["{a:x|xy}{b}", "{a:x|xy}{b}"],
  ["{a:1|11}{n:int}", "{a:1|11}{n:int}"],
  ["{a:hash}{b:bigint}{c}", "{b:bigint}{c}"],
];

describe("a pattern in which two keys could meet", () => {
  for (const [key, text] of ambiguous) {
    it(`is refused: ${key}`, () => {
      const column = 11 + key.indexOf(text);
      expect(findingsIn(withKey(`'${key}'`))).toMatchObject([
        { at: `8:${column}`, text, code: "C1202", hint: `Put a : after {${text.slice(1).split(/[:}]/)[0]}}` },
      ]);
    });
  }

  it("says what cannot be told", () => {
    expect(findingsIn(withKey("a:{x}{y}"))[0]?.message).toBe(
      'where "x" ends cannot be told: {y} could be part of it; "aaa" is {x: "aa", y: "a"} and {x: "a", y: "aa"}',
    );
    expect(findingsIn(withKey("a:{x}-{y:int}"))[0]?.message).toBe(
      'where "x" ends cannot be told: "-" could be part of it; "a--1" is {x: "a", y: -1} and {x: "a-", y: 1}',
    );
  });

  it("says what clear would mistake, where it is clear alone that cannot tell", () => {
    // No number begins with a zero, but clear takes 01 for one.
    expect(findingsIn(withKey("'{u:a|a0}{n:number}'"))[0]?.message).toBe(
      'where "u" ends cannot be told: {n} could be part of it; ' +
        '"a01" is {u: "a0", n: 1} but clear would take it for {u: "a", n: 01}',
    );
  });

  it("shows each place once", () => {
    expect(findingsIn(withKey("a:{x}{y}:{z}-{w}")).map(({ text }) => text)).toEqual(["{x}{y}", "{z}-"]);
  });

  for (const key of [
    "{a}:{b}",
    "{a}}}x",
    "{a:int}x",
    "{a:int}:{b:int}",
    "{a:number}x",
    "{a:date}:x",
    "{a:uuid}{b}",
    "{a:hash}0",
    "{a:bool}{b}",
    "{a:en|nl}{b}",
    "{a:en|eng}:x",
    "{a:en|eng}x",
    "{a}.json",
    "{a}%",
    "{a:int}7",
    "{a:number}e",
    "{a:date}Z",
    "{a}-{b:en|nl}",
    "{a}-{b:uuid}",
    "{a}{b:bool}",
    "{a:int}{b:hash}",
    "{a:u|u0}{n:int}",
    "{a:number}.{b:int}",
    "{a:date}{b:date}",
    "{a:number}e{b:bool}",
  ]) {
    it(`is not ${key}`, () => expect(findingsIn(withKey(`'${key}'`))).toEqual([]));
  }
});

describe("a pattern without literal text at its beginning", () => {
  const onRedis = (key: string): string => cacheWith(`key: "${key}"`, "value: string", "backend: redis");

  it("is warned about where others may use the server", () => {
    expect(findingsIn(onRedis("{id}:name"))).toEqual([
      {
        at: "8:10",
        text: '"{id}:name"',
        code: "C1402",
        message: 'cache "c" cannot be cleared: its keys begin with nothing of their own',
        hint: 'Begin the pattern with literal text, or give backend "redis" a prefix',
      },
    ]);
  });

  it("is fine with a prefix, with literal text, and in memory", () => {
    const prefixed = onRedis("{id}").replace(
      "redis: redis://localhost",
      'redis: { url: redis://localhost, prefix: "a:" }',
    );
    for (const yaml of [prefixed, onRedis("a:{id}"), withKey('"{id}"')]) expect(findingsIn(yaml)).toEqual([]);
  });
});
