import { type ChildProcess, spawn } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { casesFolder, copyProject, type GoldenCase, goldenCases, readTree } from "../golden/cases.ts";

// Each starts the compiler, which takes its time beside other tests.
vi.setConfig({ testTimeout: 60_000 });

const bin = path.resolve(casesFolder, "../../generator/dist/bin.js");
const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

test("a second run leaves every file as it is, its time of change included, and does not load the compiler", async () => {
  const project = projectOf("value-types");
  await run(["generate"], project);
  const times = timesOf(project);
  const second = await run(["generate"], project, { NODE_OPTIONS: `--import=${loadReporter}` });
  expect(timesOf(project)).toEqual(times);
  expect(second.stderr).toMatch(/^15 unchanged in src\/caches \(\d\.\d\d s\)$/m);
  expect(second.stderr).toContain("loaded commander\n");
  expect(second.stderr).not.toMatch(/loaded (yaml|ts-morph)\n/);
});

test("nor does a run after a change of the YAML that concerns no type", async () => {
  const project = projectOf("value-types");
  await run(["generate"], project);
  const yaml = path.join(project, "cachetory.yaml");
  writeFileSync(yaml, `# A comment.\n${readFileSync(yaml, "utf8")}`);
  const { stderr } = await run(["generate"], project, { NODE_OPTIONS: `--import=${loadReporter}` });
  expect(stderr).toMatch(/^15 unchanged in src\/caches/m);
  expect(stderr).toContain("loaded yaml\n");
  expect(stderr).not.toContain("loaded ts-morph\n");
});

test("a run of another build of the generator, or on another package of its own, is not answered by the ones before", async () => {
  const project = projectOf("smallest");
  const packages = installedGenerator();
  const isAnswered = async (): Promise<boolean> => {
    const { exitCode, stderr } = await ended(
      start(
        ["generate"],
        project,
        { NODE_OPTIONS: `--import=${loadReporter}` },
        path.join(packages, "cachetory/bin/cachetory.js"),
      ),
    );
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^3 (created|unchanged) in src\/caches/m)]);
    return !stderr.includes("loaded yaml\n");
  };
  expect([await isAnswered(), await isAnswered()]).toEqual([false, true]);
  const changed = [
    "cachetory/dist/start.js",
    "cachetory/dist/run.js",
    "cachetory/dist/resolve.js",
    "@cachetory/runtime/dist/schemes/index.js",
    "yaml/package.json",
    "ts-morph/package.json",
    "@ts-morph/common/package.json",
  ];
  for (const file of changed) {
    appendFileSync(path.join(packages, file), "\n");
    expect([file, await isAnswered()]).toEqual([file, false]);
  }
  expect(await isAnswered()).toBe(true);
});

test("the summary goes to stderr, and stdout stays empty", async () => {
  const { exitCode, stderr, stdout } = await run(["generate"], projectOf("smallest"));
  expect([exitCode, stdout]).toEqual([0, ""]);
  expect(stderr).toMatch(/^3 created in src\/caches \(\d\.\d\d s\)$/m);
});

test("--check ends with 1 and tells what to run; generate then ends with 0, and so does --check", async () => {
  const project = projectOf("orphans");
  const drift = await run(["generate", "--check"], project);
  expect(drift.exitCode).toBe(1);
  expect(drift.stderr).toContain("2 missing, 1 outdated, 1 orphaned in src/caches");
  expect(drift.stderr.trimEnd().split("\n").at(-1)).toBe("Run: npx cachetory generate");
  expect((await run(["generate"], project)).exitCode).toBe(0);
  expect((await run(["generate", "--check"], project)).exitCode).toBe(0);
});

test.each(["sv_SE.UTF-8", "tr_TR.UTF-8"])("the locale %s changes nothing", async (locale) => {
  const project = projectOf("name-collisions");
  await run(["generate"], project, { LC_ALL: locale, LANG: locale });
  expect(readTree(path.join(project, "src/caches"))).toEqual(
    readTree(path.join(casesFolder, "name-collisions/out/src/caches")),
  );
});

test("a module whose name is too long for a file is not there", async () => {
  const project = projectOf("findings-types");
  const module = `./src/${"a".repeat(300)}.ts`;
  const cache = `caches: { one: { key: one, value: "${module}#A", backend: local, ttl: 1m } }`;
  const yaml = ["version: 1", "output: src/caches", "backends: { local: memory:// }", cache, ""].join("\n");
  writeFileSync(path.join(project, "cachetory.yaml"), yaml);
  const { exitCode, stdout } = await run(["generate", "--format", "text"], project);
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining('error C2001: there is no file "./src/aaa')]);
});

test("a link in the way is not followed, and what it leads to stays", async () => {
  const project = projectOf("smallest");
  const folder = path.join(project, "src/caches");
  const outside = path.join(project, "outside.ts");
  const generated = "// @generated by cachetory (codegen v1) from elsewhere.\n";
  writeFileSync(outside, generated);
  mkdirSync(folder, { recursive: true });
  symlinkSync(outside, path.join(folder, "greeting.gen.ts"));
  symlinkSync(outside, path.join(folder, ".cachetory~new~index.ts.tmp"));
  const { exitCode, stdout } = await run(["generate", "--format", "text"], project);
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining("src/caches/greeting.gen.ts is in the way")]);

  rmSync(path.join(folder, "greeting.gen.ts"));
  expect((await run(["generate"], project)).exitCode).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(["backends.gen.ts", "greeting.gen.ts", "index.ts"]);
  expect(readFileSync(outside, "utf8")).toBe(generated);
});

