import { describe, expect, test, vi } from "vitest";
import type { CommandResult } from "../../../generator/src/cli/command-result.ts";
import { generate } from "../../../generator/src/cli/commands/generate.ts";
import type { GenerateMode } from "../../../generator/src/generate/generate-outputs.ts";
import type { FileSystem } from "../../../generator/src/host.ts";
import { MemoryFiles } from "../write/memory-files.ts";
import { memoryHost, project } from "./memory-host.ts";

// Each starts the compiler, which takes its time beside other tests.
vi.setConfig({ testTimeout: 60_000 });

/** A file of its own, packages that warn, and a type that stands on another one. */
const sample: Readonly<Record<string, string>> = {
  ...project,
  "/app/cachetory.yaml": `include: [./more.yaml]\n${project["/app/cachetory.yaml"]}`,
  "/app/more.yaml":
    "version: 1\ncaches:\n  page: { backend: local, key: page, value: string, serializer: msgpack, ttl: 1h }\n",
  "/app/src/models.ts": 'import type { Name } from "./name.js";\nexport interface User { readonly name: Name }\n',
  "/app/src/name.ts": "export type Name = string;\n",
};

interface Run extends CommandResult {
  /** Whether nothing was looked into: no YAML, no type, no output but by its hash. */
  readonly wasKept: boolean;
}

async function run(files: FileSystem, mode: GenerateMode = "write", cwd = "/app"): Promise<Run> {
  let stored = 0;
  const watched: FileSystem = {
    read: (path) => files.read(path),
    kind: (path) => files.kind(path),
    list: (path) => files.list(path),
    entries: (path) => files.entries(path),
    realPath: (path) => files.realPath(path),
    write: (path, content) => files.write(path, content),
    remove: (path) => files.remove(path),
    makeFolder: (path) => files.makeFolder(path),
    rename: (from, to) => {
      if (to.includes("/.cache/cachetory/run-")) stored += 1;
      files.rename(from, to);
    },
  };
  const result = await generate({ files: ["/app/cachetory.yaml"], mode }, { ...memoryHost(watched), cwd });
  return { ...result, wasKept: stored === 0 };
}

/** The same disk as a checkout has it, in which nothing was kept. */
function withoutStore(files: MemoryFiles): MemoryFiles {
  const copy = new MemoryFiles();
  for (const folder of files.folders) copy.folders.add(folder);
  for (const [path, content] of files.contents) if (!path.includes("/.cache/")) copy.contents.set(path, content);
  for (const [link, target] of files.links) copy.links.set(link, target);
  return copy;
}

function edit(files: MemoryFiles, path: string, change: (text: string) => string): void {
  files.write(path, change(Buffer.from(files.read(path) ?? []).toString()));
}

test("a run is kept at once, and answers for each mode", async () => {
  const files = new MemoryFiles(sample);
  expect((await run(files)).notes.at(-1)).toBe("5 created in src/caches (0.12 s)");
  const before = files.texts();
  for (const [mode, note] of [
    ["write", "5 unchanged in src/caches (0.12 s)"],
    ["check", "5 up to date in src/caches (0.12 s)"],
    ["dry-run", "5 unchanged in src/caches (0.12 s); nothing was written"],
  ] as const) {
    expect(await run(files, mode)).toEqual({ diagnostics: [], notes: [note], exitCode: 0, wasKept: true });
  }
  expect(files.texts()).toEqual(before);
});

test("a dry run that would change something is not kept", async () => {
  const files = new MemoryFiles(sample);
  const first = await run(files, "dry-run");
  expect(first.notes.at(-1)).toBe("5 to create in src/caches (0.12 s); nothing was written");
  expect(await run(files, "dry-run")).toEqual(first);
});

test("its warnings are said again", async () => {
  const files = new MemoryFiles(sample);
  files.remove("/app/node_modules/msgpackr/package.json");
  const { diagnostics } = await run(files);
  expect(diagnostics.map(({ code }) => code)).toEqual(["C3005"]);
  expect(await run(files)).toMatchObject({ diagnostics, wasKept: true });
});

