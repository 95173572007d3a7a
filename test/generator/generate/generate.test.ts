import { expect, test, vi } from "vitest";
import type { CommandResult } from "../../../generator/src/cli/command-result.ts";
import { generate } from "../../../generator/src/cli/commands/generate.ts";
import type { GenerateMode } from "../../../generator/src/generate/generate-outputs.ts";
import type { FileSystem } from "../../../generator/src/host.ts";
import { failing } from "../write/failing-files.ts";
import { MemoryFiles } from "../write/memory-files.ts";
import { installedRuntime, memoryHost, project } from "./memory-host.ts";

// Each starts the compiler, which takes its time beside other tests.
vi.setConfig({ testTimeout: 60_000 });

test("the first run creates every file and says so", async () => {
  const files = new MemoryFiles(project);
  const { diagnostics, exitCode, notes } = await run(files);
  expect(diagnostics).toEqual([]);
  expect(exitCode).toBe(0);
  expect(notes).toEqual([
    "created   src/caches/backends.gen.ts",
    "created   src/caches/greeting.gen.ts",
    "created   src/caches/index.ts",
    "created   src/caches/user.gen.ts",
    "4 created in src/caches (0.12 s)",
  ]);
  expect(files.list("/app/src/caches")).toEqual(["backends.gen.ts", "greeting.gen.ts", "index.ts", "user.gen.ts"]);
});

test("a second run finds nothing to do and writes nothing", async () => {
  const files = new MemoryFiles(project);
  await run(files);
  const watched = failing(files, { at: 1, lasts: "killed", leaves: "nothing" });
  expect((await run(watched)).notes).toEqual(["4 unchanged in src/caches (0.12 s)"]);
  expect(watched.changes).toBe(0);
});

test("functions may be of types that are generated from a JSON Schema, before those are written and after they change", async () => {
  const yaml = (properties: string): string => `
version: 1
output: src/caches
backends: { local: "memory://" }
defaults: { backend: local, ttl: 1h }
caches:
  rate: { key: "rate:{code}", value: { schema: { type: object, required: [${properties}], properties: { code: { type: string }, cents: { type: integer } } } } }
memoize:
  loadRate: { function: ./src/rates.ts#loadRate, cache: rate }
mutate:
  saveRate: { function: ./src/rates.ts#saveRate, invalidates: ["rate({ code: rate.code })"] }
`;
  const files = new MemoryFiles({
    ...installedRuntime,
    "/app/cachetory.yaml": yaml("code"),
    "/app/src/rates.ts": `import type { RateValue } from "./caches/index.js";
import type { RateValue as Same } from "./caches/rate.gen.js";
export declare function loadRate(code: string): Promise<RateValue>;
export declare function saveRate(rate: Same): Promise<void>;
`,
  });
  expect((await run(files)).diagnostics).toEqual([]);
  files.write("/app/cachetory.yaml", new TextEncoder().encode(yaml("code, cents")));
  expect((await run(files)).diagnostics).toEqual([]);
  expect(Buffer.from(files.read("/app/src/caches/rate.gen.ts") ?? []).toString()).toContain("  cents: number;");
  files.write("/app/cachetory.yaml", new TextEncoder().encode(`${yaml("code")}  broken: {}\n`));
  files.remove("/app/src/caches/rate.gen.ts");
  expect((await run(files)).diagnostics.map(({ code }) => code)).toEqual(["C1007", "C1007"]);
});

test("only what changed is written, and what is no longer declared is removed", async () => {
  const files = new MemoryFiles(project);
  await run(files);
  edit(files, (yaml) => yaml.replaceAll("greeting", "farewell").replace("memory://", "memory://?max-entries=5"));
  expect((await run(files)).notes).toEqual([
    "updated   src/caches/backends.gen.ts",
    "created   src/caches/farewell.gen.ts",
    "removed   src/caches/greeting.gen.ts",
    "updated   src/caches/index.ts",
    "1 created, 2 updated, 1 removed, 1 unchanged in src/caches (0.12 s)",
  ]);
});

