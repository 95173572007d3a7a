import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { answersHold } from "../../../generator/src/cache/answers-hold.ts";
import { resolveTypesCached } from "../../../generator/src/cache/resolve-types-cached.ts";
import { generateOutputs } from "../../../generator/src/generate/generate-outputs.ts";
import { WarmRun } from "../../../generator/src/generate/warm-run.ts";
import type { FileSystem } from "../../../generator/src/host.ts";
import type { Resolution } from "../../../generator/src/resolve/resolution.ts";
import { diskFiles } from "./disk-files.ts";
import { TemporaryProject } from "./temporary-project.ts";

const values = ["./src/models.js#Product", "other#Other", "string[]"];

function sampleProject(): TemporaryProject {
  return new TemporaryProject({
    "package.json": { type: "module" },
    "tsconfig.json": { extends: "./base.json" },
    "base.json": { compilerOptions: { module: "nodenext", strict: true } },
    "src/models.d.ts": 'import type { Line } from "./line.js"; export interface Product { line: Line }',
    "src/world.d.ts": "interface World { a: 1 }",
    "src/line.ts": "export interface Line { sku: string }",
    "node_modules/other/package.json": { name: "other", types: "index.d.ts" },
    "node_modules/other/index.d.ts": "export interface Other { a: 1 }",
  });
}

/** Resolves, and says whether the resolver had to be loaded. */
async function resolve(
  project: TemporaryProject,
  wanted: readonly string[] = values,
  files: FileSystem = diskFiles,
): Promise<Resolution & { readonly wasLoaded: boolean }> {
  let wasLoaded = false;
  const resolution = await resolveTypesCached(project.request(wanted), files, () => {
    wasLoaded = true;
    return import("../../../generator/src/resolve/resolve-types.ts");
  });
  return { ...resolution, wasLoaded };
}

