import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { generate } from "../../generator/src/cli/commands/generate.ts";
import { nodeHost } from "../../generator/src/node-host.ts";
import { copyProject, type GoldenCase } from "../generator/golden/cases.ts";

const root = path.resolve(import.meta.dirname, "../..");

export const compilers = [
  ["TypeScript 5.9", path.join(root, "node_modules/typescript-5.9/bin/tsc")],
  ["TypeScript 6", path.join(root, "node_modules/typescript-6/bin/tsc")],
  ["TypeScript 7", path.join(root, "node_modules/typescript/bin/tsc")],
] as const;

/** All that the cases need: types of browsers, which are there unless others are named, take longer than the cases. */
const libraries = { target: "es2022", lib: ["es2022"], types: [] } as const;

/** As strict as a project can be. */
export const strictest = {
  ...libraries,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  noUncheckedSideEffectImports: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  isolatedDeclarations: true,
  declaration: true,
  erasableSyntaxOnly: true,
  forceConsistentCasingInFileNames: true,
  skipLibCheck: false,
  rootDir: ".",
  outDir: "dist",
} as const;

export interface ProjectKind {
  readonly type: "module" | "commonjs";
  readonly options: Readonly<Record<string, unknown>>;
}

/** A folder with every case and the example's caches in it, generated as a project of this kind would have it. */
export async function generateAll(cases: readonly GoldenCase[], { type, options }: ProjectKind): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "cachetory-compile-"));
  const scope = path.join(folder, "node_modules/@cachetory");
  mkdirSync(scope, { recursive: true });
  symlinkSync(path.join(root, "runtime"), path.join(scope, "runtime"));
  const files = cases.map((golden) => {
    const project = path.join(folder, golden.name);
    copyProject({ ...golden, isRuntimeInstalled: true }, project);
    return path.join(project, golden.file);
  });
  for (const file of [...files, copyExample(folder)]) {
    const home = path.dirname(file);
    writeFileSync(path.join(home, "package.json"), JSON.stringify({ type }));
    writeFileSync(path.join(home, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...libraries, ...options } }));
    const { diagnostics } = await generate({ files: [file], mode: "write" }, { ...nodeHost(), cwd: home });
    if (diagnostics.length > 0) throw new Error(`${file}: ${diagnostics.map(({ message }) => message).join("; ")}`);
  }
  return folder;
}

/** What the example declares; its program needs the types of Node, which the strictest projects do not have. */
function copyExample(folder: string): string {
  for (const file of ["cachetory.yaml", "src/models.ts", "src/catalogue.ts"]) {
    cpSync(path.join(root, "examples/shop", file), path.join(folder, "shop", file));
  }
  return path.join(folder, "shop/cachetory.yaml");
}

export interface Finished {
  readonly exitCode: number;
  readonly output: string;
}

export function runNode(args: readonly string[], cwd: string): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd }, (error, stdout, stderr) =>
      resolve({ exitCode: error === null ? 0 : Number(error.code ?? 1), output: `${stdout}${stderr}` }),
    );
  });
}
