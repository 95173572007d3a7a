import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { repository } from "../support/repository.ts";
import { runProgram } from "../support/run-program.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cachetory-lint-"));
  cpSync(join(repository, "biome.json"), join(folder, "biome.json"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Names of the rules that these files break, sorted. */
async function brokenRules(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${content}\n`);
  }
  const biome = join(repository, "node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "lint", "--vcs-enabled=false", "--error-on-warnings", "--reporter=github"];
  const { exitCode, output } = await runProgram("node", args, { cwd: folder });
  const rules = [...output.matchAll(/^::(?:error|warning) title=lint\/\w+\/(\w+)/gm)].map(([, rule]) => String(rule));
  expect(exitCode, output).toBe(rules.length === 0 ? 0 : 1);
  return rules.sort();
}

const using = (specifier: string) => `import { a } from "${specifier}";\n\nexport const b: unknown = a;`;

describe("the lint rules", () => {
  it.each([
    ["the runtime importing the generator by path", "runtime/src/keys/x.ts", using("../../../generator/src/host.ts")],
    ["the runtime importing the generator by name", "runtime/src/keys/x.ts", using("cachetory")],
    [
      "the runtime importing the generator when it is called",
      "runtime/src/x.ts",
      'export const b: unknown = import("cachetory");',
    ],
    ["the runtime importing codegen", "runtime/src/cache/x.ts", using("../codegen/v1/core.ts")],
    ["the runtime importing itself by name", "runtime/src/cache/x.ts", using("@cachetory/runtime/schemes")],
    ["schemes importing another room", "runtime/src/schemes/x.ts", using("../errors.ts")],
    ["schemes importing a package", "runtime/src/schemes/x.ts", using("ioredis")],
    ["schemes importing node", "runtime/src/schemes/x.ts", using("node:fs")],
    [
      "the generator importing the runtime by path",
      "generator/src/read/x.ts",
      using("../../../runtime/src/schemes/index.ts"),
    ],
    ["another room than resolve importing ts-morph", "generator/src/read/x.ts", using("ts-morph")],
    ["the pure rooms importing ts-morph", "generator/src/emit/x.ts", using("ts-morph")],
    ["resolve importing typescript", "generator/src/resolve/x.ts", using("typescript")],
    ["a test importing typescript", "test/x.ts", using("typescript")],
    ["emit importing the disk", "generator/src/emit/x.ts", using("node:fs")],
    ["keys importing the disk", "generator/src/keys/x.ts", using("node:fs")],
    ["schema importing the disk", "generator/src/schema/x.ts", using("node:fs")],
    ["check importing the disk", "generator/src/check/x.ts", using("node:fs/promises")],
    ["model importing the command line", "generator/src/model/x.ts", using("../cli/main.ts")],
    ["resolve importing what writes", "generator/src/resolve/x.ts", using("../write/apply-plan.ts")],
  ])("refuse %s", async (_, path, content) => {
    expect(await brokenRules({ [path]: content })).toEqual(["noRestrictedImports"]);
  });

  it("refuse schemes importing more than the type Kind", async () => {
    const kind = 'import type { Kind } from "../serializers/serializer.ts";\n\nexport type A = Kind;';
    expect(await brokenRules({ "runtime/src/schemes/x.ts": kind })).toEqual([]);
    expect(await brokenRules({ "runtime/src/schemes/x.ts": kind.replaceAll("Kind", "Serializer") })).toEqual([
      "noRestrictedImports",
    ]);
  });

  it("refuse a cycle of imports", async () => {
    const rules = await brokenRules({
      "runtime/src/keys/one.ts": 'import { two } from "./two.ts";\n\nexport const one = (): unknown => two;',
      "runtime/src/keys/two.ts": 'import { one } from "./one.ts";\n\nexport const two = (): unknown => one;',
    });
    expect(rules).toEqual(["noImportCycles", "noImportCycles"]);
  });

  it.each([
    ["noDefaultExport", "export default 1;"],
    ["noExplicitAny", "export const a: any = 1;"],
    ["noUnusedVariables", "const a = 1;"],
    ["noUnusedImports", 'import { a } from "node:fs";'],
    ["noConsole", 'console.log("a");'],
    ["noNonNullAssertion", "export const a = (b?: string): string => b!;"],
  ])("refuse in the sources what breaks %s", async (rule, content) => {
    expect(await brokenRules({ "runtime/src/x.ts": content })).toEqual([rule]);
  });

  it("refuse a relative import without its extension", async () => {
    const rules = await brokenRules({
      "generator/src/y.ts": "export const a = 1;",
      "generator/src/x.ts": using("./y"),
    });
    expect(rules).toEqual(["useImportExtensions"]);
  });

  it("refuse a test that is skipped or that runs alone", async () => {
    const test = (call: string) => `import { it } from "vitest";\n\n${call}("does", () => undefined);`;
    expect(await brokenRules({ "test/x.test.ts": test("it.skip") })).toEqual(["noSkippedTests"]);
    expect(await brokenRules({ "test/x.test.ts": test("it.only") })).toEqual(["noFocusedTests"]);
  });

  it("refuse a file that is not named in kebab-case", async () => {
    expect(await brokenRules({ "runtime/src/myFile.ts": "export const a = 1;" })).toEqual(["useFilenamingConvention"]);
  });

  it("allow what the rooms may do", async () => {
    const files = {
      "generator/src/resolve/x.ts": using("ts-morph"),
      "generator/src/read/y.ts": using("@cachetory/runtime/schemes"),
      "generator/src/write/z.ts": using("node:fs"),
      "runtime/src/codegen/v1/w.ts": using("../../keys/key-parts.ts"),
      "a.config.ts": "export default 1;",
    };
    expect(await brokenRules(files)).toEqual([]);
  });
});
