import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// A test run that is killed runs no handlers, so a shell outlives it: it reads one will after the other from a pipe, and
// carries out the last one when the pipe ends with this process.
const executor = 'trap "" INT TERM HUP; while IFS= read -r line; do will=$line; done; eval "$will"';

const pids = new Set<number>();
const folders = new Set<string>();
let shell: ChildProcess | undefined;

/** The process is killed with this one, however this one ends. */
export function killWithThisProcess(pid: number): void {
  pids.add(pid);
  writeWill();
}

/** The process has ended, and its id may be that of another by now. */
export function forgetProcess(pid: number): void {
  pids.delete(pid);
  writeWill();
}

/** A new temporary folder, which is removed at the end of this process at the latest. */
export function makeTemporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `cachetory-${name}-`));
  folders.add(folder);
  writeWill();
  return folder;
}

export function removeTemporaryFolder(folder: string): void {
  remove(folder);
  folders.delete(folder);
  writeWill();
}

/**
 * A redis-server that was killed may have left a child that still writes a snapshot: a file that comes while the folder
 * is removed. The tries of `rmSync` do not see it, for they look into the folder once.
 */
function remove(folder: string, tries = 5): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
  } catch (error) {
    if (tries === 1) throw error;
    remove(folder, tries - 1);
  }
}

function writeWill(): void {
  if (shell === undefined) {
    // A group of its own: what is sent to the group of the test run must not reach it.
    shell = spawn("sh", ["-c", executor], { stdio: ["pipe", "ignore", "ignore"], detached: true });
    shell.unref();
    if (shell.stdin !== null && "unref" in shell.stdin && typeof shell.stdin.unref === "function") shell.stdin.unref();
  }
  const removed = [...folders].map((folder) => `'${folder.replaceAll("'", "'\\''")}'`);
  shell.stdin?.write(`kill -9 ${[...pids].join(" ")}; rm -rf ${removed.join(" ")}\n`);
}