test("a memoized function is looked at anew when it has changed", async () => {
  const files = new MemoryFiles(project);
  const source = (id: string, comment: string): string =>
    `import type { User } from "./models.js";\n/** ${comment} */\nexport async function load(id: ${id}): Promise<User> { return { name: String(id) }; }\n`;
  files.write("/app/src/load.ts", source("number", "First."));
  edit(files, (yaml) => `${yaml}memoize:\n  loadUser: { function: ./src/load.ts#load, cache: user }\n`);
  expect((await run(files)).notes).toContain("created   src/caches/memoize.gen.ts");
  expect((await run(files)).notes).toEqual(["5 unchanged in src/caches (0.12 s)"]);
  files.write("/app/src/load.ts", source("number", "Second."));
  expect((await run(files)).notes).toContain("updated   src/caches/memoize.gen.ts");
  files.write("/app/src/load.ts", source("string", "Second."));
  expect((await run(files)).diagnostics).toMatchObject([
    {
      code: "C2102",
      message: '"id" of "load" is string, and "{id:int}" of the key takes number',
      span: { file: "/app/cachetory.yaml" },
      related: [
        { message: "the key is written here", span: { file: "/app/cachetory.yaml" } },
        { message: '"id" is declared here', span: { file: "/app/src/load.ts" } },
      ],
    },
  ]);
  files.write("/app/src/load.ts", "export const load = (id: number): number => id;\n");
  expect((await run(files)).diagnostics).toMatchObject([
    {
      code: "C2103",
      message: '"load" gives number, which is no "User" of cache "user"',
      related: [
        { message: 'the value of cache "user" is written here', span: { file: "/app/cachetory.yaml" } },
        { message: "the function is declared here", span: { file: "/app/src/load.ts" } },
      ],
    },
  ]);
  files.write("/app/src/load.ts", source("string", "Second."));
  // Whatever else is wrong with the file.
  edit(files, (yaml) => yaml.replace("key: greeting", "key: greeting:{id:itn}"));
  expect((await run(files)).diagnostics.map(({ code }) => code)).toEqual(["C1201", "C2102"]);
  edit(files, (yaml) => yaml.slice(0, yaml.indexOf("memoize:")).replace(":{id:itn}", ""));
  expect((await run(files)).notes).toContain("removed   src/caches/memoize.gen.ts");
});

test("a mutation is looked at anew when its function, its targets or the key have changed", async () => {
  const files = new MemoryFiles(project);
  const source = (id: string): string => `export async function save(user: { readonly id: ${id} }): Promise<void> {}\n`;
  const module = (): string => files.texts()["/app/src/caches/mutate.gen.ts"] ?? "";
  files.write("/app/src/save.ts", source("number"));
  edit(
    files,
    (yaml) => `${yaml}mutate:\n  saveUser: { function: ./src/save.ts#save, invalidates: ["user({ id: user.id })"] }\n`,
  );
  expect((await run(files)).notes).toContain("created   src/caches/mutate.gen.ts");
  expect(module()).toContain("keys: ([user]) => [{ id: user.id }],");
  expect((await run(files)).notes).toEqual(["5 unchanged in src/caches (0.12 s)"]);
  edit(files, (yaml) => yaml.replace('"user({ id: user.id })"', "'user({ id: 7 })'"));
  expect((await run(files)).notes).toContain("updated   src/caches/mutate.gen.ts");
  expect(module()).toContain("keys: () => [{ id: 7 }],");
  edit(files, (yaml) => yaml.replace("'user({ id: 7 })'", "'user({ id: user.id })'"));
  await run(files);
  files.write("/app/src/save.ts", source("string"));
  expect((await run(files)).diagnostics).toMatchObject([
    {
      code: "C2104",
      message: '"user.id" of "save" is string, and "{id:int}" of the key takes number',
      related: [
        { message: "the key is written here", span: { file: "/app/cachetory.yaml" } },
        { message: '"user" is declared here', span: { file: "/app/src/save.ts" } },
      ],
    },
  ]);
  edit(files, (yaml) => yaml.replace("user:{id:int}", "user:{id}"));
  expect((await run(files)).diagnostics).toEqual([]);
  // Whatever else is wrong with the file.
  files.write("/app/src/save.ts", source("number"));
  edit(files, (yaml) => yaml.replace("key: greeting", "key: greeting:{id:itn}"));
  expect((await run(files)).diagnostics.map(({ code }) => code)).toEqual(["C1201", "C2104"]);
});

test("a long list of changes is cut short", async () => {
  const files = new MemoryFiles(project);
  const caches = Array.from(
    { length: 30 },
    (_, at) => `  c${at}: { backend: local, key: "c${at}", value: string, ttl: 1h }\n`,
  );
  edit(files, (yaml) => yaml + caches.join(""));
  const { notes } = await run(files);
  expect(notes).toHaveLength(22);
  expect(notes.slice(-2)).toEqual(["... and 14 more", "34 created in src/caches (0.12 s)"]);
});

