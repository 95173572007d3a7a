import { expect, test } from "vitest";
import { checkRuntime } from "../../../generator/src/check/check-runtime.ts";
import type { Declarations } from "../../../generator/src/model/declaration.ts";
import { MemoryFiles } from "../write/memory-files.ts";

const outputSpan = { file: "/work/app/cachetory.yaml", start: 0, end: 0 };
const declarations: Declarations = {
  file: "/work/app/cachetory.yaml",
  included: [],
  output: "/work/app/src/caches",
  outputSpan,
  backends: [],
  caches: [],
  memoized: [],
  mutations: [],
};

test.each([
  ["package-lock.json", "npm install @cachetory/runtime"],
  ["pnpm-lock.yaml", "pnpm add @cachetory/runtime"],
  ["yarn.lock", "yarn add @cachetory/runtime"],
  ["bun.lock", "bun add @cachetory/runtime"],
  ["nothing", "npm install @cachetory/runtime"],
])("where no runtime is installed, a project with %s is told: %s", (lockfile, command) => {
  const files = new MemoryFiles({ [`/work/${lockfile}`]: "" });
  expect(checkRuntime(declarations, files)).toEqual([
    {
      code: "C3008",
      severity: "warning",
      span: outputSpan,
      message: 'generated code needs the package "@cachetory/runtime", which is not installed',
      hint: `Install it with ${command}`,
    },
  ]);
});

test.each(["/work/app/src/node_modules", "/work/app/node_modules", "/work/node_modules"])(
  "a runtime in %s is found",
  (folder) => {
    expect(checkRuntime(declarations, withRuntime(folder, { cachetory: { codegen: { v1: 7 } } }))).toEqual([]);
  },
);

test("a runtime of a later level serves as well", () => {
  expect(checkRuntime(declarations, withRuntime("/work/node_modules", { cachetory: { codegen: { v1: 7 } } }))).toEqual(
    [],
  );
});

test.each([
  {},
  { cachetory: {} },
  { cachetory: { codegen: { v1: 0 } } },
  { cachetory: { codegen: { v1: 5 } } },
  { cachetory: null },
])("a runtime that says %o is too old", (manifest) => {
  expect(checkRuntime(declarations, withRuntime("/work/node_modules", { version: "0.0.9", ...manifest }))).toEqual([
    {
      code: "C3004",
      severity: "error",
      span: outputSpan,
      message: 'the installed "@cachetory/runtime" 0.0.9 is too old for this version of cachetory',
      hint: "Upgrade it with npm install @cachetory/runtime@latest",
    },
  ]);
});

test("the nearest runtime counts, as it does for an import", () => {
  const files = withRuntime("/work/node_modules", { cachetory: { codegen: { v1: 5 } } });
  const near = "/work/app/node_modules/@cachetory/runtime";
  files.makeFolder(near);
  files.write(`${near}/package.json`, "{");
  expect(checkRuntime(declarations, files)).toMatchObject([{ code: "C3004", severity: "error" }]);
});

test("what Plug'n'Play has installed cannot be seen, so nothing is said", () => {
  expect(checkRuntime(declarations, new MemoryFiles({ "/work/.pnp.cjs": "" }))).toEqual([]);
});

function withRuntime(folder: string, manifest: object): MemoryFiles {
  return new MemoryFiles({ [`${folder}/@cachetory/runtime/package.json`]: JSON.stringify(manifest) });
}
