import { describe, expect, it } from "vitest";
import { positionOf } from "../../../generator/src/cli/report/source-texts.ts";
import type { FileSystem } from "../../../generator/src/host.ts";
import { readDeclarations } from "../../../generator/src/read/read-declarations.ts";
import { readOnlyFiles } from "./memory-files.ts";

const main = "/project/cachetory.yaml";

/** The first file, with `include` in its third line. */
function including(...files: readonly string[]): string {
  return `version: 1\noutput: src/caches\ninclude: ${JSON.stringify(files)}\nbackends: { local: memory:// }\n`;
}

function cacheFile(name: string, ...lines: readonly string[]): string {
  return [
    "version: 1",
    ...lines,
    `caches: { ${name}: { key: "${name}:{id}", value: string, backend: local, ttl: 1h } }`,
    "",
  ].join("\n");
}

/** Each finding as `file:line:column code message`. */
function findings(texts: Readonly<Record<string, string>>, files: FileSystem = readOnlyFiles(texts)): string[] {
  return readDeclarations(main, files).diagnostics.map(({ code, span, message }) => {
    const { line, column } = positionOf(texts[span?.file ?? ""] ?? "", span?.start ?? 0);
    return `${span?.file.replace("/project/", "")}:${line}:${column} ${code} ${message}`;
  });
}

describe("include", () => {
  it("takes caches and backends of other files, by paths from the file that names them", () => {
    const files = readOnlyFiles({
      [main]: including("teams/users.yaml"),
      "/project/teams/users.yaml": cacheFile("user", "include: [../../shared/pages.yaml]"),
      "/shared/pages.yaml": cacheFile("page").replace("version: 1", "version: 1\nbackends: { pages: memory:// }"),
    });
    const { declarations, diagnostics } = readDeclarations(main, files);
    expect(diagnostics).toEqual([]);
    expect(declarations).toMatchObject({
      file: main,
      included: ["/project/teams/users.yaml", "/shared/pages.yaml"],
      output: "/project/src/caches",
      backends: [{ name: "local" }, { name: "pages" }],
      caches: [{ name: "page" }, { name: "user", nameSpan: { file: "/project/teams/users.yaml" } }],
    });
  });

  it("applies the defaults of a file to its own caches alone", () => {
    const texts = {
      [main]: `${including("a.yaml")}defaults: { backend: local, ttl: 1h }\ncaches: { one: { key: one, value: string } }\n`,
      "/project/a.yaml":
        "version: 1\ndefaults: { ttl: 5m }\ncaches: { two: { key: two, value: string, backend: local } }\n",
    };
    const { declarations } = readDeclarations(main, readOnlyFiles(texts));
    expect(declarations?.caches).toMatchObject([
      { name: "one", ttl: { ms: 3_600_000 } },
      { name: "two", ttl: { ms: 300_000 } },
    ]);
    const without = { ...texts, "/project/a.yaml": "version: 1\ncaches: { two: { key: two, value: string } }\n" };
    expect(findings(without)).toEqual([
      'a.yaml:2:11 C1007 cache "two" has no "backend", and "defaults" has none',
      'a.yaml:2:11 C1007 cache "two" has no "ttl", and "defaults" has none',
    ]);
  });

  it("reads a file once that several include", () => {
    const texts = {
      [main]: including("a.yaml", "b.yaml", "a.yaml"),
      "/project/a.yaml": cacheFile("one", "include: [c.yaml]"),
      "/project/b.yaml": cacheFile("two", "include: [./c.yaml]"),
      "/project/c.yaml": cacheFile("three"),
    };
    expect(findings(texts)).toEqual([]);
    expect(readDeclarations(main, readOnlyFiles(texts)).declarations?.included).toEqual([
      "/project/a.yaml",
      "/project/c.yaml",
      "/project/b.yaml",
    ]);
  });

  it("finds names that two files declare, and shows both places", () => {
    const texts = { [main]: including("a.yaml", "b.yaml"), "/project/a.yaml": "", "/project/b.yaml": "" };
    texts["/project/a.yaml"] = cacheFile("one");
    texts["/project/b.yaml"] = cacheFile("one", "backends: { local: dummy:// }").replace("one:{id}", "two:{id}");
    expect(findings(texts)).toEqual([
      'b.yaml:2:13 C1302 backend "local" is declared twice',
      'b.yaml:3:11 C1302 cache "one" is declared twice',
    ]);
    const { diagnostics } = readDeclarations(main, readOnlyFiles(texts));
    expect(diagnostics.map(({ related }) => related?.[0]?.span.file)).toEqual([main, "/project/a.yaml"]);
  });

  it("memoizes functions of any file through caches of any other", () => {
    const texts = {
      [main]: including("a.yaml", "b/b.yaml"),
      "/project/a.yaml": cacheFile("one", "memoize: { load: { function: ./a.ts#load, cache: two } }"),
      "/project/b/b.yaml": cacheFile(
        "two",
        "defaults: { backend: local, ttl: 5m }",
        "memoize: { find: { function: ./b.ts#find } }",
      ),
    };
    expect(findings(texts)).toEqual([]);
    expect(readDeclarations(main, readOnlyFiles(texts)).declarations?.memoized).toMatchObject([
      { name: "find", functionSpan: { file: "/project/b/b.yaml" }, cache: { name: "findCache", ttl: { ms: 300_000 } } },
      { name: "load", functionSpan: { file: "/project/a.yaml" }, cache: { name: "two" } },
    ]);
  });

  it("finds functions that two files memoize under one name, each once", () => {
    const memoize = "memoize: { load: { function: ./a.ts#load, backend: local, ttl: 1h } }";
    const texts = {
      [main]: including("a.yaml", "b.yaml"),
      "/project/a.yaml": cacheFile("one", memoize),
      "/project/b.yaml": cacheFile("two", memoize),
    };
    expect(findings(texts)).toEqual(['b.yaml:2:12 C1302 memoized function "load" is declared twice']);
  });

  it("finds keys that meet over files", () => {
    const texts = {
      [main]: including("a.yaml", "b.yaml"),
      "/project/a.yaml": cacheFile("one").replace("one:{id}", "same:{id}"),
      "/project/b.yaml": cacheFile("two").replace("two:{id}", "same:{id}"),
    };
    expect(findings(texts)).toEqual([
      expect.stringMatching(/^b\.yaml:2:23 C1204 keys of cache "two" meet keys of cache "one": /),
    ]);
  });

  it("leaves the output to the file that includes", () => {
    const texts = { [main]: including("a.yaml"), "/project/a.yaml": cacheFile("one", "output: gen") };
    expect(findings(texts)).toEqual(['a.yaml:2:1 C1015 "output" is for the file that includes this one to say']);
    const text = "version: 1\ninclude: [b.yaml]\n";
    expect(findings({ [main]: text, "/project/b.yaml": "version: 1\n" })).toEqual([
      'cachetory.yaml:1:1 C1007 the file has no "output"',
      'cachetory.yaml:1:1 C1007 the file has no "backends", and no file that it includes has any',
      'cachetory.yaml:1:1 C1007 the file has no "caches", and no file that it includes has any',
    ]);
  });
});

