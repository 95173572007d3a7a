import { describe, expect, it } from "vitest";
import { declarationsOf, findingsIn } from "./read-text.ts";

/** A cache `user` and an entry, which begins in line 8. */
function memoize(entry: string): string {
  return [
    "version: 1",
    "output: src/caches",
    "backends: { local: memory:// }",
    "defaults: { backend: local, ttl: 1h }",
    "caches:",
    '  user: { key: "user:{id:int}:{locale}", value: string }',
    "memoize:",
    `  ${entry}`,
    "",
  ].join("\n");
}

describe("an entry of memoize", () => {
  it("names a function, a cache, where the key comes from, and what is no part of it", () => {
    const parts = "parameters: { id: user.id }, ignore: [logger]";
    const { memoized } = declarationsOf(memoize(`load: { function: ./src/a.ts#load, cache: user, ${parts} }`));
    expect(memoized).toMatchObject([
      {
        name: "load",
        module: "./src/a.ts",
        path: ["load"],
        cache: { name: "user" },
        sources: [{ parameter: "id", path: ["user", "id"] }],
        ignored: [{ name: "logger" }],
      },
    ]);
  });

  it("names a method by its class, and a package", () => {
    const { memoized } = declarationsOf(memoize('load: { function: "@acme/users#Users.load", cache: user }'));
    expect(memoized).toMatchObject([{ module: "@acme/users", path: ["Users", "load"] }]);
  });

  it("names a method of instances by their type", () => {
    const { memoized } = declarationsOf(memoize('load: { function: "./a.ts#Api.Users#load", ttl: 5s }'));
    expect(memoized).toMatchObject([
      {
        path: ["Api", "Users", "load"],
        isOfInstance: true,
        cache: { value: { expression: 'Exclude<Awaited<ReturnType<Api.Users["load"]>>, undefined>' } },
      },
    ]);
  });

  it("must name a function", () => {
    expect(findingsIn(memoize("load: {}"))).toMatchObject([
      { at: "8:3", code: "C1007", message: 'memoized function "load" has no "function"' },
    ]);
  });

  it("without a cache has one made, whose key is still to be found", () => {
    const { caches, memoized } = declarationsOf(memoize("load: { function: ./a.ts#Users.load, ttl: 5s, revision: 2 }"));
    expect(caches.map(({ name }) => name)).toEqual(["user"]);
    expect(memoized).toMatchObject([
      {
        name: "load",
        cache: {
          name: "loadCache",
          key: undefined,
          value: { expression: "Exclude<Awaited<ReturnType<typeof Users.load>>, undefined>", module: "./a.ts" },
          ttl: { ms: 5_000 },
          backend: "local",
          revision: 2,
        },
      },
    ]);
  });

  it("needs a backend and a ttl for the cache that is made", () => {
    const yaml = memoize("load: { function: ./a.ts#load }")
      .replace("local, ttl: 1h", "local")
      .replace("string }", "string, ttl: 1h }");
    expect(findingsIn(yaml)).toMatchObject([
      { at: "8:3", code: "C1007", message: 'cache "loadCache" has no "ttl", and "defaults" has none' },
    ]);
  });

  it("with a cache leaves to it how it stores", () => {
    expect(findingsIn(memoize("load: { function: ./a.ts#load, cache: user, ttl: 1m }"))).toEqual([
      {
        at: "8:47",
        text: "ttl",
        code: "C1602",
        message: '"ttl" of memoized function "load" has no effect, for it has a cache',
        hint: 'Write it under cache "user", or leave "cache" out',
      },
    ]);
  });

  it("refuses the policies of later versions", () => {
    expect(findingsIn(memoize("load: { function: ./a.ts#load, breaker: true }"))).toMatchObject([
      { at: "8:34", code: "C1010", text: "breaker" },
    ]);
  });

  it("names what loads many calls at once, and how many", () => {
    const batch = "batch: ./b.ts#Users.loadMany, max-batch: 100";
    const { memoized } = declarationsOf(memoize(`load: { function: ./a.ts#load, ${batch}, cache: user }`));
    expect(memoized).toMatchObject([
      { batch: { module: "./b.ts", path: ["Users", "loadMany"], isOfInstance: false, maxCalls: 100 } },
    ]);
    expect(declarationsOf(memoize("load: { function: ./a.ts#load, cache: user }")).memoized).toMatchObject([
      { batch: undefined },
    ]);
  });

  it.each([
    ["batch: load", '"load" names no function'],
    ["batch: a.ts#load", expect.stringContaining("a.ts")],
    [
      'batch: "./a.ts#Users#loadMany"',
      '"Users#loadMany" is a method of instances, and "load" is none of the same type',
    ],
    ["max-batch: 10", '"max-batch" of memoized function "load" has no effect, for it has no "batch"'],
    ["batch: ./a.ts#many, max-batch: 0", expect.stringContaining('"max-batch"')],
    ["batch: ./a.ts#many, max-batch: many", expect.stringContaining('"max-batch"')],
  ])("does not take %s", (written, message) => {
    expect(findingsIn(memoize(`load: { function: ./a.ts#load, ${written}, cache: user }`))).toMatchObject([
      { message },
    ]);
  });

  it.each([
    ["./a.ts#Users#load", "./a.ts#Users#loadMany", 0],
    ["./a.ts#Users#load", "./a.ts#Users.loadMany", 0],
    ["./a.ts#Users#load", "./a.ts#Orders#loadMany", 1],
    ["./a.ts#Users#load", "./b.ts#Users#loadMany", 1],
    ["./a.ts#Users.load", "./a.ts#Users#loadMany", 1],
  ])("of %s loads with %s: %d findings", (single, many, count) => {
    expect(findingsIn(memoize(`load: { function: "${single}", batch: "${many}", ttl: 1m }`))).toHaveLength(count);
  });

  it("loads no calls together for a cache without promises, where there never are two", () => {
    expect(
      findingsIn(memoize("load: { function: ./a.ts#load, batch: ./a.ts#many, mode: sync, ttl: 1m }")),
    ).toMatchObject([
      {
        text: "./a.ts#many",
        code: "C1602",
        message: expect.stringContaining('"many" cannot load for cache "loadCache", which is synchronous'),
        hint: 'Take a cache without mode: sync, or leave "batch" out',
      },
    ]);
  });

  it("knows no other property", () => {
    expect(findingsIn(memoize("load: { function: ./a.ts#load, cache: user, parameter: {} }"))).toEqual([
      {
        at: "8:47",
        text: "parameter",
        code: "C1006",
        message: 'unknown property "parameter" in memoized function "load"',
        hint: 'Did you mean "parameters"? Known here: function, batch, max-batch, cache, parameters, ignore, revision, backend, layers, invalidation, serializer, ttl, max-ttl, jitter, negative, max-value-size, single-flight, write-back, stale, refresh-ahead, timeouts, offload, validate, isolation, event-keys, reads, recovery, gutter, max-loads, on-backend-error, mode, blocking',
      },
    ]);
  });

  it("must name a cache that is declared", () => {
    expect(findingsIn(memoize("load: { function: ./a.ts#load, cache: usr }"))).toEqual([
      {
        at: "8:41",
        text: "usr",
        code: "C1601",
        message: 'no cache is called "usr"',
        hint: 'Did you mean "user"? Declared: user',
      },
    ]);
  });

  for (const written of [
    "load",
    "./a.ts",
    "./a.ts#",
    "./a.ts#load()",
    '"./a.ts#(x) => x"',
    "./a.ts#Users..load",
    '"./a.ts#Users#"',
    '"./a.ts##load"',
    '"./a.ts#A#b#c"',
  ]) {
    it(`must name the function by its module and its name, not ${written}`, () => {
      expect(findingsIn(memoize(`load: { function: ${written}, cache: user }`))).toMatchObject([
        { at: "8:21", code: "C1602", message: expect.stringContaining("names no function") },
      ]);
    });
  }

  it("takes modules that a value could take, and no others", () => {
    expect(findingsIn(memoize("load: { function: users.ts#load, cache: user }"))).toMatchObject([
      { text: "users.ts", code: "C2005", message: '"users.ts" would be the name of a package' },
    ]);
  });

  it("says where a parameter comes from only of those that the key has", () => {
    const yaml = memoize("load: { function: ./a.ts#load, cache: user, parameters: { ids: id } }");
    expect(findingsIn(yaml)).toEqual([
      {
        at: "8:61",
        text: "ids",
        code: "C1602",
        message: 'the key of cache "user" has no parameter "ids"',
        hint: 'Did you mean "id"? It has: id, locale',
      },
    ]);
  });

  it("takes a parameter from a name, or from properties of one", () => {
    expect(findingsIn(memoize("load: { function: ./a.ts#load, cache: user, parameters: { id: 'ids[0]' } }"))).toEqual([
      {
        at: "8:65",
        text: "'ids[0]'",
        code: "C1602",
        message: '"ids[0]" names no parameter of the function',
        hint: "Write the name of one, or a property of it: id: product.id",
      },
    ]);
  });

  it("ignores something, or says nothing of it", () => {
    expect(findingsIn(memoize("load: { function: ./a.ts#load, cache: user, ignore: [] }"))).toMatchObject([
      { at: "8:55", code: "C1007", message: '"ignore" names nothing' },
    ]);
  });

  it("has a name that an export can have", () => {
    expect(findingsIn(memoize("delete: { function: ./a.ts#remove, cache: user }"))).toEqual([
      {
        at: "8:3",
        text: "delete",
        code: "C1301",
        message: '"delete" cannot be the name of a memoized function: it is a reserved word',
        hint: "Write deleteCached, for one",
      },
    ]);
  });

  it("is not called so that the cache that is made for it is called like another", () => {
    const yaml = memoize("load: { function: ./a.ts#load }").replace("  user:", "  loadCache:");
    expect(findingsIn(yaml)).toMatchObject([
      { at: "8:3", code: "C1302", message: 'cache "loadCache" and cache "loadCache" would make exports of one name' },
    ]);
  });

  it.each(["user", "memoizeUser", "userDefinition"])("is not called like an export of a cache: %s", (name) => {
    expect(findingsIn(memoize(`${name}: { function: ./a.ts#load, cache: user }`))).toMatchObject([
      {
        at: "8:3",
        code: "C1302",
        message: `memoized function "${name}" and cache "user" would make exports of one name`,
      },
    ]);
  });
});
