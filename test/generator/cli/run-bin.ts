import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The built command, as npm links it. */
export const bin: string = fileURLToPath(new URL("../../../generator/dist/bin.js", import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunSettings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `cachetory` with arguments and waits for its end. */
export async function runBin(args: readonly string[], settings: RunSettings): Promise<Finished> {
  return finished(startBin(args, settings));
}

export function startBin(args: readonly string[], { cwd, env = {} }: RunSettings): ChildProcess {
  const { NO_COLOR: _, FORCE_COLOR: __, GITHUB_WORKSPACE: ___, ...inherited } = process.env;
  return spawn(process.execPath, [bin, ...args], { cwd, env: { ...inherited, ...env } });
}

export async function finished(child: ChildProcess): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** A folder that goes when the test that asked for it does. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "cachetory ünï ")));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