test("what is wrong inside of a type is found beside a mistake in the YAML, and again where nothing has changed", async () => {
  const files = new MemoryFiles(project);
  files.write("/app/src/models.ts", "export interface User { readonly born: Date }\n");
  const codes = async (): Promise<readonly string[]> => (await run(files)).diagnostics.map(({ code }) => code);
  expect(await codes()).toEqual(["C2008"]);
  expect(await codes()).toEqual(["C2008"]);
  edit(files, (yaml) => yaml.replace("key: greeting", "key: greeting:{id:itn}"));
  expect(await codes()).toEqual(["C2008", "C1201"]);
});

test("--dry-run names what it would do and does none of it", async () => {
  const files = new MemoryFiles(project);
  expect(await run(withoutWrites(files), "dry-run")).toEqual({
    diagnostics: [],
    notes: [
      "to create src/caches/backends.gen.ts",
      "to create src/caches/greeting.gen.ts",
      "to create src/caches/index.ts",
      "to create src/caches/user.gen.ts",
      "4 to create in src/caches (0.12 s); nothing was written",
    ],
    exitCode: 0,
  });
});

test("--check is content with what was just generated", async () => {
  const files = new MemoryFiles(project);
  await run(files);
  expect(await run(withoutWrites(files), "check")).toEqual({
    diagnostics: [],
    notes: ["4 up to date in src/caches (0.12 s)"],
    exitCode: 0,
  });
});

test("--check finds every missing, outdated and orphaned file, shows how they differ, and writes nothing", async () => {
  const files = new MemoryFiles(project);
  await run(files);
  edit(files, (yaml) => yaml.replaceAll("greeting", "farewell").replace("memory://", "memory://?max-entries=5"));
  const { diagnostics, exitCode, notes } = await run(withoutWrites(files), "check");
  expect(exitCode).toBe(1);
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    "C3001 src/caches/backends.gen.ts is outdated: cachetory.yaml or a type that it names has changed since, or it was edited",
    "C3001 src/caches/farewell.gen.ts is missing: it has not been generated, or not been committed",
    "C3001 src/caches/greeting.gen.ts is orphaned: nothing in cachetory.yaml makes it any more",
    "C3001 src/caches/index.ts is outdated: cachetory.yaml or a type that it names has changed since, or it was edited",
  ]);
  expect(notes[0]).toBe(`\
--- src/caches/backends.gen.ts
+++ src/caches/backends.gen.ts
@@ -5,8 +5,8 @@
   declareBackend,
 } from "@cachetory/runtime/codegen/v1/core";
${" "}
-/** URL: \`memory://\` */
+/** URL: \`memory://?max-entries=5\` */
 export const local: DeclaredBackend = /* @__PURE__ */ declareBackend({
   name: "local",
-  url: ["memory://"],
+  url: ["memory://?max-entries=5"],
 });`);
  expect(notes[1]).toContain("--- /dev/null\n+++ src/caches/farewell.gen.ts\n");
  expect(notes[2]).toContain("--- src/caches/greeting.gen.ts\n+++ /dev/null\n");
  expect(notes.slice(-2)).toEqual([
    "1 missing, 2 outdated, 1 orphaned, 1 up to date in src/caches (0.12 s)",
    "Run: npx cachetory generate",
  ]);
});

test("a diff of --check ends after 40 lines, and after 10 files", async () => {
  const files = new MemoryFiles(project);
  const caches = Array.from(
    { length: 20 },
    (_, at) => `  c${at}: { backend: local, key: "c${at}", value: string, ttl: 1h }\n`,
  );
  edit(files, (yaml) => yaml + caches.join(""));
  const { notes } = await run(files, "check");
  expect(notes).toHaveLength(13);
  expect(notes[1]?.split("\n")).toHaveLength(41);
  expect(notes[1]).toMatch(/\n\.\.\. \d+ more lines$/);
  expect(notes[10]).toBe("... and 14 more files without a diff here.");
});

test("a checkout with CRLF is up to date", async () => {
  const files = new MemoryFiles(project);
  await run(files);
  for (const [file, text] of Object.entries(files.texts())) files.write(file, text.replaceAll("\n", "\r\n"));
  expect((await run(withoutWrites(files), "check")).exitCode).toBe(0);
});

test.each([
  ["/app/cachetory.yml", "npx cachetory generate"],
  ["/app/conf/caches.yaml", "npx cachetory generate -c conf/caches.yaml"],
  ["/app/it's here/caches.yaml", "npx cachetory generate -c 'it'\\''s here/caches.yaml'"],
])("for %s the command that mends is %s", async (file, command) => {
  const { "/app/cachetory.yaml": yaml = "", ...rest } = project;
  const files = new MemoryFiles({ ...rest, [file]: yaml.replace("./src/models.ts#User", "string") });
  const { notes } = await generate({ files: [file], mode: "check" }, memoryHost(files));
  expect(notes.at(-1)).toBe(`Run: ${command}`);
});

