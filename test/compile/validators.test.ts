import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { RandomSource } from "../generator/validator/random-source.ts";
import { everyRange, jsonRange, randomType } from "../generator/validator/random-types.ts";
import { validatorText } from "../support/emitted-validator.ts";
import { repository } from "../support/repository.ts";
import { compilers, runNode, strictest } from "./project.ts";

// What no test that runs them meets: a name that nothing uses, and a condition that a compiler takes for one that never
// holds.
const modules = 150;

test("validators of any types compile, as strictly as can be", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "cachetory-validators-"));
  try {
    mkdirSync(path.join(folder, "node_modules/@cachetory"), { recursive: true });
    symlinkSync(path.join(repository, "runtime"), path.join(folder, "node_modules/@cachetory/runtime"));
    for (let seed = 0; seed < modules; seed++) {
      const isJson = seed % 3 === 0;
      const type = randomType(new RandomSource(seed), isJson ? jsonRange : everyRange);
      writeFileSync(path.join(folder, `v${seed}.ts`), validatorText(type, isJson ? "json" : "v8"));
    }
    // What is exported for the test has no type of its own.
    const options = { ...strictest, module: "nodenext", isolatedDeclarations: false, noEmit: true };
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options }));
    const runs = compilers.map(([, compiler]) => runNode([compiler, "-p", folder], folder));
    expect((await Promise.all(runs)).map(({ output }) => output)).toEqual(compilers.map(() => ""));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
