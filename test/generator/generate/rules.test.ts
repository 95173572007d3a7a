import { describe, expect, test, vi } from "vitest";
import { generate } from "../../../generator/src/cli/commands/generate.ts";
import type { GenerateMode } from "../../../generator/src/generate/generate-outputs.ts";
import { watchOutputs } from "../../../generator/src/watch/watch-outputs.ts";
import { MemoryFiles } from "../write/memory-files.ts";
import { memoryHost, project } from "./memory-host.ts";

// Each starts the compiler, which takes its time beside other tests.
vi.setConfig({ testTimeout: 60_000 });

const yamlPath = "/app/cachetory.yaml";

/** The project with a permission that nothing needs (C2009), which only the types can tell. */
function projectFiles(): MemoryFiles {
  const files = new MemoryFiles(project);
  edit(files, "./src/models.ts#User", "{ type: User, from: ./src/models.ts, allow-any: [User.meta] }");
  return files;
}

function edit(files: MemoryFiles, from: string, to: string): void {
  files.write(yamlPath, (files.texts()[yamlPath] ?? "").replace(from, to));
}

function setRules(files: MemoryFiles, rules: string): void {
  edit(files, "version: 1\n", `version: 1\nrules: ${rules}\n`);
}

async function run(files: MemoryFiles, mode: GenerateMode = "write"): Promise<readonly [readonly string[], number]> {
  const { diagnostics, exitCode } = await generate({ files: [yamlPath], mode }, memoryHost(files));
  return [diagnostics.map(({ severity, code }) => `${severity} ${code}`), exitCode];
}

function written(files: MemoryFiles): readonly string[] {
  return Object.keys(files.texts()).filter((file) => file.startsWith("/app/src/caches"));
}

describe("a rule of generate", () => {
  test("is a warning by default: everything is written, and it is told again where nothing has changed", async () => {
    const files = projectFiles();
    expect(await run(files)).toEqual([["warning C2009"], 0]);
    expect(written(files)).toHaveLength(4);
    expect(await run(files)).toEqual([["warning C2009"], 0]);
  });

  test.each(["write", "check", "dry-run"] as const)("is an error where the file says so: %s", async (mode) => {
    const files = projectFiles();
    setRules(files, "{ unused-allow-any: error }");
    expect(await run(files, mode)).toEqual([["error C2009"], 1]);
    expect(written(files)).toEqual([]);
  });

  test("has another outcome after another setting or comment, whatever was kept of the types", async () => {
    const files = projectFiles();
    expect(await run(files)).toEqual([["warning C2009"], 0]);
    setRules(files, "{ C2009: error }");
    expect(await run(files)).toEqual([["error C2009"], 1]);
    edit(files, "C2009: error", "C2009: off");
    expect(await run(files)).toEqual([[], 0]);
    edit(files, "rules: { C2009: off }\n", "");
    expect(await run(files)).toEqual([["warning C2009"], 0]);
    edit(files, "User.meta] }", "User.meta] }  # cachetory-ignore C2009 until the next release");
    expect(await run(files)).toEqual([[], 0]);
    files.write("/app/src/models.ts", "export interface User {\n  readonly meta: any;\n}\n");
    expect(await run(files)).toEqual([["warning C1703"], 0]);
  });

  test("leaves errors alone, and a suppression that they may need", async () => {
    const files = projectFiles();
    edit(files, "value: string", "value: string # cachetory-ignore C2009");
    expect(await run(files)).toEqual([["warning C2009", "warning C1703"], 0]);
    files.write("/app/src/models.ts", "export interface User {\n  readonly born: Date;\n}\n");
    expect(await run(files)).toEqual([["error C2008", "warning C2009"], 1]);
  });

  test("of idle suppressions is not suppressed by the comment that is idle", async () => {
    const files = projectFiles();
    edit(files, "User.meta] }", "User.meta] } # cachetory-ignore C2009, unused-suppression");
    expect(await run(files)).toEqual([["warning C1703"], 0]);
    setRules(files, "{ C1703: off }");
    expect(await run(files)).toEqual([[], 0]);
  });

  test("is watched", async () => {
    const files = projectFiles();
    const runs = watchOutputs([yamlPath], memoryHost(files));
    expect((await runs.next()).value).toMatchObject({ diagnostics: [{ code: "C2009", severity: "warning" }] });
    setRules(files, "{ C2009: error }");
    expect((await runs.next()).value).toMatchObject({ diagnostics: [{ severity: "error" }], outputs: [] });
    edit(files, "C2009: error", "C2009: off");
    expect((await runs.next()).value).toMatchObject({ diagnostics: [] });
    await runs.return();
  });
});

test("a missing runtime and missing packages are matters of rules, a runtime that is too old is none", async () => {
  const files = new MemoryFiles(project);
  files.remove("/app/node_modules/@cachetory/runtime/package.json");
  files.remove("/app/node_modules/zstd-napi/package.json");
  edit(files, "value: string", "value: string\n    serializer: text+zstd");
  expect(await run(files)).toEqual([["warning C3008", "warning C3005"], 0]);
  setRules(files, "{ missing-runtime: off, missing-package: error }");
  expect(await run(files)).toEqual([["error C3005"], 1]);
  edit(files, "text+zstd", "text+zstd # cachetory-ignore C3005 the image has it");
  expect(await run(files)).toEqual([[], 0]);
  files.write("/app/node_modules/@cachetory/runtime/package.json", "{}");
  expect(await run(files)).toEqual([["error C3004"], 1]);
});
