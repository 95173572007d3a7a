import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, watch, writeFileSync } from "node:fs";
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
  expect(second.stderr).toContain("loaded yaml\n");
  expect(second.stderr).not.toContain("loaded ts-morph\n");
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

function start(args: readonly string[], cwd: string, env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [bin, ...args], { cwd, env: { ...process.env, ...env }, stdio: "pipe" });
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
