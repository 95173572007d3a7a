import { describe, expect, it } from "vitest";
import { knownProperties, laterProperties } from "../../../generator/src/read/known-properties.ts";
import { backendsWith, cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

describe("an unknown property", () => {
  it("is found in a cache, with the one that is meant", () => {
    expect(findingsIn(cacheWith("key: c", "value: string", "tll: 1s"))).toEqual([
      {
        at: "10:5",
        text: "tll",
        code: "C1006",
        message: 'unknown property "tll" in cache "c"',
        hint: 'Did you mean "ttl"? Known here: description, key, value, ttl, max-ttl, jitter, negative, max-value-size, single-flight, write-back, stale, refresh-ahead, timeouts, backend, layers, invalidation, serializer, offload, validate, isolation, event-keys, key-secret, reads, recovery, gutter, max-loads, on-backend-error, tags, revision, mode, blocking',
      },
    ]);
  });

  it("is found at the top, without a guess where none is near", () => {
    expect(findingsIn(`${cacheWith("key: c", "value: string")}zebra: 1\n`)).toEqual([
      {
        at: "10:1",
        text: "zebra",
        code: "C1006",
        message: 'unknown property "zebra"',
        hint: "Known here: version, output, include, rules, environment, backends, defaults, caches, memoize, mutate",
      },
    ]);
  });

  it("is found in a backend", () => {
    expect(findingsIn(backendsWith("a: { url: memory://, prefx: x }"))).toMatchObject([
      { at: "5:24", text: "prefx", code: "C1006", message: 'unknown property "prefx" in backend "a"' },
    ]);
  });

  it("is found in defaults", () => {
    const yaml = cacheWith("key: c", "value: string").replace("ttl: 1h }", "ttl: 1h, maxttl: 2h }");
    expect(findingsIn(yaml)).toMatchObject([
      { at: "4:38", text: "maxttl", code: "C1006", message: 'unknown property "maxttl" in "defaults"' },
    ]);
  });

  it("is found in a value", () => {
    expect(findingsIn(cacheWith("key: c", "value: { type: A, form: ./a.ts }"))).toMatchObject([
      { at: "9:23", text: "form", code: "C1006", message: 'unknown property "form" in "value" of cache "c"' },
    ]);
  });

  it("is no surprise where it is called __proto__", () => {
    expect(findingsIn(cacheWith("key: c", "value: string", "__proto__: 1"))).toMatchObject([
      { text: "__proto__", code: "C1006" },
    ]);
  });

  it("may stand at the top under x-", () => {
    expect(declarationsOf(`x-anything: [1]\n${cacheWith("key: c", "value: string")}`).caches).toHaveLength(1);
  });
});

describe("a property of a later version", () => {
  const later = { message: '"breaker" is not for a cache to say', code: "C1010" };
  const hint =
    "It is of each server: write breaker-failures or breaker-pause into the URL of the backend, redis://…?breaker-failures=5";

  it("is refused as such in a cache", () => {
    expect(findingsIn(cacheWith("key: c", "value: string", "breaker: 10"))).toEqual([
      { ...later, at: "10:5", text: "breaker", hint },
    ]);
  });

  for (const name of laterProperties.cache) {
    it(`is refused as such: ${name} of a cache`, () => {
      expect(findingsIn(cacheWith("key: c", "value: string", `${name}: 1`))).toMatchObject([
        { code: "C1010", text: name },
      ]);
    });
  }

  for (const name of laterProperties.memoized) {
    it(`is refused as such: ${name} of a memoized function`, () => {
      const yaml = `${cacheWith("key: c", "value: string")}memoize:\n  load: { function: ./a.ts#load, cache: c, ${name}: 1 }\n`;
      expect(findingsIn(yaml)).toMatchObject([{ code: "C1010", text: name }]);
    });
  }

  for (const name of laterProperties.value) {
    it(`is refused as such: ${name} of a value`, () => {
      expect(findingsIn(cacheWith("key: c", `value: { type: object, ${name}: 1 }`))).toMatchObject([
        { code: "C1010", text: name },
      ]);
    });
  }

  it("is no property of this one", () => {
    for (const place of ["file", "backend", "defaults", "cache", "value", "memoized"] as const) {
      expect(laterProperties[place].filter((name) => knownProperties[place].includes(name))).toEqual([]);
    }
  });
});

describe("a missing property", () => {
  it("of a cache is found at its name", () => {
    expect(findingsIn(cacheWith("description: x"))).toEqual([
      {
        at: "7:3",
        text: "c",
        code: "C1007",
        message: 'cache "c" has no "key"',
        hint: 'For example: key: "user:{userId:uuid}"',
      },
      {
        at: "7:3",
        text: "c",
        code: "C1007",
        message: 'cache "c" has no "value"',
        hint: "For example: value: ./src/models.ts#UserProfile",
      },
    ]);
  });

  it("of a backend is found at its name", () => {
    expect(findingsIn(backendsWith("a: { prefix: x }"))).toEqual([
      { at: "5:3", text: "a", code: "C1007", message: 'backend "a" has no "url"', hint: "For example: url: memory://" },
    ]);
  });

  it("of a value is found at the value", () => {
    expect(findingsIn(cacheWith("key: c", "value: { from: ./a.ts }"))).toEqual([
      {
        at: "9:5",
        text: "value",
        code: "C1007",
        message: '"value" of cache "c" has no "type"',
        hint: "For example: type: UserProfile",
      },
    ]);
  });

  it("of the file is found at its first key", () => {
    expect(findingsIn("# caches\nversion: 1\n")).toEqual([
      {
        at: "2:1",
        text: "version",
        code: "C1007",
        message: 'the file has no "output"',
        hint: "For example: output: src/caches",
      },
      {
        at: "2:1",
        text: "version",
        code: "C1007",
        message: 'the file has no "backends"',
        hint: "For example: backends: { local: memory:// }",
      },
      {
        at: "2:1",
        text: "version",
        code: "C1007",
        message: 'the file has no "caches"',
        hint: 'For example: caches: { greeting: { key: "greeting:{name}", value: string } }',
      },
    ]);
  });

  it("may be in defaults: backend and ttl are asked for where neither has them", () => {
    const yaml = cacheWith("key: c", "value: string").replace(/^defaults.*$/m, "");
    expect(findingsIn(yaml)).toEqual([
      {
        at: "7:3",
        text: "c",
        code: "C1007",
        message: 'cache "c" has no "backend", and "defaults" has none',
        hint: 'For example: backend: shared, here or in "defaults"',
      },
      {
        at: "7:3",
        text: "c",
        code: "C1007",
        message: 'cache "c" has no "ttl", and "defaults" has none',
        hint: 'For example: ttl: 10m, here or in "defaults"',
      },
    ]);
  });

  it("is also a section that declares nothing", () => {
    expect(findingsIn("version: 1\noutput: a\nbackends: {}\ncaches: {}\n")).toMatchObject([
      { at: "3:1", text: "backends", code: "C1007", message: '"backends" declares nothing' },
      { at: "4:1", text: "caches", code: "C1007", message: '"caches" declares nothing' },
    ]);
  });
});

describe("a wrong kind of value", () => {
  it("is a number where text is meant", () => {
    expect(findingsIn(cacheWith("key: 42", "value: string"))).toEqual([
      {
        at: "8:10",
        text: "42",
        code: "C1008",
        message: '"key" must be text, not the number 42',
        hint: 'Put it in quotes if that is meant: "42"',
      },
    ]);
  });

  it("is a truth value where text is meant", () => {
    expect(findingsIn(cacheWith("key: c", "value: string", "description: true"))).toMatchObject([
      { at: "10:18", text: "true", code: "C1008", message: '"description" must be text, not true' },
    ]);
  });

  it("is nothing where text is meant, found at the key", () => {
    expect(findingsIn(cacheWith("key: c", "value: string", "ttl:"))).toEqual([
      {
        at: "10:5",
        text: "ttl",
        code: "C1008",
        message: '"ttl" is empty; it must be text or a mapping',
        hint: "For example: ttl: 10m",
      },
    ]);
  });

  it("is a pattern in braces without quotes, which YAML reads as a mapping", () => {
    expect(findingsIn(cacheWith("key: {id}", "value: string"))).toEqual([
      {
        at: "8:10",
        text: "{id}",
        code: "C1008",
        message: '"key" must be text, not a mapping',
        hint: 'Put a pattern that begins with { in quotes: key: "{id}:name"',
      },
    ]);
  });

  it("is a list for a value", () => {
    expect(findingsIn(cacheWith("key: c", "value: [string]"))).toEqual([
      {
        at: "9:12",
        text: "[string]",
        code: "C1008",
        message: '"value" must be text or a mapping, not a list',
        hint: "For an array write value: string[], or module#Type[]",
      },
    ]);
  });

  it("is text for a whole section", () => {
    expect(
      findingsIn("version: 1\noutput: a\nbackends: memory://\ncaches: { c: { key: c, value: string } }\n")[0],
    ).toEqual({
      at: "3:11",
      text: "memory://",
      code: "C1008",
      message: '"backends" must be a mapping, not the text "memory://"',
      hint: "For example: backends: { local: memory:// }",
    });
  });

  for (const revision of ["0", "-1", "1.5", '"2"', "9007199254740992"]) {
    it(`is ${revision} for a revision`, () => {
      expect(findingsIn(cacheWith("key: c", "value: string", `revision: ${revision}`))).toMatchObject([
        { at: "10:15", text: revision, code: "C1008" },
      ]);
    });
  }

  it("is a list for a key of a mapping", () => {
    expect(findingsIn(`? [a]\n: 1\n${cacheWith("key: c", "value: string")}`)).toEqual([
      {
        at: "1:3",
        text: "[a]",
        code: "C1008",
        message: "a key must be a name",
        hint: "Put it in quotes if it begins with { or [",
      },
    ]);
  });
});

describe("the version", () => {
  it("must be known", () => {
    expect(findingsIn(cacheWith("key: c", "value: string").replace("version: 1", "version: 2"))).toEqual([
      {
        at: "1:10",
        text: "2",
        code: "C1009",
        message: "version 2 is not known; this cachetory knows version 1",
        hint: "Write version: 1, or install a newer cachetory",
      },
    ]);
  });

  it("is a number", () => {
    expect(findingsIn(cacheWith("key: c", "value: string").replace("version: 1", 'version: "1"'))).toMatchObject([
      { at: "1:10", code: "C1009", hint: "Write it without quotes: version: 1" },
    ]);
  });
});
