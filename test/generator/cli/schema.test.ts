import { describe, expect, it, vi } from "vitest";
import { main } from "../../../generator/src/cli/main.ts";
import { installedRuntime, memoryHost } from "../generate/memory-host.ts";
import { MemoryFiles } from "../write/memory-files.ts";

// The compiler may be loaded here for the first time.
vi.setConfig({ testTimeout: 60_000 });

const files = new MemoryFiles({
  ...installedRuntime,
  "/app/tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "types": [] } }',
  "/app/src/models.ts": `export interface Node { label?: string; children: Node[]; of: Owner; by: Owner | null; size: 1 | 2 | null }
interface Owner { id: \`u\${number}\`; data: unknown }
export interface Rich { at: Date; of: Map<string, bigint>; more: { at: Date } }
export type Tail = [...string[], number];
`,
  "/app/cachetory.yaml": `version: 1
output: src/caches
backends: { local: memory:// }
defaults: { backend: local, ttl: 1h, serializer: v8 }
caches:
  tree: { key: tree, value: ./src/models.ts#Node, description: "  What the page shows.  " }
  rich: { key: rich, value: ./src/models.ts#Rich }
  tail: { key: tail, value: ./src/models.ts#Tail }
  picture: { key: picture, value: bytes, serializer: bytes }
  anything: { key: anything, value: unknown }
  count: { key: count, value: number }
  profile: { key: profile, value: { schema: ./profile.json } }
`,
  "/app/profile.json": JSON.stringify({
    title: "A profile",
    description: "Of a user.",
    type: "object",
    additionalProperties: false,
    required: ["age"],
    properties: {
      age: { type: "integer", description: "In years.", examples: [7] },
      tags: { type: "array", prefixItems: [{ const: "a" }], items: { enum: ["b", null] }, minItems: 1 },
      never: false,
      __proto__named: { $ref: "#/$defs/used", deprecated: true },
    },
    $defs: { used: { type: ["string", "null"] } },
  }),
});

async function schema(...argv: readonly string[]): Promise<readonly [code: number, stdout: string, stderr: string]> {
  const printed = { stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr"): { write(text: string): void; isTerminal: boolean } => ({
    isTerminal: false,
    write: (text) => {
      printed[name] += text;
    },
  });
  const host = { ...memoryHost(files), stdout: output("stdout"), stderr: output("stderr") };
  const code = await main(["schema", ...argv], host);
  return [code, printed.stdout, printed.stderr];
}

async function documentOf(cache: string): Promise<unknown> {
  const [code, stdout, stderr] = await schema(cache);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
}

const dialect = "https://json-schema.org/draft/2020-12/schema";

describe("cachetory schema", () => {
  it("prints types of TypeScript, with a name for what is met twice", async () => {
    expect(await documentOf("tree")).toEqual({
      $schema: dialect,
      title: "tree",
      description: "What the page shows.",
      type: "object",
      properties: {
        by: { anyOf: [{ type: "null" }, { $ref: "#/$defs/Owner" }] },
        children: { type: "array", items: { $ref: "#" } },
        label: { type: "string" },
        of: { $ref: "#/$defs/Owner" },
        size: { enum: [1, 2, null] },
      },
      required: ["by", "children", "of", "size"],
      $defs: {
        Owner: {
          type: "object",
          properties: { data: true, id: { type: "string", pattern: expect.stringMatching(/^\^u\(\?:.*\)\$$/) } },
          required: ["id"],
        },
      },
    });
  });

  it("prints a JSON Schema with all that it says for people", async () => {
    expect(await documentOf("profile")).toEqual({
      $schema: dialect,
      title: "A profile",
      description: "Of a user.",
      type: "object",
      properties: {
        __proto__named: { deprecated: true, type: ["string", "null"] },
        age: { description: "In years.", examples: [7], type: "integer" },
        never: false,
        tags: { type: "array", prefixItems: [{ const: "a" }], items: { enum: ["b", null] }, minItems: 1 },
      },
      required: ["age"],
      additionalProperties: false,
    });
  });

  it("prints the smallest ones", async () => {
    expect(await documentOf("anything")).toEqual({ $schema: dialect, title: "anything" });
    expect(await documentOf("count")).toEqual({ $schema: dialect, title: "count", type: "number" });
  });

  it("refuses what JSON cannot say, with each kind and where it is declared", async () => {
    const [code, stdout, stderr] = await schema("rich");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain('cachetory.yaml:7:29 error C1018 "Rich.at" is a Date, which no JSON says');
    expect(stderr).toContain("Declare it as a string for a JSON Schema of the type");
    expect(stderr).toContain('"Rich.more.at" is one too');
    expect(stderr).toContain('"Rich.of" is a Map, which no JSON says');
    expect((await schema("tail"))[2]).toContain('C1018 "Tail" has elements after a rest, which no JSON Schema says');
    expect((await schema("picture"))[2]).toContain('C1018 cache "picture" holds bytes, which are no JSON');
  });

  it("knows the caches that are declared, and no others", async () => {
    const [code, stdout, stderr] = await schema("tre");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain('error C1016 no cache is called "tre"');
    expect(stderr).toContain('Did you mean "tree"?');
    expect((await schema())[0]).toBe(2);
  });
});
