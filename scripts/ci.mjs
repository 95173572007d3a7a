// Everything that must hold of a commit, each step named and timed. Ends with `N passed, N failed`: the tests, and each
// other step as one.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode } from "./check-node.mjs";
import { install } from "./install.mjs";
import { root, runCommand, runNpm, StepError } from "./run-command.mjs";

checkNode();
process.env.NO_COLOR = "1";
const nodeOptions = process.env.NODE_OPTIONS ?? "";
// Each Node starts four threads for the compiler and the garbage of V8. Where tests take both cores, they only steal time from each other.
process.env.NODE_OPTIONS = `${nodeOptions} --v8-pool-size=1`;
// Most processes live for a second: each page that one touches for the first time is a fault of the system's, and large pages are few.
const tunables = process.env.GLIBC_TUNABLES;
process.env.GLIBC_TUNABLES ??= "glibc.malloc.hugetlb=1";

// zstd is compiled in two thirds of the time; how fast it is, no test asks.
process.env.CFLAGS ??= "-O1";
process.env.CXXFLAGS ??= "-O1";

const keyvSuite = "test/keyv-suite";
const totals = { passed: 0, failed: 0 };
const results = [];

/** Steps that run beside others, by name. */
const lanes = { inClone, besideTests, besideKeyv };

const folder = mkdtempSync(join(tmpdir(), "cachetory-ci-"));
try {
  await (lanes[process.argv[2]] ?? all)();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

console.log(`\n${results.join("\n")}\n`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 ? 1 : 0;

async function all() {
  const inClone = start("inClone");
  await step("install", install);
  // Tests build as well, which then is done.
  await step("build", () => npmRun("build"));
  // Tests wait for servers now and then: only such time is taken, for some of them measure how long something takes.
  const besideTests = start("besideTests", ["nice", "-n", "10"]);
  await step("tests", () => runTests(["test"]));
  await step("what is done in a clone", () => takeOver(inClone));
  await step("what is done beside the tests", () => takeOver(besideTests));
  const besideKeyv = start("besideKeyv");
  await step("Keyv's own suite, and its users", () => runTests(["test", "--prefix", keyvSuite]));
  await step("what is done beside that", () => takeOver(besideKeyv));
  // Measures, so it is alone, and as Node is everywhere.
  process.env.NODE_OPTIONS = nodeOptions;
  if (tunables === undefined) delete process.env.GLIBC_TUNABLES;
  await step("benchmarks, and nothing slower by a factor", () => npmRun("bench-check:run"));
}

/** What needs nothing of this clone but its commits: to install there takes one processor, and here the other. */
async function inClone() {
  await step("the README's command in a fresh clone", () =>
    runCommand(process.execPath, ["scripts/check-readme-command.mjs"]),
  );
}

/** What needs nothing that tests install, and so little of the processor that they leave enough. */
async function besideTests() {
  await step("lint and formatting", () => npmRun("lint"));
  await step("dead exports and dependencies", () => npmRun("exports"));
  await step("types of published packages", () => npmRun("real-types"));
  await step("known vulnerabilities of dependencies", () => npmRun("audit-dependencies"));
  // It is there before the types of that suite are checked, which are while it runs.
  await step("what Keyv's suite needs", () => runNpm(["ci", "--ignore-scripts", "--prefix", keyvSuite]));
  await step("what benchmarks need", () => npmRun("bench-check:prepare"));
}

async function besideKeyv() {
  await step("types", () => npmRun("types"));
  await step("generated code is up to date", () => npmRun("drift"));
  await step("packages", () => npmRun("packages"));
}

async function step(name, run) {
  console.log(`\n=== ${name}`);
  const startMs = performance.now();
  let outcome = "passed";
  try {
    await run();
    totals.passed += 1;
  } catch (error) {
    outcome = "FAILED";
    totals.failed += 1;
    console.error(error instanceof StepError ? error.message : error);
  }
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  const line = `${outcome}  ${seconds.padStart(6)} s  ${name}`;
  results.push(line);
  console.log(`=== ${line}`);
}

function npmRun(script) {
  runNpm(["run", "--silent", script]);
}

/** Begins a lane, in a process of its own. */
function start(lane, through = []) {
  const log = join(folder, `${lane}.log`);
  const output = openSync(log, "w");
  const [program, ...args] = [...through, process.execPath, fileURLToPath(import.meta.url), lane];
  const child = spawn(program, args, { cwd: root, stdio: ["ignore", output, output] });
  closeSync(output);
  return { log, ended: once(child, "exit") };
}

/** Waits for those steps, prints what they printed, and counts each as one. */
async function takeOver({ log, ended }) {
  await ended;
  const output = readFileSync(log, "utf8").trimEnd();
  console.log(output);
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(output.split("\n").at(-1)) ?? [];
  if (passed === undefined) throw new StepError("They did not come to their end.");
  results.push(...output.split("\n").filter((line) => /^(?:passed|FAILED) /.test(line)));
  totals.passed += Number(passed);
  totals.failed += Number(failed);
}

/** A command of npm that runs tests. They count one by one; the step itself fails with them, or without any. */
function runTests(command) {
  const report = join(folder, "tests.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  rmSync(report, { force: true });
  try {
    runNpm([...command, "--silent", "--", ...reporters]);
  } finally {
    countTests(report);
  }
}

function countTests(report) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readReport(report));
  totals.passed += numPassedTests;
  totals.failed += numFailedTests;
  const skipped = numPendingTests + numTodoTests;
  if (skipped > 0) throw new StepError(`${skipped} tests were skipped; each must run.`);
  if (numPassedTests + numFailedTests === 0) throw new StepError("No test was run.");
}

function readReport(report) {
  try {
    return readFileSync(report, "utf8");
  } catch {
    throw new StepError("The tests did not come to their end: vitest left no report.");
  }
}
