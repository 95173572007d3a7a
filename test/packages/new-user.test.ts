import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CompilerVersion, repository, tscOf } from "../support/repository.ts";
import { reportImport } from "./import-report.ts";
import { installable } from "./provided.ts";
import { makeUserFolder, type UserFolder } from "./user-folder.ts";

const yaml = `# yaml-language-server: $schema=./node_modules/cachetory/schemas/caches.schema.json
version: 1
output: src/caches
backends:
  local: memory://
defaults:
  backend: local
  ttl: 10m
caches:
  product:
    description: A product, as its page shows it.
    key: product:{id:int}:{language:en|nl}
    value: ./src/models.ts#Product
  greeting:
    key: greeting:{name}
    value: string
`;

const models = `export interface Product {
  readonly title: string;
  readonly cents: number;
}
`;

const program = `import { caches, greeting, memoizeProduct, product } from "./caches/index.js";

async function main(): Promise<void> {
  await product.set({ id: 7, language: "nl" }, { title: "Stoel", cents: 4900 });
  console.log((await product.get({ id: 7, language: "nl" }))?.title, await product.get({ id: 8, language: "nl" }));
  console.log(await greeting.getOrSet({ name: "Zoë" }, () => "Hallo"), product.keyOf({ id: 7, language: "nl" }));
  let loads = 0;
  const load = memoizeProduct(({ id }) => ({ title: String((loads += 1)), cents: id }));
  console.log((await load({ id: 1, language: "en" })).title, (await load({ id: 1, language: "en" })).title);
  await caches.close();
}

void main();
`;

const expectedOutput = `Stoel undefined
Hallo product:7:nl
1 1
`;

function tsconfig(version: CompilerVersion): string {
  const compilerOptions = {
    rootDir: "src",
    outDir: `dist-${version}`,
    module: version === "5.9" ? "node20" : "nodenext",
    target: "es2022",
    lib: ["es2022"],
    types: ["node"],
    typeRoots: [join(repository, "node_modules/@types")],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    isolatedModules: true,
    skipLibCheck: false,
  };
  return JSON.stringify({ compilerOptions, include: ["src"] });
}

describe.each([
  { kind: "an ES module package", type: "module" },
  { kind: "a CommonJS package", type: "commonjs" },
])("a new user with $kind", { timeout: 120_000 }, ({ type }) => {
  let folder: UserFolder;

  beforeAll(async () => {
    folder = makeUserFolder(installable().registryUrl, `mein Projekt Größe ☕ ${type}`);
    folder.write("package.json", JSON.stringify({ name: "shop", version: "1.0.0", private: true, type }));
    await folder.run("npm", "install", "--save-dev", "cachetory");
    await folder.run("npm", "install", "@cachetory/runtime");
  }, 180_000);
  afterAll(() => folder.remove());

  it("gets a cachetory.yaml that generates as it stands, and is never overwritten", async () => {
    await folder.run("npx", "cachetory", "init");
    const first = readFileSync(join(folder.path, "cachetory.yaml"), "utf8");
    expect(first).toMatch(/^# yaml-language-server: \$schema=/);
    await folder.run("npx", "cachetory", "generate");
    folder.write("cachetory.yaml", `${first}# mine\n`);
    const again = await folder.try("npx", "cachetory", "init");
    expect(again.exitCode).toBe(1);
    expect(readFileSync(join(folder.path, "cachetory.yaml"), "utf8")).toBe(`${first}# mine\n`);
  });

  it("generates, and is told that all is up to date", async () => {
    folder.write("cachetory.yaml", yaml);
    folder.write("src/models.ts", models);
    folder.write("tsconfig.json", tsconfig("7"));
    await folder.run("npx", "cachetory", "generate");
    const { exitCode } = await folder.try("npx", "cachetory", "generate", "--check");
    expect(exitCode).toBe(0);
  });

  // What lies between the oldest and the newest is tried with what is generated of every kind.
  it.each(["5.9", "7"] as const)("compiles with TypeScript %s and runs under plain node", async (version) => {
    folder.write("src/main.ts", program);
    folder.write("tsconfig.json", tsconfig(version));
    await folder.run("node", tscOf(version));
    const { output } = await folder.run("node", "--disable-warning=ExperimentalWarning", `dist-${version}/main.js`);
    expect(output).toBe(expectedOutput);
  });

  it("starts nothing by importing what was generated", async () => {
    const report = await reportImport(folder, join(folder.path, "dist-7/caches/index.js"));
    expect(report.exports).toContain("product");
    expect(report).toMatchObject({ environmentReads: [], timers: [], resources: [], costly: [] });
    expect(report.commonJs.filter((path) => /ioredis|zstd-napi/.test(path))).toEqual([]);
  });
});
