import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { main } from "../../../generator/src/cli/main.ts";
import type { Host } from "../../../generator/src/host.ts";
import { withListItem } from "../../../generator/src/write/json-list.ts";
import { memoryHost } from "../generate/memory-host.ts";
import { MemoryFiles } from "../write/memory-files.ts";

interface Ran {
  readonly code: number;
  readonly stderr: string;
  readonly texts: Readonly<Record<string, string>>;
}

async function init(files: Readonly<Record<string, string>>, cwd = "/app"): Promise<Ran> {
  const disk = new MemoryFiles({ "/app/.git/HEAD": "", ...files });
  disk.makeFolder(cwd);
  let printed = "";
  const stderr: Host["stderr"] = {
    isTerminal: false,
    write: (text) => {
      printed += text;
    },
  };
  const code = await main(["init", "--vscode"], { ...memoryHost(disk), cwd, stderr });
  return { code, stderr: printed, texts: disk.texts() };
}

const settings = "/app/.vscode/extensions.json";

describe("init --vscode", () => {
  it("writes the recommendation beside the YAML file", async () => {
    const { code, stderr, texts } = await init({});
    expect(code).toBe(0);
    expect(stderr).toBe(
      "Wrote cachetory.yaml. Edit it, then run: npx cachetory generate\n" +
        "Wrote .vscode/extensions.json, which recommends redhat.vscode-yaml.\n",
    );
    expect(JSON.parse(texts[settings] ?? "")).toEqual({ recommendations: ["redhat.vscode-yaml"] });
    expect(texts["/app/cachetory.yaml"]).toContain("# yaml-language-server: $schema=");
  });

  it("leaves a YAML file that is there alone", async () => {
    const { code, stderr, texts } = await init({ "/app/cachetory.yaml": "mine" });
    expect([code, texts["/app/cachetory.yaml"]]).toEqual([0, "mine"]);
    expect(stderr).toContain("cachetory.yaml is there already; it was not touched.\nWrote .vscode/extensions.json");
  });

  it("writes where the editor looks: at the top of the repository, or where its settings are", async () => {
    expect(Object.keys((await init({}, "/app/packages/shop")).texts)).toContain(settings);
    const { texts } = await init({ "/app/packages/.vscode/settings.json": "{}" }, "/app/packages/shop");
    expect(Object.keys(texts)).toContain("/app/packages/.vscode/extensions.json");
    expect(Object.keys(texts)).not.toContain(settings);
  });

  it("says where there is nothing to do, and overrules nobody", async () => {
    const there = await init({ [settings]: '{ "recommendations": ["redhat.vscode-yaml"] }' });
    expect(there.stderr).toContain(".vscode/extensions.json recommends redhat.vscode-yaml already.");
    const unwanted = '{ "unwantedRecommendations": ["redhat.vscode-yaml"] }';
    const { code, stderr, texts } = await init({ [settings]: unwanted });
    expect([code, texts[settings]]).toEqual([0, unwanted]);
    expect(stderr).toContain("does not want redhat.vscode-yaml recommended; it was not touched.");
  });

  it("touches nothing where the file is no JSON", async () => {
    for (const text of ["{ recommendations: [] }", "[]", '{ "recommendations": "x" }', "no"]) {
      const { code, stderr, texts } = await init({ [settings]: text });
      expect([code, texts[settings], texts["/app/cachetory.yaml"]]).toEqual([1, text, undefined]);
      expect(stderr).toContain("error C3009 .vscode/extensions.json is no JSON with a list of recommendations");
    }
  });

  it("touches nothing where the file is a folder", async () => {
    const { code, stderr, texts } = await init({ [`${settings}/readme.md`]: "" });
    expect([code, Object.keys(texts)]).toEqual([1, ["/app/.git/HEAD", `${settings}/readme.md`]]);
    expect(stderr).toContain("error C3009 .vscode/extensions.json is a folder; it was not touched");
  });
});

describe("an item is added to a list", () => {
  const cases: readonly (readonly [before: string, after: string])[] = [
    ["", '{\n  "list": [\n    "new"\n  ]\n}\n'],
    [" \r\n", '{\r\n  "list": [\r\n    "new"\r\n  ]\r\n}\r\n'],
    ["// Ours\n", '// Ours\n{\n  "list": [\n    "new"\n  ]\n}\n'],
    ["{}", '{\n  "list": ["new"]\n}'],
    ["{\n}\n", '{\n  "list": ["new"]\n\n}\n'],
    ['{\r\n  "a": 1\r\n}', '{\r\n  "list": ["new"],\r\n  "a": 1\r\n}'],
    ['{ "a": 1 }', '{\n  "list": ["new"], "a": 1 }'],
    ['{ "list": [] }', '{ "list": ["new"] }'],
    ['{ "list": ["a"] }', '{ "list": ["a", "new"] }'],
    ['{ "list": ["a",] }', '{ "list": ["a", "new",] }'],
    [
      '{\r\n  // Ours\r\n  "list": [\r\n    "a", // not "list": [\r\n    "b" /* ] */\r\n  ]\r\n}\r\n',
      '{\r\n  // Ours\r\n  "list": [\r\n    "a", // not "list": [\r\n    "b",\r\n    "new" /* ] */\r\n  ]\r\n}\r\n',
    ],
    ['{ "b": { "list": ["x"] }, "list": ["a"] }', '{ "b": { "list": ["x"] }, "list": ["a", "new"] }'],
    ['{ "b": ["list", ["x"]], "list": ["]"] }', '{ "b": ["list", ["x"]], "list": ["]", "new"] }'],
  ];
  for (const [before, after] of cases) {
    it(`of ${JSON.stringify(before)}`, () => {
      expect(withListItem(before, "list", "new")).toEqual({ kind: "changed", text: after });
    });
  }

  it("and nothing else changes, whatever else is there", () => {
    const value = fc.jsonValue({ maxDepth: 2 });
    const object = fc
      .dictionary(fc.string(), value)
      .chain((others) => fc.option(fc.array(value)).map((list) => (list === null ? others : { ...others, list })));
    fc.assert(
      fc.property(object, fc.constantFrom(undefined, 2), (before, indent) => {
        fc.pre(!Array.isArray(before["list"]) || !before["list"].includes("new"));
        fc.pre(before["list"] === undefined || Array.isArray(before["list"]));
        const edit = withListItem(JSON.stringify(before, null, indent), "list", "new");
        if (edit.kind !== "changed") throw new Error(edit.kind);
        const list = [...((before["list"] as unknown[] | undefined) ?? []), "new"];
        expect(JSON.parse(edit.text)).toEqual(JSON.parse(JSON.stringify({ ...before, list })));
      }),
    );
  });
});