test("an output folder that is a link out of the project is refused", async () => {
  const project = projectOf("smallest");
  const outside = mkdtempSync(path.join(tmpdir(), "cachetory-outside-"));
  made.push(outside);
  mkdirSync(path.join(project, "src"));
  symlinkSync(outside, path.join(project, "src/caches"));
  const { exitCode, stdout } = await run(["generate", "--format", "text"], project);
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining("error C1107: ")]);
  expect(readdirSync(outside)).toEqual([]);
});

test("Ctrl-C in the middle of writing leaves every file whole, and the next run mends", async () => {
  const project = projectOf("smallest");
  const names = Array.from({ length: 150 }, (_, at) => `c${at}`);
  const declare = (ttl: string): void => {
    const caches = names.map(
      (name) => `  ${name}: { backend: local, key: "${name}:{id:int}", value: string, ttl: ${ttl} }\n`,
    );
    const head = "version: 1\noutput: src/caches\nbackends:\n  local: memory://\ncaches:\n";
    writeFileSync(path.join(project, "cachetory.yaml"), head + caches.join(""));
  };
  declare("1h");
  await run(["generate"], project);
  const folder = path.join(project, "src/caches");
  const before = readTree(folder);

  declare("2h");
  const child = start(["generate"], project);
  const watcher = watch(folder, () => child.kill("SIGINT"));
  const { exitCode, signal } = await ended(child);
  watcher.close();
  // A shell shows this as 130.
  expect([exitCode, signal]).toEqual([null, "SIGINT"]);
  for (const [name, text] of Object.entries(readTree(folder))) {
    if (name.endsWith(".tmp")) continue;
    // Whole: what it was, or what it was to become.
    expect([before[name], before[name]?.replace("TTL: 1 h", "TTL: 2 h").replace("3_600_000", "7_200_000")]).toContain(
      text,
    );
  }
  expect((await run(["generate"], project)).exitCode).toBe(0);
  expect((await run(["generate", "--check"], project)).exitCode).toBe(0);
  expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
});

test("runs at once all succeed, and leave what one leaves", async () => {
  const project = projectOf("tags");
  const runs = await Promise.all([1, 2, 3].map(() => run(["generate"], project)));
  expect(runs.map(({ exitCode, stdout }) => [exitCode, stdout])).toEqual([1, 2, 3].map(() => [0, expect.any(String)]));
  expect(readTree(path.join(project, "src/caches"))).toEqual(readTree(path.join(casesFolder, "tags/out/src/caches")));
});

/** Writes to stderr which packages are loaded. */
const loadReporter = asModule(`
  import { register } from "node:module";
  register(${JSON.stringify(
    asModule(`
      import { writeSync } from "node:fs";
      export async function resolve(specifier, context, next) {
        if (/^[a-z]/.test(specifier)) writeSync(2, "loaded " + specifier + "\\n");
        return next(specifier, context);
      }`),
  )});`);

function asModule(text: string): string {
  return `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
}

function projectOf(name: string): string {
  const golden = goldenCases.find((each): each is GoldenCase => each.name === name);
  if (golden === undefined) throw new Error(`There is no case ${name}.`);
  const project = mkdtempSync(path.join(tmpdir(), "cachetory-process-"));
  made.push(project);
  copyProject(golden, project);
  return project;
}

function timesOf(project: string): Record<string, bigint> {
  const folder = path.join(project, "src/caches");
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, statSync(path.join(folder, name), { bigint: true }).mtimeNs]),
  );
}

/** A folder of packages: this generator as users have it, with what it stands on; what a run depends on as copies. */
function installedGenerator(): string {
  const packages = path.join(mkdtempSync(path.join(tmpdir(), "cachetory-installed-")), "node_modules");
  made.push(path.dirname(packages));
  const root = path.resolve(casesFolder, "../..");
  const copy = (from: string, name: string): void =>
    cpSync(path.join(root, from), path.join(packages, name), { recursive: true });
  for (const part of ["package.json", "bin", "dist"]) copy(`generator/${part}`, `cachetory/${part}`);
  for (const part of ["package.json", "dist"]) copy(`runtime/${part}`, `@cachetory/runtime/${part}`);
  for (const name of ["yaml", "ts-morph", "@ts-morph/common"]) copy(`node_modules/${name}`, name);
  for (const folder of [path.join(root, "generator/node_modules"), path.join(root, "node_modules")]) {
    for (const name of readdirSync(folder)) {
      const to = path.join(packages, name);
      if (!existsSync(to)) symlinkSync(path.join(folder, name), to);
    }
  }
  return packages;
}

function start(
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
  command: string = bin,
): ChildProcess {
  return spawn(process.execPath, [command, ...args], { cwd, env: { ...process.env, ...env }, stdio: "pipe" });
}

interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], cwd: string, env?: Record<string, string>): Promise<Ended> {
  return ended(start(args, cwd, env));
}

function ended(child: ChildProcess): Promise<Ended> {
  const printed = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk: Buffer) => {
    printed.stdout += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    printed.stderr += chunk.toString();
  });
  return new Promise((resolve) => {
    child.on("close", (exitCode, signal) => resolve({ exitCode, signal, ...printed }));
  });
}
