import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../support/repository.ts";
import { type ProgramResult, runProgram } from "../support/run-program.ts";

/**
 * Commands for a clone of this repository. Making the clone is not repeated, `npm start` is run here, and of the other
 * scripts it is enough that they exist: running the tests is what we are at.
 */
export async function runClonedCommands(block: string): Promise<ProgramResult> {
  let result: ProgramResult = { exitCode: 0, stdout: "", stderr: "", output: "" };
  const lines = block.split("\n").map((line) => line.replace(/\s+#.*|^#.*/, "").trim());
  for (const command of lines.filter((line) => line !== "" && !/^(git clone|cd) /.test(line))) {
    const script = /^(?:\w+=\S+ )*npm (?:run )?([\w:-]+)/.exec(command)?.[1];
    if (script === undefined || !scripts().includes(script)) {
      throw new Error(`\`${command}\` is no script of this repository; there are: ${scripts().join(", ")}.`);
    }
    if (script === "start") result = await runProgram("bash", ["-ec", command], { cwd: repository });
  }
  return result;
}

function scripts(): readonly string[] {
  return Object.keys(JSON.parse(readFileSync(join(repository, "package.json"), "utf8")).scripts);
}
