import { describe, expect, it } from "vitest";
import { readDeclarations } from "../../../generator/src/read/read-declarations.ts";
import { readOnlyFiles } from "./memory-files.ts";
import { cacheWith, declarationsOf, findingsIn, yamlPath } from "./read-text.ts";

const valid = cacheWith("key: c", "value: string");

describe("the file", () => {
  it("may begin with a byte order mark, which places do not count", () => {
    expect(declarationsOf(`\ufeff${valid}`).caches).toHaveLength(1);
    expect(findingsIn("\ufeffversion: 1\noutput: a\nbackends: { l: memory:// }\ncachess: {}\n")[0]?.at).toBe("1:1");
  });

  it("may have the line breaks of Windows", () => {
    expect(declarationsOf(valid.replaceAll("\n", "\r\n"))).toMatchObject({ caches: [{ name: "c" }] });
    const broken = cacheWith("key: c", "value: string", "tll: 1s").replaceAll("\n", "\r\n");
    expect(findingsIn(broken)).toMatchObject([{ code: "C1006", at: "10:5", text: "tll" }]);
  });

  it("may not be missing", () => {
    expect(readDeclarations("/x/cachetory.yaml", readOnlyFiles({})).diagnostics).toEqual([
      {
        code: "C1001",
        severity: "error",
        message: "there is no file /x/cachetory.yaml",
        hint: "Run npx cachetory init to write one, or name the file with -c",
      },
    ]);
  });

  it("may not be a folder", () => {
    const files = { ...readOnlyFiles({}), kind: () => "folder" as const };
    expect(readDeclarations("/x", files).diagnostics).toMatchObject([
      { code: "C1001", message: "/x is a folder, not a file", hint: "Name the YAML file itself with -c" },
    ]);
  });

  it("may not be unreadable", () => {
    const files = {
      ...readOnlyFiles({ "/x": "" }),
      read: () => {
        throw new Error("EACCES: permission denied");
      },
    };
    expect(readDeclarations("/x", files).diagnostics).toMatchObject([
      { code: "C1001", message: "cannot read /x: EACCES: permission denied", hint: "Check that you may read it" },
    ]);
  });

  it("must be UTF-8", () => {
    const files = readOnlyFiles({ [yamlPath]: Uint8Array.of(0x61, 0xff, 0xfe) });
    expect(readDeclarations(yamlPath, files).diagnostics).toMatchObject([
      { code: "C1001", message: `${yamlPath} is not UTF-8 text`, hint: "Save it with the encoding UTF-8" },
    ]);
  });

  for (const [name, text] of Object.entries({
    nothing: "",
    comments: "# later\n",
    "a document start": "---\n",
    null: "null",
  })) {
    it(`is explained where it holds ${name} alone`, () => {
      expect(findingsIn(text)).toEqual([
        {
          at: "1:1",
          text: "",
          code: "C1003",
          message: "the file declares nothing",
          hint: "Run npx cachetory init for a file to begin with, or write: version: 1, output: src/caches, backends: { local: memory:// }, caches: { … }",
        },
      ]);
    });
  }

  it("may not hold several documents", () => {
    expect(findingsIn(`${valid}---\nversion: 1\n`)).toEqual([
      {
        at: "10:1",
        text: "---",
        code: "C1004",
        message: "the file holds several YAML documents",
        hint: "Keep one document, without a --- between parts",
      },
    ]);
  });

  it("must be a mapping", () => {
    expect(findingsIn("- 1\n")).toEqual([
      { at: "1:1", text: "- 1\n", code: "C1008", message: "the file must be a mapping, not a list", hint: undefined },
    ]);
  });

  it("may not be nested without end", () => {
    expect(findingsIn("[".repeat(100_000))).toMatchObject([
      { at: "1:1", code: "C1002", message: "the file is nested too deeply", hint: "Flatten it" },
    ]);
  });
});

describe("YAML syntax", () => {
  it("is checked, with the parser's words", () => {
    expect(findingsIn('version: "1\n')).toEqual([
      {
        at: "2:1",
        text: "",
        code: "C1002",
        message: 'missing closing "quote',
        hint: "Check the indentation, and the quotes and brackets before this place",
      },
    ]);
  });

  it("allows no tabs for indentation", () => {
    expect(findingsIn("caches:\n\tc: {}\n")).toMatchObject([
      { at: "2:1", code: "C1002", hint: "Indent with spaces: YAML allows no tabs there" },
    ]);
  });

  it("wants quotes around text that ends in a colon", () => {
    expect(findingsIn("prefix: shop:\n")).toMatchObject([
      { code: "C1002", hint: 'Put text that ends in a colon in quotes: prefix: "shop:"' },
    ]);
  });

  it("wants quotes around a key pattern that begins with a brace", () => {
    expect(findingsIn(cacheWith("key: {id}:name", "value: string"))).toMatchObject([
      { code: "C1002", hint: 'Put a pattern that begins with { in quotes: key: "{id}:name"' },
    ]);
  });

  it("wants quotes around braces inside of braces", () => {
    expect(findingsIn("backends: { shared: ${REDIS_URL} }\n")[0]).toMatchObject({
      code: "C1002",
      hint: "Inside of { } put text that holds braces in quotes",
    });
  });

  it("knows no tags", () => {
    expect(findingsIn("version: !env VERSION\n")).toMatchObject([
      { at: "1:10", text: "!env", code: "C1002", hint: "Tags such as !name are not known here; leave it out" },
    ]);
  });

  it("shows all mistakes of a file", () => {
    expect(findingsIn("a: !x 1\nb: !y 2\n").map(({ at }) => at)).toEqual(["1:4", "2:4"]);
  });
});

