// Everything that must hold of a commit, each step named and timed. Ends with `N passed, N failed`: the tests, and each
// other step as one.
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkNode } from "./check-node.mjs";
import { install } from "./install.mjs";
import { runCommand, runNpm, StepError } from "./run-command.mjs";

checkNode();
process.env.NO_COLOR = "1";

const totals = { passed: 0, failed: 0 };
const results = [];
const report = join(tmpdir(), `cachetory-tests-${process.pid}.json`);

await step("install", install);
await step("tests", () => runTests(["test"]));
await step("Keyv's own suite, and its users", () => runTests(["run", "keyv-suite"]));
await step("benchmarks, and nothing slower by a factor", () => npmRun("bench-check"));
await step("lint and formatting", () => npmRun("lint"));
await step("types", () => npmRun("types"));
await step("dead exports and dependencies", () => npmRun("exports"));
await step("generated code is up to date", () => npmRun("drift"));
await step("types of published packages", () => npmRun("real-types"));
await step("packages", () => npmRun("packages"));
await step("known vulnerabilities of dependencies", () => npmRun("audit-dependencies"));
await step("the README's command in a fresh clone", () =>
  runCommand(process.execPath, ["scripts/check-readme-command.mjs"]),
);

console.log(`\n${results.join("\n")}\n`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 ? 1 : 0;

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

/** A command of npm that runs tests. They count one by one; the step itself fails with them, or without any. */
function runTests(command) {
  rmSync(report, { force: true });
  try {
    runNpm([...command, "--silent", "--", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]);
  } finally {
    countTests();
    rmSync(report, { force: true });
  }
}

function countTests() {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readReport());
  totals.passed += numPassedTests;
  totals.failed += numFailedTests;
  const skipped = numPendingTests + numTodoTests;
  if (skipped > 0) throw new StepError(`${skipped} tests were skipped; each must run.`);
  if (numPassedTests + numFailedTests === 0) throw new StepError("No test was run.");
}

function readReport() {
  try {
    return readFileSync(report, "utf8");
  } catch {
    throw new StepError("The tests did not come to their end: vitest left no report.");
  }
}
