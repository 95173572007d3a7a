import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
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

/** As strict as a project can be. */
export const strictest = {
  target: "es2022",
  lib: ["es2022"],
  types: [],
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

/** A folder with every case in it, generated as a project of this kind would have it. */
export async function generateAll(cases: readonly GoldenCase[], { type, options }: ProjectKind): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "cachetory-compile-"));
  const scope = path.join(folder, "node_modules/@cachetory");
  mkdirSync(scope, { recursive: true });
  symlinkSync(path.join(root, "runtime"), path.join(scope, "runtime"));
  for (const golden of cases) {
    const project = path.join(folder, golden.name);
    copyProject({ ...golden, isRuntimeInstalled: true }, project);
    const home = path.dirname(path.join(project, golden.file));
    writeFileSync(path.join(home, "package.json"), JSON.stringify({ type }));
    writeFileSync(path.join(home, "tsconfig.json"), JSON.stringify({ compilerOptions: options }));
    const file = path.join(project, golden.file);
    const { diagnostics } = await generate({ file, check: false, dryRun: false }, { ...nodeHost(), cwd: project });
    if (diagnostics.length > 0)
      throw new Error(`${golden.name}: ${diagnostics.map((each) => each.message).join("; ")}`);
  }
  return folder;
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
