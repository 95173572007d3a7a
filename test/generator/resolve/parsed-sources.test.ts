import { expect, test } from "vitest";
import { ParsedSources } from "../../../generator/src/resolve/parsed-sources.ts";
import { resolveTypes } from "../../../generator/src/resolve/resolve-types.ts";
import { diskFiles } from "./disk-files.ts";
import { TemporaryProject } from "./temporary-project.ts";

const values = ["./a.ts#A", "./a.ts#A[]", "string"];

function sampleProject(): TemporaryProject {
  return new TemporaryProject({
    "tsconfig.json": { compilerOptions: { module: "nodenext", types: [] } },
    "a.ts":
      'import type { B } from "./b.js";\nexport interface A { b: B; at: Date }\ndeclare global { interface Date { zone: 1 } }\n',
    "b.ts": "export type B = 1 | 2;\n",
    "package.json": { type: "module" },
  });
}

const changes: readonly (readonly [what: string, change: (project: TemporaryProject) => void])[] = [
  ["nothing", () => {}],
  ["a file that a type is made of", (project) => project.write("b.ts", "export type B = { deep: string };\n")],
  ["what is added to a global type", (project) => project.write("a.ts", "export interface A { at: Date }\n")],
  ["a file that goes", (project) => project.remove("b.ts")],
  ["the module format", (project) => project.write("package.json", { type: "commonjs" })],
  [
    "the options of the compiler",
    (project) =>
      project.write("tsconfig.json", {
        compilerOptions: { module: "preserve", types: [], exactOptionalPropertyTypes: true, moduleDetection: "force" },
      }),
  ],
];

test.each(changes)(
  "with the files parsed before, the resolution after a change of %s is as a fresh one",
  (_, change) => {
    using project = sampleProject();
    const parsed = new ParsedSources();
    resolveTypes(project.request(values), diskFiles, parsed);
    change(project);
    const again = resolveTypes(project.request(values), diskFiles, parsed);
    expect(again).toEqual(resolveTypes(project.request(values), diskFiles));
  },
);
