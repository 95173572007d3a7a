import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type GenerateOptions, generate, validate } from "cachetory";
import { describe, expect, it, vi } from "vitest";
import { repository } from "../../support/repository.ts";
import { runBin, temporaryFolder } from "../cli/run-bin.ts";

// The compiler may be loaded here for the first time.
vi.setConfig({ testTimeout: 60_000 });

const yaml = `version: 1
output: src/caches
backends: { local: memory:// }
defaults: { backend: local, ttl: 1h }
caches:
  greeting: { key: "greeting:{name}", value: string }
`;

function projectFolder(text = yaml): Disposable & { readonly path: string } {
  const folder = temporaryFolder();
  writeFileSync(join(folder.path, "cachetory.yaml"), text);
  mkdirSync(join(folder.path, "node_modules/@cachetory"), { recursive: true });
  symlinkSync(join(repository, "runtime"), join(folder.path, "node_modules/@cachetory/runtime"));
  return folder;
}

describe("generate", () => {
  it("writes the modules, and tells what became of each", async () => {
    using folder = projectFolder();
    const module = (name: string): string => join(folder.path, "src/caches", name);
    const names = ["backends.gen.ts", "greeting.gen.ts", "index.ts"];
    expect(await generate({ cwd: folder.path })).toEqual({
      hasErrors: false,
      diagnostics: [],
      files: names.map((name) => ({ path: module(name), change: "created" })),
    });
    expect(readFileSync(module("greeting.gen.ts"), "utf8")).toContain("export const greeting");

    writeFileSync(join(folder.path, "cachetory.yaml"), yaml.replace("greeting:", "farewell:"));
    expect((await generate({ cwd: folder.path })).files).toEqual([
      { path: module("backends.gen.ts"), change: "unchanged" },
      { path: module("farewell.gen.ts"), change: "created" },
      { path: module("greeting.gen.ts"), change: "removed" },
      { path: module("index.ts"), change: "updated" },
    ]);
  });

  it("finds the YAML file upwards, or takes those that are named", async () => {
    using folder = projectFolder();
    mkdirSync(join(folder.path, "other/deep"), { recursive: true });
    writeFileSync(join(folder.path, "other/caches.yaml"), yaml);
    const foldersOf = async (options: GenerateOptions): Promise<readonly string[]> => {
      const { files } = await generate({ ...options, mode: "dry-run" });
      return files.map(({ path }) => path).filter((path) => path.endsWith("index.ts"));
    };
    const [top, other] = ["src/caches/index.ts", "other/src/caches/index.ts"].map((path) => join(folder.path, path));
    expect(await foldersOf({ cwd: join(folder.path, "other/deep") })).toEqual([top]);
    expect(await foldersOf({ cwd: join(folder.path, "other/deep"), config: "../caches.yaml" })).toEqual([other]);
    expect(await foldersOf({ cwd: folder.path, config: ["other/caches.yaml", "cachetory.yaml"] })).toEqual([
      other,
      top,
    ]);
    expect(existsSync(join(folder.path, "src/caches"))).toBe(false);
  });

  it("finds drift, and writes nothing, with mode check", async () => {
    using folder = projectFolder();
    const { hasErrors, diagnostics, files } = await generate({ cwd: folder.path, mode: "check" });
    expect(hasErrors).toBe(true);
    expect(diagnostics.map(({ code }) => code)).toEqual(["C3001", "C3001", "C3001"]);
    expect(files.map(({ change }) => change)).toEqual(["created", "created", "created"]);
    expect(existsSync(join(folder.path, "src/caches"))).toBe(false);
    await generate({ cwd: folder.path });
    expect((await generate({ cwd: folder.path, mode: "check" })).hasErrors).toBe(false);
  });

  it("finds what the command finds, and prints nothing", async () => {
    using folder = projectFolder(yaml.replace("value: string", "value: ./src/gone.ts#Gone"));
    const writes = [vi.spyOn(process.stdout, "write"), vi.spyOn(process.stderr, "write")];
    const { hasErrors, diagnostics, files } = await generate({ cwd: folder.path });
    expect(writes.flatMap((write) => write.mock.calls)).toEqual([]);
    for (const write of writes) write.mockRestore();
    const { stdout } = await runBin(["generate", "--format", "json"], { cwd: folder.path });
    expect([hasErrors, files]).toEqual([true, []]);
    expect(diagnostics).toMatchObject([
      {
        code: "C2001",
        severity: "error",
        file: join(folder.path, "cachetory.yaml"),
        start: { line: 6, column: 46, offset: yaml.indexOf("string") },
      },
    ]);
    expect(diagnostics.map((finding) => ({ ...finding, file: "cachetory.yaml" }))).toEqual(JSON.parse(stdout));
  });

  it("knows what a function infers from a library that no type of the caches names", async () => {
    const value = "value: '{ port: number }' }\nmemoize:\n  port: { function: ./src/port.ts#port, cache: greeting }";
    using folder = projectFolder(yaml.replace("value: string }", value));
    mkdirSync(join(folder.path, "src"));
    writeFileSync(
      join(folder.path, "src/port.ts"),
      "export async function port(name: string) { return { port: new URL(name).port }; }",
    );
    writeFileSync(
      join(folder.path, "tsconfig.json"),
      '{ "compilerOptions": { "module": "nodenext", "lib": ["es2022", "dom"] } }',
    );
    // Without that library the port would be any, which fits whatever is declared.
    expect((await generate({ cwd: folder.path })).diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual(
      ['C2103 "port" gives { port: string; }, which is no "{ port: number }" of cache "greeting"'],
    );
  });

  it("answers with the finding where no file can be chosen", async () => {
    using folder = projectFolder();
    writeFileSync(join(folder.path, "cachetory.yml"), yaml);
    expect(await generate({ cwd: folder.path })).toMatchObject({
      hasErrors: true,
      diagnostics: [{ code: "C1011", message: expect.stringContaining("both cachetory.yaml and cachetory.yml") }],
      files: [],
    });
  });

  it("has the severities that the file gives its rules, and writes nothing where one is an error", async () => {
    const spare = yaml.replace("memory:// }", "memory://, spare: dummy:// }");
    using folder = projectFolder(spare);
    const warning = { code: "C1704", severity: "warning" };
    expect(await validate({ cwd: folder.path })).toMatchObject({ hasErrors: false, diagnostics: [warning] });
    expect(await generate({ cwd: folder.path })).toMatchObject({ hasErrors: false, diagnostics: [warning] });
    const error = { code: "C1704", severity: "error" };
    writeFileSync(join(folder.path, "cachetory.yaml"), `${spare}rules: { unused-backend: error }\n`);
    expect(await validate({ cwd: folder.path })).toMatchObject({ hasErrors: true, diagnostics: [error] });
    expect(await generate({ cwd: folder.path })).toMatchObject({ hasErrors: true, diagnostics: [error], files: [] });
  });

  it("rejects options that cannot be meant", async () => {
    await expect(generate({ mode: "chek" as "check" })).rejects.toThrow(
      new TypeError('mode must be write, check, dry-run, not "chek".'),
    );
    await expect(generate({ config: [] })).rejects.toThrow(
      new TypeError("config names no file; leave it out for the nearest one."),
    );
  });
});

describe("validate", () => {
  it("finds what is wrong in the YAML alone", async () => {
    using folder = projectFolder(yaml.replace("1h", "soon").replace("value: string", "value: ./src/gone.ts#Gone"));
    const { hasErrors, diagnostics } = await validate({ cwd: folder.path });
    expect([hasErrors, diagnostics.map(({ code }) => code)]).toEqual([true, ["C1101"]]);
    writeFileSync(join(folder.path, "cachetory.yaml"), yaml);
    expect(await validate({ cwd: folder.path })).toEqual({ hasErrors: false, diagnostics: [] });
  });
});