describe("a run is not kept after", () => {
  test.each<[string, (files: MemoryFiles) => void]>([
    ["another letter in the YAML", (files) => edit(files, "/app/cachetory.yaml", (yaml) => yaml.replace("1h", "2h"))],
    [
      "a comment in the YAML, for findings have places",
      (files) => edit(files, "/app/cachetory.yaml", (yaml) => `#\n${yaml}`),
    ],
    [
      "a change to a file that it includes",
      (files) => edit(files, "/app/more.yaml", (yaml) => yaml.replace("1h", "2h")),
    ],
    ["a mistake in it", (files) => edit(files, "/app/more.yaml", (yaml) => yaml.replace("1h", "soon"))],
    ["its loss", (files) => files.remove("/app/more.yaml")],
    ["a change to a type", (files) => files.write("/app/src/name.ts", "export type Name = string | null;\n")],
    [
      "a type that cannot be cached any more",
      (files) => files.write("/app/src/name.ts", "export type Name = symbol;\n"),
    ],
    [
      "a change to the tsconfig",
      (files) =>
        files.write(
          "/app/tsconfig.json",
          '{ "compilerOptions": { "module": "preserve", "moduleResolution": "bundler" } }',
        ),
    ],
    ["an edited output", (files) => edit(files, "/app/src/caches/user.gen.ts", (text) => `${text}// mine\n`)],
    ["an output that is gone", (files) => files.remove("/app/src/caches/user.gen.ts")],
    [
      "an output that is a link now",
      (files) => {
        files.write("/app/elsewhere.ts", files.contents.get("/app/src/caches/user.gen.ts") ?? "");
        files.remove("/app/src/caches/user.gen.ts");
        files.links.set("/app/src/caches/user.gen.ts", "/app/elsewhere.ts");
      },
    ],
    [
      "an orphan",
      (files) => files.write("/app/src/caches/old.gen.ts", files.contents.get("/app/src/caches/user.gen.ts") ?? ""),
    ],
    ["a leftover of a run that was killed", (files) => files.write("/app/src/caches/user.gen.ts.cachetory-new", "")],
    ["a runtime that is too old", (files) => files.write("/app/node_modules/@cachetory/runtime/package.json", "{}")],
    ["a package that is gone", (files) => files.remove("/app/node_modules/msgpackr/package.json")],
    [
      "a package nearer to the output",
      (files) => {
        files.makeFolder("/app/src/node_modules/@cachetory/runtime");
        files.write("/app/src/node_modules/@cachetory/runtime/package.json", "{}");
      },
    ],
  ])("%s", async (_, change) => {
    const files = new MemoryFiles(sample);
    await run(files);
    expect((await run(files)).wasKept).toBe(true);
    change(files);
    for (const mode of ["check", "write", "write", "check"] as const) {
      const fresh = withoutStore(files);
      const expected = await run(fresh, mode);
      const { diagnostics, notes, exitCode } = await run(files, mode);
      expect({ diagnostics, notes, exitCode }).toEqual({
        diagnostics: expected.diagnostics,
        notes: expected.notes,
        exitCode: expected.exitCode,
      });
      expect(withoutStore(files).texts()).toEqual(withoutStore(fresh).texts());
    }
  });
});

test("a run from another folder names files from there", async () => {
  const files = new MemoryFiles(sample);
  await run(files);
  const { notes } = await run(files, "write", "/app/src");
  expect(notes).toEqual(["5 unchanged in caches (0.12 s)"]);
});

test("a run with errors is not kept: they are found anew", async () => {
  const files = new MemoryFiles(sample);
  files.write("/app/src/name.ts", "export type Name = symbol;\n");
  const first = await run(files);
  expect(first.exitCode).toBe(1);
  expect([...files.contents.keys()].filter((path) => path.includes("/run-"))).toEqual([]);
  expect(await run(files)).toEqual(first);
});

test("what somebody wrote into the store is not believed", async () => {
  const files = new MemoryFiles(sample);
  await run(files);
  const store = [...files.contents.keys()].find((path) => path.includes("/run-")) ?? "";
  edit(files, store, (text) => text.replace('"user.gen.ts"', '"evil.gen.ts"'));
  expect(await run(files)).toMatchObject({ notes: ["5 unchanged in src/caches (0.12 s)"], wasKept: false });
  expect((await run(files)).wasKept).toBe(true);
});
