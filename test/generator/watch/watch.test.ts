import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test, vi } from "vitest";
import { repository } from "../../support/repository.ts";
import { temporaryFolder } from "../cli/run-bin.ts";
import { Watching } from "./watching.ts";

// Each starts the compiler, which takes its time beside other tests.
vi.setConfig({ testTimeout: 60_000 });

const files: Readonly<Record<string, string>> = {
  "tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "types": [] } }',
  "src/models.ts": 'import type { Name } from "./name.js";\nexport interface User { readonly name: Name }\n',
  "src/name.ts": "export type Name = string;\n",
  "cachetory.yaml": `version: 1
output: src/caches
include: [more/caches.yaml]
backends: { local: memory:// }
caches:
  user: { key: "user:{id:int}", value: ./src/models.ts#User, backend: local, ttl: 1h }
`,
  "more/caches.yaml": `version: 1
caches:
  label: { key: "label:{id:int}", value: string, backend: local, ttl: 1h }
`,
};

interface Project extends Disposable {
  readonly path: string;
  read(file: string): string;
  write(file: string, text: string): void;
  edit(file: string, from: string, to: string): void;
}

function projectFolder(): Project {
  const { path, [Symbol.dispose]: dispose } = temporaryFolder();
  const project: Project = {
    path,
    read: (file) => readFileSync(join(path, file), "utf8"),
    write: (file, text) => {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      // Whole at once, or a slow machine might see the file while it is empty.
      writeFileSync(join(path, "part.tmp"), text);
      renameSync(join(path, "part.tmp"), join(path, file));
    },
    edit: (file, from, to) => project.write(file, project.read(file).replace(from, to)),
    [Symbol.dispose]: dispose,
  };
  for (const [file, text] of Object.entries(files)) project.write(file, text);
  mkdirSync(join(path, "node_modules/@cachetory"), { recursive: true });
  symlinkSync(join(repository, "runtime"), join(path, "node_modules/@cachetory/runtime"));
  return project;
}

test("generates again on a change of any YAML file, the tsconfig, a type, or what a type is made of", async () => {
  using project = projectFolder();
  await using watching = new Watching(project.path);
  expect(await watching.nextRun()).toMatch(/^4 created in src\/caches \(\d\.\d\d s\)$/);

  project.edit("cachetory.yaml", "1h", "2h");
  expect(await watching.nextRun()).toMatch(/^1 updated, 3 unchanged in /);
  expect(project.read("src/caches/user.gen.ts")).toContain("ttlMs: 7_200_000");

  project.edit("more/caches.yaml", "1h", "3h");
  expect(await watching.nextRun()).toMatch(/^1 updated, 3 unchanged in /);

  project.edit("tsconfig.json", "nodenext", "preserve");
  expect(await watching.nextRun()).toMatch(/^3 updated, 1 unchanged in /);

  project.edit("src/models.ts", "readonly name: Name", "readonly name: Name; readonly at: Date");
  expect(await watching.nextRun()).toMatch(/^Nothing was written/);
  project.edit("src/models.ts", "; readonly at: Date", "");
  expect(await watching.nextRun()).toMatch(/^4 unchanged in /);

  project.edit("src/name.ts", "string", "() => string");
  expect(await watching.nextRun()).toMatch(/^Nothing was written/);
  expect(watching.printed()).toContain("error C2006");
});

test("generates again when a file that augments a type appears, changes and goes", async () => {
  using project = projectFolder();
  await using watching = new Watching(project.path);
  await watching.nextRun();
  const roles = 'import "../models.js"; declare module "../models.js" { interface User { role: string } }\n';
  project.write("src/more/roles.ts", roles);
  expect(await watching.nextRun()).toMatch(/^1 updated, 3 unchanged in /);
  expect(project.read("src/caches/user.gen.ts")).toContain("role");
  project.edit("src/more/roles.ts", "role: string", "rank: string");
  expect(await watching.nextRun()).toMatch(/^1 updated, 3 unchanged in /);
  expect(project.read("src/caches/user.gen.ts")).toContain("rank");
  rmSync(join(project.path, "src/more"), { recursive: true });
  expect(await watching.nextRun()).toMatch(/^1 updated, 3 unchanged in /);
  expect(project.read("src/caches/user.gen.ts")).not.toContain("rank");
});

test("does nothing for a file that nothing depends on, nor for one that is only touched", async () => {
  using project = projectFolder();
  await using watching = new Watching(project.path);
  await watching.nextRun();
  project.write("src/other.ts", "export {};\n");
  project.write("notes.yaml", "version: 1\n");
  project.write("src/caches/mine.ts", "export {};\n");
  project.write("src/models.ts", project.read("src/models.ts"));
  project.edit("cachetory.yaml", "1h", "2h");
  await watching.nextRun();
  expect(watching.runs()).toEqual([expect.stringMatching(/^4 created /), expect.stringMatching(/^1 updated, /)]);
});

test("keeps the last good output while a file is half-written, gone or wrong, and goes on after", async () => {
  using project = projectFolder();
  await using watching = new Watching(project.path);
  await watching.nextRun();
  const generated = project.read("src/caches/user.gen.ts");
  const yaml = project.read("cachetory.yaml");

  project.write("cachetory.yaml", yaml.slice(0, yaml.indexOf('"user:') + 4));
  expect(await watching.nextRun()).toBe("Nothing was written; what was generated before stays.");
  expect(watching.printed()).toContain("error C1002");
  rmSync(join(project.path, "cachetory.yaml"));
  await watching.nextRun();
  expect(watching.printed()).toContain("error C1001");
  expect(project.read("src/caches/user.gen.ts")).toBe(generated);

  project.write("cachetory.yaml", yaml);
  expect(await watching.nextRun()).toMatch(/^4 unchanged in /);
  rmSync(join(project.path, "more"), { recursive: true });
  await watching.nextRun();
  expect(watching.printed()).toContain("error C1013");
  project.write("more/caches.yaml", files["more/caches.yaml"]?.replace("1h", "5h") ?? "");
  expect(await watching.nextRun()).toMatch(/^1 updated, 3 unchanged in /);
});

test("notices a folder that is replaced as a whole", async () => {
  using project = projectFolder();
  await using watching = new Watching(project.path);
  await watching.nextRun();
  project.write("next/caches.yaml", files["more/caches.yaml"]?.replace("1h", "5h") ?? "");
  renameSync(join(project.path, "more"), join(project.path, "before"));
  renameSync(join(project.path, "next"), join(project.path, "more"));
  await watching.until(() => project.read("src/caches/label.gen.ts").includes("18_000_000"));
  project.edit("more/caches.yaml", "5h", "6h");
  await watching.until(() => project.read("src/caches/label.gen.ts").includes("21_600_000"));
});

test("waits for a file that is not there yet, and ends at once with Ctrl-C", async () => {
  using project = projectFolder();
  rmSync(join(project.path, "cachetory.yaml"));
  await using watching = new Watching(project.path);
  expect(await watching.nextRun()).toMatch(/^Nothing was written/);
  project.write("cachetory.yaml", files["cachetory.yaml"] ?? "");
  expect(await watching.nextRun()).toMatch(/^4 created in /);
  // A shell shows this as 130.
  expect(await watching.stop("SIGINT")).toEqual({ code: null, signal: "SIGINT" });
});