test.each(["check", "dry-run", "write"] as const)(
  "an error in the YAML stops %s before anything is written",
  async (mode) => {
    const files = new MemoryFiles(project);
    edit(files, (yaml) => yaml.replace("memory://", "memry://"));
    const { diagnostics, exitCode, notes } = await run(withoutWrites(files), mode);
    expect(diagnostics.map(({ code }) => code)).toEqual(["C1103"]);
    expect([exitCode, notes]).toEqual([1, []]);
  },
);

test("an error in a type stops everything, also where the other files could be written", async () => {
  const files = new MemoryFiles(project);
  edit(files, (yaml) => yaml.replace("#User", "#Usr"));
  const { diagnostics, exitCode } = await run(files);
  expect(diagnostics.map(({ code }) => code)).toEqual(["C2002"]);
  expect(exitCode).toBe(1);
  expect(files.kind("/app/src/caches")).toBeUndefined();
});

test.each([
  ["ENOSPC", "Make room on the disk and run the command again; nothing was changed"],
  ["EACCES", "Give yourself the right to write there, or name another output folder; nothing was changed"],
  ["EIO", "Mend that and run the command again; nothing was changed"],
])("where the disk answers %s, all stays as it was and the finding says what to do", async (code, hint) => {
  const files = new MemoryFiles(project);
  await run(files);
  edit(files, (yaml) => yaml.replace("1h", "2h"));
  const before = generatedTexts(files);
  const { diagnostics, exitCode } = await run(failingWrites(files, code));
  expect(diagnostics).toMatchObject([
    { code: "C3002", message: `src/caches cannot be written: ${code}: as the test wants it`, hint },
  ]);
  expect(exitCode).toBe(1);
  expect(generatedTexts(files)).toEqual(before);
});

test("an output folder that a link leads out of the project is refused", async () => {
  const files = new MemoryFiles(project);
  files.makeFolder("/elsewhere");
  files.links.set("/app/src/caches", "/elsewhere");
  const { diagnostics } = await run(withoutWrites(files));
  expect(diagnostics).toMatchObject([
    {
      code: "C1107",
      message: '"output" leads out of the folder of the YAML file: by a link, src/caches is /elsewhere',
    },
  ]);
});

test("an output folder that is a link within the project is written through", async () => {
  const files = new MemoryFiles(project);
  files.makeFolder("/app/generated");
  files.links.set("/app/src/caches", "/app/generated");
  expect((await run(files)).exitCode).toBe(0);
  expect(files.list("/app/generated")).toContain("user.gen.ts");
});

function run(files: FileSystem, mode: GenerateMode = "write"): Promise<CommandResult> {
  return generate({ files: ["/app/cachetory.yaml"], mode }, memoryHost(files));
}

function edit(files: MemoryFiles, change: (yaml: string) => string): void {
  files.write("/app/cachetory.yaml", change(files.texts()["/app/cachetory.yaml"] ?? ""));
}

/** A disk on which the output folder must not be changed; what the resolver keeps for itself is another matter. */
function withoutWrites(files: FileSystem): FileSystem {
  return onOutput(files, (path) => {
    throw new Error(`${path} must not be touched`);
  });
}

function failingWrites(files: FileSystem, code: string): FileSystem {
  return onOutput(files, () => {
    throw Object.assign(new Error(`${code}: as the test wants it`), { code });
  });
}

function onOutput(files: FileSystem, refuse: (path: string) => void): FileSystem {
  const check = (path: string): void => {
    if (path.startsWith("/app/src/caches")) refuse(path);
  };
  return {
    read: (path) => files.read(path),
    kind: (path) => files.kind(path),
    list: (path) => files.list(path),
    entries: (path) => files.entries(path),
    realPath: (path) => files.realPath(path),
    write: (path, content) => {
      check(path);
      files.write(path, content);
    },
    rename: (from, to) => {
      check(to);
      files.rename(from, to);
    },
    remove: (path) => {
      check(path);
      files.remove(path);
    },
    makeFolder: (path) => {
      check(path);
      files.makeFolder(path);
    },
  };
}

function generatedTexts(files: MemoryFiles): Record<string, string> {
  return Object.fromEntries(Object.entries(files.texts()).filter(([file]) => file.startsWith("/app/src/caches")));
}
