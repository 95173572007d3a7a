import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A step that did not succeed; its message is all that a person needs to read. */
export class StepError extends Error {}

/** Runs a program with its output on the terminal; a StepError with `advice` where it fails. */
export function runCommand(program, args, { advice, label = [basename(program), ...args].join(" "), ...options } = {}) {
  const { status, signal, error } = spawnSync(program, args, { cwd: root, stdio: "inherit", ...options });
  if (status === 0) return;
  const outcome = error?.message ?? (signal ? `was ended by ${signal}` : `failed with exit code ${status}`);
  throw new StepError(`\`${label}\` ${outcome}.${advice ? `\n${advice}` : ""}`);
}

/** What a program prints, both streams, and whether it succeeded; never throws. */
export function tryCommand(program, args, options) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: root, encoding: "utf8", ...options });
  return { isSuccess: status === 0, output: `${stdout ?? ""}${stderr ?? ""}${error ? error.message : ""}` };
}

/** The npm that runs this script, else the one on the PATH. */
export function runNpm(args, options) {
  const [program, ...first] = npmCommand();
  runCommand(program, [...first, ...args], {
    label: ["npm", ...args].join(" "),
    shell: first.length === 0 && process.platform === "win32",
    ...options,
  });
}

/** What npm prints, as {@link tryCommand}. */
export function tryNpm(args) {
  const [program, ...first] = npmCommand();
  return tryCommand(program, [...first, ...args], { shell: first.length === 0 && process.platform === "win32" });
}

function npmCommand() {
  const running = process.env.npm_execpath;
  return running && basename(running).startsWith("npm-cli") ? [process.execPath, running] : ["npm"];
}

const packageOf = { tsc: "typescript", biome: "@biomejs/biome", attw: "@arethetypeswrong/cli" };

/** Runs the command of an installed package, without a shell and without asking the registry. */
export function runBin(command, args, options) {
  runCommand(process.execPath, [binOf(command), ...args], { label: [command, ...args].join(" "), ...options });
}

/** Path of the script behind the command of an installed package. */
export function binOf(command) {
  const folder = join(root, "node_modules", packageOf[command] ?? command);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}

/** Runs the steps of a command of this repository; a StepError ends it with its message alone. */
export async function main(steps) {
  try {
    await steps();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(`\n${error.message}`);
    process.exit(1);
  }
}

export function say(text) {
  console.log(`\n> ${text}`);
}