describe("a key that is written twice", () => {
  it("is found, with the first one", () => {
    const yaml = cacheWith("key: a", "value: string", "key: b");
    expect(findingsIn(yaml)).toEqual([
      { at: "10:5", text: "key", code: "C1005", message: '"key" is written twice', hint: "Keep one of them" },
    ]);
    const { diagnostics } = readDeclarations(yamlPath, readOnlyFiles({ [yamlPath]: yaml }));
    expect(diagnostics[0]?.related).toMatchObject([
      { message: '"key" is first written here', span: { start: yaml.indexOf("key: a") } },
    ]);
  });

  it("is found among caches, beside the mistakes in them", () => {
    const yaml = `${cacheWith("key: a", "value: string", "tll: 1s")}  c: { key: b, value: string }\n`;
    expect(findingsIn(yaml).map(({ code, at }) => [code, at])).toEqual([
      ["C1006", "10:5"],
      ["C1005", "11:3"],
    ]);
  });

  it("may not be a merge key either", () => {
    const yaml = `x-a: &a { ttl: 1s }\n${cacheWith("<<: *a", "<<: *a", "key: c", "value: string")}`;
    expect(findingsIn(yaml)).toMatchObject([
      { at: "10:5", text: "<<", code: "C1005", hint: "Merge several at once: <<: [*a, *b]" },
    ]);
  });
});

describe("anchors", () => {
  it("stand for what they name", () => {
    const yaml = `x-day: &day 1d\n${cacheWith("key: c", "value: string", "ttl: *day")}`;
    expect(declarationsOf(yaml).caches[0]?.ttl).toEqual({ ms: 86_400_000 });
  });

  it("may be set where they are first used", () => {
    const yaml = `${cacheWith("key: c", "value: string", "ttl: &short 30s")}  d: { key: d, value: string, ttl: *short }\n`;
    expect(declarationsOf(yaml).caches.map(({ ttl }) => ttl)).toEqual([{ ms: 30_000 }, { ms: 30_000 }]);
  });

  it("that are used twice show their mistakes once, where they stand", () => {
    const yaml = `x-a: &a soon\n${cacheWith("key: c", "value: string", "ttl: *a")}  d: { key: d, value: string, ttl: *a }\n`;
    expect(findingsIn(yaml).map(({ at, text }) => [at, text])).toEqual([["1:9", "soon"]]);
  });

  it("that are missing are named", () => {
    expect(findingsIn(`x-a: &short 1s\n${cacheWith("key: c", "value: string", "ttl: *shrt")}`)[0]).toEqual({
      at: "11:10",
      text: "*shrt",
      code: "C1002",
      message: "no anchor &shrt stands above *shrt",
      hint: "Did you mean *short?",
    });
  });

  it("may not hold themselves", () => {
    const found = findingsIn("x-a: &a [ *a ]\n");
    expect(found.filter(({ code }) => code === "C1002")).toEqual([
      {
        at: "1:11",
        text: "*a",
        code: "C1002",
        message: "*a stands inside of what it names",
        hint: "Move the anchor &a elsewhere",
      },
    ]);
  });
});

describe("merge keys", () => {
  const bases = "x-a: &a { ttl: 1s, revision: 2 }\nx-b: &b { ttl: 2s, max-ttl: 9s }\n";

  it("bring what is not written", () => {
    const [cache] = declarationsOf(bases + cacheWith("<<: *a", "key: c", "value: string")).caches;
    expect(cache).toMatchObject({ ttl: { ms: 1_000 }, revision: 2 });
  });

  it("yield to what is written, before or after", () => {
    const [cache] = declarationsOf(bases + cacheWith("ttl: 5s", "<<: *a", "key: c", "value: string")).caches;
    expect(cache).toMatchObject({ ttl: { ms: 5_000 }, revision: 2 });
  });

  it("take a list, of which the first wins", () => {
    const [cache] = declarationsOf(bases + cacheWith("<<: [*a, *b]", "key: c", "value: string")).caches;
    expect(cache).toMatchObject({ ttl: { ms: 1_000 }, maxTtl: { ms: 9_000 }, revision: 2 });
  });

  it("take mappings alone", () => {
    expect(findingsIn(cacheWith("<<: 5", "key: c", "value: string"))).toEqual([
      {
        at: "8:5",
        text: "<<",
        code: "C1008",
        message: "<< must be followed by a mapping, or a list of mappings",
        hint: "Write <<: *name",
      },
    ]);
  });

  it("are plain names in quotes", () => {
    expect(findingsIn(cacheWith('"<<": 5', "key: c", "value: string"))).toMatchObject([
      { code: "C1006", message: 'unknown property "<<" in cache "c"' },
    ]);
  });
});
