import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { main } from "../../../generator/src/cli/main.ts";
import { nodeHost } from "../../../generator/src/node-host.ts";
import { copyProject, type GoldenCase, goldenCases, readTree } from "./cases.ts";

// Each starts the compiler, which takes its time beside other tests.
vi.setConfig({ testTimeout: 60_000 });

/** Rewrites what is expected. Read every change before it is committed: it is the specification. */
const isUpdate = process.env["UPDATE_CASES"] === "1";

test.each(goldenCases)("generate on $name writes and reports what it should", async (golden) => {
  const project = realpathSync(mkdtempSync(path.join(tmpdir(), `cachetory-${golden.name}-`)));
  try {
    copyProject(golden, project);
    const before = readTree(project);
    const { exitCode, stdout } = await run(["generate", "--format", "text", ...golden.args], project);
    const after = readTree(project);

    const written = Object.fromEntries(Object.entries(after).filter(([file, text]) => before[file] !== text));
    const removed = Object.keys(before).filter((file) => !(file in after));
    if (isUpdate) rewrite(golden, written, stdout);
    expect(stdout).toBe(expectedFindings(golden));
    expect(exitCode).toBe(/: error C\d{4}: /.test(stdout) ? 1 : 0);
    expect(written).toEqual(readTree(path.join(golden.folder, "out")));
    expect(removed).toEqual(golden.removed);
  } finally {
    rmSync(project, { recursive: true });
  }
});

function expectedFindings({ folder }: GoldenCase): string {
  const file = path.join(folder, "findings.txt");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function rewrite({ folder }: GoldenCase, written: Readonly<Record<string, string>>, findings: string): void {
  const out = path.join(folder, "out");
  rmSync(out, { recursive: true, force: true });
  for (const [file, text] of Object.entries(written)) {
    mkdirSync(path.dirname(path.join(out, file)), { recursive: true });
    writeFileSync(path.join(out, file), text);
  }
  if (findings === "") rmSync(path.join(folder, "findings.txt"), { force: true });
  else writeFileSync(path.join(folder, "findings.txt"), findings);
}

/** The command as it is without a process of its own, which process.test.ts starts. */
async function run(
  args: readonly string[],
  cwd: string,
): Promise<{ readonly exitCode: number; readonly stdout: string }> {
  let stdout = "";
  const output = {
    isTerminal: false,
    write(text: string) {
      stdout += text;
    },
  };
  const exitCode = await main(args, { ...nodeHost(), cwd, stdout: output });
  return { exitCode, stdout };
}