describe("an include that leads nowhere", () => {
  it("is found where it stands, in whichever file", () => {
    const texts = { [main]: including("a.yaml"), "/project/a.yaml": cacheFile("one", "include: [gone.yaml]") };
    expect(findings(texts)).toEqual([
      'a.yaml:2:11 C1013 "gone.yaml" cannot be included: there is no file /project/gone.yaml',
    ]);
  });

  it("hides what a missing file may make up for, and no other mistake of the YAML", () => {
    const texts = {
      [main]: including("gone.yaml", "a.yaml").replace("backends: { local: memory:// }\n", ""),
      "/project/a.yaml": `${cacheFile("one")}cache: {}\n`,
    };
    expect(findings(texts)).toEqual([
      'cachetory.yaml:3:11 C1013 "gone.yaml" cannot be included: there is no file /project/gone.yaml',
      'a.yaml:3:1 C1006 unknown property "cache"',
    ]);
  });

  it("is also a folder, and what is not UTF-8", () => {
    const texts = { [main]: including("folder", "bytes.yaml") };
    const files: FileSystem = {
      ...readOnlyFiles({ ...texts, "/project/bytes.yaml": new Uint8Array([0xff]) }),
      kind: (path) => (path === "/project/folder" ? "folder" : "file"),
    };
    expect(findings(texts, files)).toEqual([
      'cachetory.yaml:3:11 C1013 "folder" cannot be included: /project/folder is a folder, not a file',
      'cachetory.yaml:3:20 C1013 "bytes.yaml" cannot be included: /project/bytes.yaml is not UTF-8 text',
    ]);
  });

  const refused: readonly (readonly [written: string, message: string])[] = [
    ["", 'a file to include is ""'],
    ["/etc/caches.yaml", '"/etc/caches.yaml" is no path relative to this file'],
    ["C:/caches.yaml", '"C:/caches.yaml" is no path relative to this file'],
    ["https://acme.example/a.yaml", '"https://acme.example/a.yaml" is no path relative to this file'],
    ["caches\\a.yaml", '"caches\\a.yaml" is written with \\'],
    ["caches/*.yaml", '"caches/*.yaml" is a pattern, which include does not know'],
    ["a\u0000b", "the name of a file to include holds a control character"],
  ];
  for (const [written, message] of refused) {
    it(`is refused by its form: ${JSON.stringify(written)}`, () => {
      expect(findings({ [main]: including(written) })).toEqual([`cachetory.yaml:3:11 C1013 ${message}`]);
    });
  }

  it("is no text, no list, or an empty list", () => {
    const withInclude = (written: string): readonly string[] =>
      findings({
        [main]: `${including("a").replace('["a"]', written)}${cacheFile("one").slice("version: 1\n".length)}`,
      });
    expect(withInclude("a.yaml")).toEqual([
      'cachetory.yaml:3:10 C1008 "include" must be a list, not the text "a.yaml"',
    ]);
    expect(withInclude("[5]")).toEqual(["cachetory.yaml:3:11 C1008 a file to include must be text, not the number 5"]);
    expect(withInclude("[]")).toEqual(['cachetory.yaml:3:10 C1007 "include" names nothing']);
  });
});

