import { spawn } from "node:child_process";

export interface ProgramResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, in the order in which they came. */
  readonly output: string;
}

export interface ProgramOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** Runs a program as from a plain shell: without colours, and without what npm tells the scripts that it runs. */
export function runProgram(program: string, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...plainEnvironment(), ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: options.timeoutMs ?? 120_000,
    });
    const result = { stdout: "", stderr: "", output: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      result.stdout += text;
      result.output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      result.stderr += text;
      result.output += text;
    });
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, ...result }));
  });
}

/** As `runProgram`; what the program printed becomes the error where it fails. */
export async function runOrThrow(
  program: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  const result = await runProgram(program, args, options);
  if (result.exitCode !== 0) {
    throw new Error(`${program} ${args.join(" ")} ended with ${result.exitCode}:\n${result.output}`);
  }
  return result;
}

function plainEnvironment(): Record<string, string> {
  const fromNpmOrVitest =
    /^npm_(?!config_(registry|cache|cafile|proxy|https_proxy|noproxy)$)|^INIT_CWD$|^VITEST|^NODE_ENV$|^NODE_OPTIONS$|^FORCE_COLOR$|^REDIS_URL$/i;
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !fromNpmOrVitest.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), NO_COLOR: "1" };
}
