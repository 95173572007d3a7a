import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ValuePath } from "../../../generator/src/model/declaration.ts";
import { showPath } from "../../../generator/src/model/show-path.ts";
import { parseTarget } from "../../../generator/src/read/parse-target.ts";
import { declarationsOf, findingsIn } from "./read-text.ts";

/** Caches `user`, `page` and `list`, a memoized function `load`, and an entry, which begins in line 12. */
function mutate(entry: string, defaults = ""): string {
  return [
    "version: 1",
    "output: src/caches",
    'backends: { local: memory://, shared: { url: "redis://localhost" } }',
    `defaults: { backend: local, ttl: 1h${defaults} }`,
    "caches:",
    '  user: { key: "user:{id:int}:{locale:en|nl}", value: string }',
    '  page: { key: "{path}:{page:int}", value: string }',
    '  list: { key: "list:{by:hash}:{of:bigint}:{at:date}:{it:uuid}:{is:bool}:{n:number}", value: string }',
    "memoize:",
    "  load: { function: ./src/a.ts#load, cache: user }",
    "mutate:",
    `  ${entry}`,
    "",
  ].join("\n");
}

/** An entry that invalidates one target. */
function invalidating(target: string): string {
  return mutate(`save: { function: ./src/a.ts#save, invalidates: [${JSON.stringify(target)}] }`);
}

describe("an entry of mutate", () => {
  it("names a function, and entries that it makes untrue", () => {
    const { mutations } = declarationsOf(
      mutate("save: { function: './src/a.ts#Users#save', invalidates: [user, 'load({ id: user.id })'] }"),
    );
    expect(mutations).toMatchObject([
      {
        name: "save",
        module: "./src/a.ts",
        path: ["Users", "save"],
        isOfInstance: true,
        onInvalidationError: "warn",
        invalidations: [
          { text: "user", cache: { name: "user" }, parts: "by-name", isBefore: false },
          { cache: { name: "user" }, parts: [{ parameter: "id" }], isBefore: false },
        ],
      },
    ]);
  });

  it("may delete before as well: all of it, or some of its targets", () => {
    const { mutations } = declarationsOf(
      mutate(
        "save: { function: ./a.ts#save, before: true, invalidates: [user, { target: user(*), before: false }, { target: user }] }",
      ),
    );
    expect(mutations[0]?.invalidations.map(({ isBefore }) => isBefore)).toEqual([true, false, true]);
  });

  it("says what becomes of entries that cannot be deleted, or the defaults do", () => {
    const entry = "save: { function: ./a.ts#save, invalidates: [user]";
    const ofFile = ", on-invalidation-error: throw";
    const said = (yaml: string): unknown => declarationsOf(yaml).mutations[0]?.onInvalidationError;
    expect(said(mutate(`${entry} }`, ofFile))).toBe("throw");
    expect(said(mutate(`${entry}, on-invalidation-error: warn }`, ofFile))).toBe("warn");
  });

  it("must name a function and entries", () => {
    expect(findingsIn(mutate("save: {}"))).toMatchObject([
      { at: "12:3", code: "C1007", message: 'mutation "save" has no "function"' },
      { at: "12:3", code: "C1007", message: 'mutation "save" has no "invalidates"' },
    ]);
    expect(findingsIn(mutate("save: { function: ./a.ts, invalidates: [] }"))).toMatchObject([
      { at: "12:21", code: "C1603", message: '"./a.ts" names no function' },
      { at: "12:42", code: "C1007", message: '"invalidates" names nothing' },
    ]);
  });

  it("must know its properties", () => {
    const entry = "save: { function: ./a.ts#save, invalidates: [{ target: user, befor: true }], ttl: 1h }";
    expect(findingsIn(mutate(entry))).toMatchObject([
      { at: "12:64", code: "C1006", hint: expect.stringContaining('Did you mean "before"?') },
      { at: "12:80", code: "C1006", message: 'unknown property "ttl" in mutation "save"' },
    ]);
  });

  it("has a name of its own, which is a good one", () => {
    const named = (name: string): unknown =>
      findingsIn(mutate(`${name}: { function: ./a.ts#save, invalidates: [user] }`));
    expect(named("load")).toMatchObject([
      {
        at: "12:3",
        code: "C1302",
        message: 'mutation "load" and memoized function "load" would make exports of one name',
      },
    ]);
    expect(named("user")).toMatchObject([{ code: "C1302" }]);
    expect(named("delete")).toMatchObject([{ code: "C1301", hint: "Write deleteOne, for one" }]);
  });
});