describe("files that include each other", () => {
  it("are found where the circle closes", () => {
    const texts = {
      [main]: including("a.yaml"),
      "/project/a.yaml": cacheFile("one", "include: [b/b.yaml]"),
      "/project/b/b.yaml": cacheFile("two", "include: [../a.yaml]"),
    };
    expect(findings(texts)).toEqual(['b/b.yaml:2:11 C1014 "../a.yaml" includes this file, which includes it again']);
    const [diagnostic] = readDeclarations(main, readOnlyFiles(texts)).diagnostics;
    expect(diagnostic?.related).toMatchObject([
      { message: '"b/b.yaml" is included here', span: { file: "/project/a.yaml" } },
    ]);
  });

  it("are also one that includes itself", () => {
    expect(findings({ [main]: including("./cachetory.yaml") })).toEqual([
      "cachetory.yaml:3:11 C1014 the file includes itself",
    ]);
  });

  it("are the same file by whatever link they are reached", () => {
    const texts = { [main]: including("loop/cachetory.yaml") };
    const files: FileSystem = {
      ...readOnlyFiles({ ...texts, "/project/loop/cachetory.yaml": texts[main] ?? "" }),
      realPath: (path) => path.replaceAll("/loop", ""),
    };
    expect(findings(texts, files)).toEqual(["cachetory.yaml:3:11 C1014 the file includes itself"]);
  });
});

describe("what to do about a file that another one names", () => {
  const hints = (other: string, content: string | Uint8Array): readonly (string | undefined)[] => {
    const schema = cacheFile("one", "output: src/caches", "backends: { local: memory:// }").replace(
      "value: string",
      "value: { schema: ./other.json }",
    );
    const yaml = other === "other.json" ? schema : including(other);
    const files = readOnlyFiles({ [main]: yaml, [`/project/${other}`]: content });
    return readDeclarations(main, files).diagnostics.map(({ code, hint }) => `${code} ${hint}`);
  };

  it("is to save it otherwise, where it is there and no text", () => {
    const bytes = new Uint8Array([0xff]);
    expect(hints("other.yaml", bytes)).toEqual(["C1013 Save it with the encoding UTF-8"]);
    expect(hints("other.json", bytes)).toEqual(["C1805 Save it with the encoding UTF-8"]);
  });

  it("is to fill it, where it is empty, with what belongs there", () => {
    expect(hints("other.yaml", "# later\n")).toEqual([
      'C1003 Write version: 1 and what it is to declare, or take it out of "include"',
    ]);
    expect(hints("other.json", "")).toEqual(['C1003 Write the JSON Schema into it, such as { "type": "object" }']);
  });
});

it("a file that is too large is not parsed, and one that is nested too deep is not read", () => {
  const large = new Uint8Array(16 * 1024 * 1024 + 1).fill(0x23);
  const [found] = readDeclarations(main, readOnlyFiles({ [main]: large })).diagnostics;
  expect(found).toMatchObject({ code: "C1001", message: `${main} has 16777217 bytes, and may have 16777216` });

  const texts: Record<string, string> = { [main]: including("f1.yaml") };
  for (let index = 1; index <= 102; index++) {
    texts[`/project/f${index}.yaml`] = cacheFile(
      `c${index}`,
      ...(index < 102 ? [`include: [f${index + 1}.yaml]`] : []),
    );
  }
  expect(findings(texts)).toEqual([
    'f100.yaml:2:11 C1013 "f101.yaml" cannot be included: 100 files include one another before it',
  ]);
});