function storePath(project: TemporaryProject): string {
  const folder = project.path("node_modules/.cache/cachetory");
  const [name, ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  return join(folder, name ?? "");
}

test("the same question over the same files is answered without the resolver, and alike", async () => {
  using project = sampleProject();
  const first = await resolve(project);
  const second = await resolve(project);
  expect([first.wasLoaded, second.wasLoaded]).toEqual([true, false]);
  expect(first.diagnostics).toEqual([]);
  expect([...first.types.keys()]).toEqual(values);
  expect({ ...second, wasLoaded: true }).toEqual(first);
});

describe("the resolver is asked again after", () => {
  test.each<[string, (project: TemporaryProject) => void]>([
    [
      "a change to the file of a type",
      (project) => project.write("src/models.d.ts", "export interface Product { a: 1 }"),
    ],
    [
      "a change of one letter, with time and size as before",
      (project) => {
        const path = project.path("src/line.ts");
        const time = new Date("2026-01-01T00:00:00Z");
        utimesSync(path, time, time);
        writeFileSync(path, "export interface Line { skv: string }");
        utimesSync(path, time, time);
      },
    ],
    [
      "a file that comes before the one that was found",
      (project) => project.write("src/models.ts", "export interface Product { b: 1 }"),
    ],
    [
      "a change to the tsconfig",
      (project) => project.write("tsconfig.json", { extends: "./base.json", compilerOptions: {} }),
    ],
    [
      "a change to what the tsconfig extends",
      (project) => project.write("base.json", { compilerOptions: { module: "preserve" } }),
    ],
    [
      "an update of a package",
      (project) => project.write("node_modules/other/index.d.ts", "export interface Other { a: 2 }"),
    ],
    [
      "a change to how a package is entered",
      (project) => project.write("node_modules/other/package.json", { name: "other", types: "./index.d.ts" }),
    ],
    [
      "a file that augments a type, in a new folder",
      (project) => project.write("src/more/roles.ts", 'export {}; declare module "other" { interface Other { b: 1 } }'),
    ],
    [
      "another content of a file that is nobody's import",
      (project) => project.write("src/world.d.ts", "interface World { b: 1 }"),
    ],
    ["its end", (project) => project.remove("src/world.d.ts")],
    ["the project becoming CommonJS", (project) => project.write("package.json", { type: "commonjs" })],
  ])("%s", async (_, change) => {
    using project = sampleProject();
    await resolve(project);
    change(project);
    expect((await resolve(project)).wasLoaded).toBe(true);
    expect((await resolve(project)).wasLoaded).toBe(false);
  });

  test.each<[string, (project: TemporaryProject) => void]>([
    ["a file that concerns no type", (project) => project.write("src/other.ts", "export const other = 1;")],
    ["its change", (project) => project.write("src/plain.ts", "export const plain = 2;")],
    ["a folder without files", (project) => project.write("docs/readme.md", "")],
  ])("but not after %s", async (_, change) => {
    using project = sampleProject();
    project.write("src/plain.ts", "export const plain = 1;");
    await resolve(project);
    change(project);
    expect((await resolve(project)).wasLoaded).toBe(false);
  });

  test("a file is gone, and then finds it missing", async () => {
    using project = sampleProject();
    await resolve(project);
    project.remove("src/line.ts");
    const { wasLoaded, diagnostics } = await resolve(project);
    expect([wasLoaded, diagnostics.map(({ code }) => code)]).toEqual([true, ["C2004"]]);
  });

  test("a tsconfig appears nearer to the YAML file", async () => {
    using project = new TemporaryProject({
      "tsconfig.json": { compilerOptions: { module: "nodenext" } },
      "app/node_modules/x/readme.md": "",
    });
    const request = project.request(["string"], "app");
    const kept = await resolveTypesCached(request, diskFiles);
    project.write("app/tsconfig.json", { compilerOptions: { module: "preserve" } });
    const fresh = await resolveTypesCached(request, diskFiles);
    expect([kept.importExtension, fresh.importExtension]).toEqual(["js", "none"]);
  });

  test.each([
    ["another expression", ["./src/models.js#Product[]", "other#Other", "string[]"]],
    ["another module", ["./src/models.d.ts#Product", "other#Other", "string[]"]],
    ["one more type", [...values, "number"]],
    ["one type less", values.slice(1)],
  ])("the request has %s", async (_, changed) => {
    using project = sampleProject();
    await resolve(project);
    expect((await resolve(project, changed)).wasLoaded).toBe(true);
  });
});

describe("the kept resolution holds after", () => {
  test.each<[string, (project: TemporaryProject) => void]>([
    ["a file that no type meets", (project) => project.write("src/unrelated.ts", "export type X = 1;")],
    ["a touch without a change", (project) => utimesSync(project.path("src/models.d.ts"), new Date(0), new Date(0))],
    ["another package", (project) => project.write("node_modules/another/package.json", { name: "another" })],
  ])("%s", async (_, change) => {
    using project = sampleProject();
    await resolve(project);
    change(project);
    expect((await resolve(project)).wasLoaded).toBe(false);
  });
});

describe("a store is ignored that", () => {
  test.each<[string, (text: string) => string]>([
    ["is empty", () => ""],
    ["is cut off", (text) => text.slice(0, -20)],
    ["is no text", () => "\u0000\u0001"],
    ["was changed by hand", (text) => text.replace('"importExtension":"js"', '"importExtension":"ts"')],
    ["is plain JSON of somebody else", () => '{"types":[],"importExtension":"ts","questions":[]}'],
    ["has another seal", (text) => `x${text}`],
  ])("%s", async (_, spoil) => {
    using project = sampleProject();
    const first = await resolve(project);
    const path = storePath(project);
    writeFileSync(path, spoil(readFileSync(path, "utf8")));
    const second = await resolve(project);
    expect(second).toEqual({ ...first, wasLoaded: true });
    expect((await resolve(project)).wasLoaded).toBe(false);
  });

  test("was made for the same expressions under other ids", async () => {
    using project = sampleProject();
    await resolve(project);
    const path = storePath(project);
    const request = project.request(values);
    const other = { ...request, types: request.types.map((type) => ({ ...type, id: `other ${type.id}` })) };
    const before = readFileSync(path, "utf8");
    const resolution = await resolveTypesCached(other, diskFiles);
    expect([...resolution.types.keys()]).toEqual(values.map((value) => `other ${value}`));
    expect(readFileSync(path, "utf8")).not.toBe(before);
  });
});

test("a resolution with findings is not kept", async () => {
  using project = sampleProject();
  await resolve(project, ["string", "Strin"]);
  expect(diskFiles.kind(project.path("node_modules/.cache"))).toBeUndefined();
  expect((await resolve(project, ["string", "Strin"])).diagnostics).toHaveLength(1);
});

test("where there is no node_modules, none is made", async () => {
  using project = new TemporaryProject({ "a.ts": "export type A = 1;" });
  await resolve(project, ["./a.ts#A"]);
  expect(diskFiles.list(project.folder)).toEqual(["a.ts"]);
});

test("a store that cannot be written or read is no error", async () => {
  using project = sampleProject();
  project.write("node_modules/.cache", "a file in the way");
  expect((await resolve(project)).types.size).toBe(3);
  expect((await resolve(project)).wasLoaded).toBe(true);
  const full: FileSystem = {
    ...diskFiles,
    write: () => {
      throw new Error("ENOSPC: no space left on device");
    },
  };
  project.remove("node_modules/.cache");
  expect((await resolve(project, values, full)).types.size).toBe(3);
  expect(diskFiles.list(project.path("node_modules/.cache/cachetory"))).toEqual([]);
});

test("a folder that cannot be asked any more has no answer that holds", () => {
  const denied: FileSystem = {
    ...diskFiles,
    list: () => {
      throw new Error("EACCES: permission denied");
    },
  };
  const question = { kind: "list", path: "/", hash: "" } as const;
  expect(answersHold([question], denied)).toBe(false);
});

test("the questions name what was read, and what was looked for in vain", async () => {
  using project = sampleProject();
  const { questions } = await resolve(project);
  const asked = new Map(questions.map((question) => [question.path, question]));
  expect(asked.get(project.path("src/line.ts"))).toMatchObject({ kind: "read", hash: expect.any(String) });
  expect(asked.get(project.path("src/models.ts"))).toEqual({ kind: "kind", path: project.path("src/models.ts") });
  expect(questions.some(({ path }) => path.includes("__cachetory_probe__"))).toBe(false);
});

test("a JSON Schema that changes needs no resolver, but where a function gives its values", async () => {
  using project = sampleProject();
  const file = project.path("cachetory.yaml");
  const wasLoaded = async (type: string, memoize: string): Promise<boolean> => {
    project.write("src/ids.ts", "export const loadId = async (id: number): Promise<number> => id;");
    project.write(
      "cachetory.yaml",
      `version: 1\noutput: src/caches\nbackends: { local: memory:// }\ndefaults: { backend: local, ttl: 1h }
caches: { id: { key: "id:{id:int}", value: { schema: { type: ${type} } } } }\n${memoize}`,
    );
    let isLoaded = false;
    const run = new WarmRun((...asked) =>
      resolveTypesCached(...asked, () => {
        isLoaded = true;
        return import("../../../generator/src/resolve/resolve-types.ts");
      }),
    );
    const generation = await generateOutputs([file], "dry-run", { cwd: project.folder, files: diskFiles }, run);
    expect(generation.diagnostics.map(({ code }) => code)).toEqual(["C3008"]);
    return isLoaded;
  };
  const memoize = "memoize: { loadId: { function: ./src/ids.ts#loadId, cache: id } }";
  expect(await wasLoaded("integer", "")).toBe(true);
  expect(await wasLoaded("string", "")).toBe(false);
  expect(await wasLoaded("integer", memoize)).toBe(true);
  expect(await wasLoaded("integer", memoize)).toBe(false);
  expect(await wasLoaded("number", memoize)).toBe(true);
});
