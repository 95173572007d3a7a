import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../support/repository.ts";
import { runProgram } from "../support/run-program.ts";

function soak(...args: readonly string[]) {
  const program = [join(repository, "scripts/soak.mjs"), ...args];
  return runProgram(process.execPath, program, { cwd: repository, timeoutMs: 110_000 });
}

test("twenty seconds of random faults leave nothing over, and nothing wrong", { timeout: 120_000 }, async () => {
  const { exitCode, output } = await soak("--seconds", "20", "--seed", "7");
  expect(output).toContain("0 leaks, 0 errors, 0 wrong values");
  expect(exitCode).toBe(0);
});

test("what is left over or wrong is found", { timeout: 120_000 }, async () => {
  const { exitCode, output } = await soak("--seconds", "1", "--seed", "7", "--plant");
  for (const what of ["objectBytes:", "sockets:", "timers:", "handles:"]) expect(output).toContain(what);
  for (const what of ["a rejection that nobody handles:", "an error: planted", "a wrong value: planted"]) {
    expect(output).toContain(what);
  }
  expect(exitCode).toBe(1);
});