describe("what is invalidated", () => {
  it.each([
    ["user(*)", "all"],
    [" user ", "by-name"],
    [
      "user({ id, locale: *, })",
      [
        ["id", "id"],
        ["locale", "*"],
      ],
    ],
    [
      "user({ id: a.b?.c[]?.d[][], locale: 'nl' })",
      [
        ["id", "a.b?.c[]?.d[][]"],
        ["locale", "nl"],
      ],
    ],
    [
      'user({id:result?.id,locale:"en"})',
      [
        ["id", "result?.id"],
        ["locale", "en"],
      ],
    ],
    [
      "user({ id: -7, locale? })",
      [
        ["id", -7],
        ["locale", "locale?"],
      ],
    ],
    [
      "list({ is: true, n: 1.5, of: 7, by: 'x', it: '0b5e3a4c-6f1d-4c37-9a52-1f0e8d7c6b5a', at: trueDate })",
      [
        ["is", true],
        ["n", 1.5],
        ["of", 7],
        ["by", "x"],
        ["it", "0b5e3a4c-6f1d-4c37-9a52-1f0e8d7c6b5a"],
        ["at", "trueDate"],
      ],
    ],
  ])("may be written %j", (target, parts) => {
    const [invalidation] = declarationsOf(invalidating(target)).mutations[0]?.invalidations ?? [];
    const found = invalidation?.parts;
    const shown =
      typeof found === "string"
        ? found
        : found?.map(({ parameter, source }) => {
            if (source.kind === "any") return [parameter, "*"];
            return [parameter, source.kind === "literal" ? source.value : showPath(source.steps)];
          });
    expect(shown).toEqual(parts);
  });

  // The number is the place in the target, whose text begins in column 53.
  it.each([
    ["usr(*)", 0, "C1601", 'no cache or memoized function is called "usr"', 'Did you mean "user"?'],
    ["user({ id: a.b", 14, "C1603", 'the text ends, where "," or "}" is meant', "For example"],
    ["user[*]", 4, "C1603", 'here is "[", where "(" or the end is meant', "For example"],
    ["user()", 5, "C1603", 'here is ")", where "{" or "*" is meant', "For example"],
    ["user({ id: a[0].b })", 12, "C1603", 'here is "[", where', "Write [] for each item of it"],
    ["user({ id: 'x })", 11, "C1603", "where a name is meant", "For example"],
    ["user({ id: a.b, id: c })", 16, "C1603", '"id" is given twice', "Leave one of them out"],
    ["user(*) x", 8, "C1603", 'here is "x"', "For example"],
    ["", 0, "C1603", "the text ends, where the name of a cache is meant", "For example"],
    ["user({ ids: a })", 7, "C1603", 'the key of cache "user" has no parameter "ids"', 'Did you mean "id"?'],
    ["user({ id, locale: 'nk' })", 19, "C1603", '"nk" is no "{locale:en|nl}" of the key', 'Did you mean "nl"?'],
    ["user({ id: '7' })", 11, "C1603", '"7" is no "{id:int}" of the key', "It takes a whole number"],
    ["list({ by: *, is: 1 })", 18, "C1603", '1 is no "{is:bool}" of the key', "It takes true or false"],
    ["list({ by: *, it: 'x' })", 18, "C1603", '"x" is no "{it:uuid}" of the key', "It takes a UUID"],
    ["list({ by: *, at: 'x' })", 18, "C1603", '"x" is no "{at:date}" of the key', "It takes a Date"],
    ["user({ locale: 'nl' })", -1, "C1603", '"{id:int}" of the key of cache "user" is not given', "id: *"],
  ])("may not be %j", (target, offset, code, message, hint) => {
    const found = findingsIn(invalidating(target));
    expect(found).toMatchObject([
      { code, message: expect.stringContaining(message), hint: expect.stringContaining(hint) },
    ]);
    expect(found[0]?.at).toBe(`12:${53 + offset}`);
  });

  it("cannot be looked for in a cache that cannot be cleared, and needs no such thing where its keys are known", () => {
    const shared = (target: string): unknown =>
      findingsIn(
        invalidating(target).replace('{page:int}", value: string', '{page:int}", value: string, backend: shared'),
      );
    const warning = { at: "7:16", code: "C1402" };
    expect(shared("page({ path: a.b, page: * })")).toMatchObject([
      warning,
      { at: "12:52", code: "C1603", message: expect.stringMatching('cache "page" cannot be cleared') },
    ]);
    expect(shared("page({ path: a.b, page: 7 })")).toMatchObject([warning]);
  });

  it("stands in quotes, for YAML has a use of its own for a colon", () => {
    const yaml = mutate("save:\n    function: ./a.ts#save\n    invalidates:\n      - user({ id: user.id })");
    expect(findingsIn(yaml)).toMatchObject([
      { at: "15:9", code: "C1603", message: "what is invalidated must stand in quotes" },
    ]);
  });

  it("cannot be told by the result before there is one", () => {
    const target = "{ target: 'user({ id: result.id })', before: true }";
    expect(findingsIn(mutate(`save: { function: ./a.ts#save, invalidates: [${target}] }`))).toMatchObject([
      { at: "12:70", code: "C1603", message: '"result.id" is not known before the function is called' },
    ]);
  });
});

describe("a path", () => {
  const name = fc.stringMatching(/^[a-z$_][A-Za-z0-9$_]{0,5}$/).filter((text) => !["true", "false"].includes(text));
  const property = fc.record({ kind: fc.constant("property" as const), name, isOptional: fc.boolean() });
  const each = fc.record({ kind: fc.constant("each" as const), isOptional: fc.boolean() });
  const paths = fc
    .tuple(property, fc.array(fc.oneof(property, each), { maxLength: 6 }))
    .map(([root, steps]): ValuePath => [root, ...steps]);

  it("is read as it is shown, whatever its steps", () => {
    fc.assert(
      fc.property(paths, fc.constantFrom("", " ", "\n\t"), (path, space) => {
        const parsed = parseTarget(`c(${space}{${space}p${space}:${space}${showPath(path)}${space}}${space})`);
        expect(parsed).toMatchObject({ parts: [{ source: { value: { kind: "path", steps: path } } }] });
      }),
    );
  });

  it("never makes the reader fail, whatever is written", () => {
    const pieces = fc.constantFrom(
      "c",
      "(",
      ")",
      "{",
      "}",
      "*",
      ":",
      ",",
      ".",
      "?",
      "[",
      "]",
      '"',
      "'",
      "\\",
      " ",
      "7",
      "é",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (texts) => {
        const text = texts.join("");
        const parsed = parseTarget(text);
        if (!("message" in parsed)) return;
        expect(parsed.start).toBeLessThanOrEqual(text.length);
        expect(parsed.end).toBeGreaterThan(parsed.start);
      }),
    );
  });
});
