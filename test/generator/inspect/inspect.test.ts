import { describe, expect, it, vi } from "vitest";
import { main } from "../../../generator/src/cli/main.ts";
import { installedRuntime, memoryHost } from "../generate/memory-host.ts";
import { MemoryFiles } from "../write/memory-files.ts";

// The compiler may be loaded here for the first time.
vi.setConfig({ testTimeout: 60_000 });

const files = new MemoryFiles({
  ...installedRuntime,
  "/app/tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "types": [] } }',
  "/app/src/models.ts": `export interface Node { readonly label?: string; children: Node[]; "a-b": [1, ("x" | null)?] }
export type Page<Item> = { items: Map<string, Item>; by: \`u\${number}\`; seen: ReadonlySet<Date> } | null;
`,
  "/app/teams/users.ts": 'export const greet = (id: number, language: "en" | "nl"): string => `${language} ${id}`;\n',
  "/app/teams/users.yaml": `version: 1
memoize:
  greet: { function: ./users.ts#greet, backend: local, ttl: 1h }
`,
  "/app/cachetory.yaml": `version: 1
output: src/caches
include: [more.yaml, teams/users.yaml]
backends:
  shared: { url: "redis://app:s3cret@\${HOST}", development: memory://, prefix: "app:" }
  local: memory://
defaults: { backend: shared, ttl: 10m, max-ttl: 1d, serializer: v8+zlib, offload: 64kb }
caches:
  tree:
    description: |
      What the page
      shows.
    key: tree:{id:int}:{lang:en|nl}
    value: ./src/models.ts#Node
    revision: 2
  page: { key: "page:{id}", value: ./src/models.ts#Page<Node>, ttl: forever, max-ttl: forever }
`,
  "/app/more.yaml": `version: 1
caches:
  picture: { key: "picture:{name}", value: bytes, backend: local, ttl: 1h, mode: sync }
  every:
    key: "{a:number}:{b:bigint}:{c:bool}:{d:uuid}:{e:date}:{f:hash}"
    value: string
    backend: local
    ttl: 1h
  none: { key: none, value: string, backend: local, ttl: 1h, serializer: json, validate: false }
`,
});

interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function inspect(...argv: readonly string[]): Promise<Printed> {
  const printed = { stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr"): { write(text: string): void; isTerminal: boolean } => ({
    isTerminal: false,
    write: (text) => {
      printed[name] += text;
    },
  });
  const host = { ...memoryHost(files), stdout: output("stdout"), stderr: output("stderr") };
  return { code: await main(["inspect", ...argv], host), ...printed };
}

async function keyOf(cache: string, parameters: object): Promise<unknown> {
  const { stdout } = await inspect(cache, "--json", "--key", JSON.stringify(parameters));
  return JSON.parse(stdout).key.text;
}

describe("inspect", () => {
  it("shows people what holds for a cache, defaults applied, and no password", async () => {
    const { code, stdout, stderr } = await inspect("tree", "--key", '{ "id": 7, "lang": "nl" }');
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.replace(/\b[0-9a-f]{32}$/m, "…")).toBe(`tree
  about        What the page shows.
  declared     cachetory.yaml
  pattern      tree:{id:int}:{lang:en|nl}
  prefix       app:
  revision     2
  key          app:tree:7:nl~r2
  type         Node of src/models.ts
  holds        { "a-b": [1, ("x" | null)?]; children: ^Node[]; label?: string }
  fingerprint  …
  serializer   v8, then zlib
  ttl          10 m, by call up to 1 d
  backend      shared: redis://app:***@\${HOST}
  development  memory://
  mode         async
  offload      from 65536 bytes on
`);
  });

  it("gives programs the same as data", async () => {
    const { code, stdout } = await inspect("picture", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      name: "picture",
      file: "more.yaml",
      key: { pattern: "picture:{name}", parameters: { name: "string" } },
      value: { type: "Uint8Array", shape: "Uint8Array" },
      serializer: ["bytes"],
      ttlMs: 3_600_000,
      maxTtlMs: 3_600_000,
      backend: { name: "local", url: "memory://" },
      mode: "sync",
    });
  });

  it("says where entries are not checked", async () => {
    expect((await inspect("none")).stdout).toMatch(/^ {2}validation {3}none$/m);
    expect(JSON.parse((await inspect("none", "--json")).stdout)).toMatchObject({ validate: false });
    expect((await inspect("every")).stdout).not.toContain("validation");
  });

  it("shows a cache that is made for a function as any other", async () => {
    const { code, stdout } = await inspect("greetCache", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      file: "teams/users.yaml",
      key: { pattern: "greet:{id:number}:{language:en|nl}", parameters: { id: "number", language: "en|nl" } },
      value: { from: "teams/users.ts", shape: "string" },
    });
  });

  it("shows all that a type is made of", async () => {
    const { stdout } = await inspect("page", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      ttlMs: "forever",
      value: {
        type: "Page<Node>",
        from: "src/models.ts",
        shape: expect.stringMatching(/\bby: `u\$\{number\}`; items: Map<string, \{ .* \}>; seen: Set<Date> \}/),
      },
    });
  });
});

