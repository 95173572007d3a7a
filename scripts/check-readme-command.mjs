// Runs what the README tells a newcomer to type first, in a fresh clone, and looks at what it prints.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main, root, runCommand, StepError, say, tryCommand } from "./run-command.mjs";

const limitMs = 5 * 60_000;

await main(() => {
  const folder = mkdtempSync(join(tmpdir(), "cachetory-clone-"));
  try {
    runCommand("git", ["clone", "--quiet", "--no-hardlinks", root, folder], { label: "git clone" });
    const [first, ...others] = commandsOf(readFileSync(join(folder, "README.md"), "utf8"));
    if (first === undefined) throw new StepError("The README has no ```sh clone block with a command.");
    if (![first, ...others].includes("npm test"))
      throw new StepError("The README does not say how to run the tests: `npm test`.");
    say(first);
    const { isSuccess, output } = tryCommand("bash", ["-ec", first], {
      cwd: folder,
      env: newcomer(),
      timeout: limitMs,
    });
    console.log(output);
    if (!isSuccess) throw new StepError(`\`${first}\` fails in a fresh clone.`);
    for (const word of ["miss", "hit"]) {
      if (!new RegExp(`\\b${word}\\b`).test(output)) throw new StepError(`\`${first}\` prints no ${word}.`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The commands of the README's blocks for a clone of the repository, those left out that make the clone. */
function commandsOf(readme) {
  return [...readme.matchAll(/^```sh clone\n(.*?)^```$/gms)]
    .flatMap(([, block]) => block.split("\n"))
    .map((line) => line.replace(/\s+#.*/, "").trim())
    .filter((line) => line !== "" && !line.startsWith("#") && !/^(git clone|cd) /.test(line));
}

/** The environment of a shell in which no npm script runs, and without a Redis. */
function newcomer() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$|^NODE_ENV$|^REDIS_URL$/i.test(name)),
  );
}