describe("the key", () => {
  it("is what generated code makes of the parameters", async () => {
    const parameters = {
      a: 0.5,
      b: "12345678901234567890",
      c: true,
      d: "0B5E3A4C-6F1D-4C37-9A52-1F0E8D7C6B5A",
      e: "2026-11-22T18:00:00+01:00",
      f: { tag: "tea", page: [1, null] },
    };
    // Each part is the one that the reference shows.
    const parts = "0.5:12345678901234567890:true:0b5e3a4c-6f1d-4c37-9a52-1f0e8d7c6b5a:2026-11-22T170000.000Z";
    expect(await keyOf("every", parameters)).toBe(`${parts}:54c81f3a09ec4be07897e9920fa98d26`);
    expect(await keyOf("every", { ...parameters, b: -7 })).toContain(":-7:");
    expect(await keyOf("none", {})).toBe("none");
    expect(await keyOf("greetCache", { id: 7, language: "nl" })).toBe("greet:7:nl");
    expect(await keyOf("picture", { name: "a:b {c}" })).toBe("picture:a%3Ab%20%7Bc%7D");
  });

  it("is hashed where it is long", async () => {
    expect(await keyOf("page", { id: "x".repeat(600) })).toMatch(/^app:page:~h[0-9a-f]{40}$/);
  });

  const refused: readonly (readonly [cache: string, json: string, message: string])[] = [
    ["tree", "{ id: 7 }", "the parameters are no JSON"],
    ["tree", "[7]", "the parameters are no JSON object"],
    ["tree", '{ "id": 7 }', 'key parameter tree.lang must be "en" or "nl", but is undefined'],
    ["tree", '{ "id": "7", "lang": "nl" }', "key parameter tree.id must be an integer"],
    ["tree", '{ "id": 7, "lang": "nl", "page": 1 }', 'the key of tree has no parameter "page"; it has id, lang'],
    ["none", '{ "id": 7 }', 'the key of none has no parameter "id"; it has none'],
    ["every", '{ "a": 1, "b": "x" }', "key parameter every.b must be a bigint"],
    [
      "every",
      '{ "a": 1, "b": 1, "c": true, "d": "0b5e3a4c-6f1d-4c37-9a52-1f0e8d7c6b5a", "e": "x" }',
      "every.e must be a valid Date",
    ],
    [
      "every",
      '{ "a": 1, "b": 1, "c": true, "d": "0b5e3a4c-6f1d-4c37-9a52-1f0e8d7c6b5a", "e": "2026-11-22T18:00" }',
      "every.e must be a valid Date",
    ],
    ["every", '{ "a": 1, "b": [7] }', "key parameter every.b must be a bigint"],
  ];
  for (const [cache, json, message] of refused) {
    it(`is none of ${json}`, async () => {
      const { code, stdout, stderr } = await inspect(cache, "--key", json);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(/^error C1017 /);
      expect(stderr).toContain(message);
    });
  }
});

it("an unknown cache is a finding that names the known ones", async () => {
  const { code, stdout, stderr } = await inspect("tre");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain('error C1016 no cache is called "tre"');
  expect(stderr).toContain('Did you mean "tree"? Declared: every, greetCache, none, page, picture, tree');
  expect((await inspect("greet")).stderr).toContain('Did you mean "greetCache", which the function fills?');
});
