import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from "node:fs";
import { performance } from "node:perf_hooks";
import type { FileSystem, GitAnswer, Host, Output } from "./host.ts";
import { isClosed } from "./is-closed.ts";
import { startProgress } from "./progress.ts";

/** The world as Node.js knows it. */
export function nodeHost(): Host {
  return {
    cwd: process.cwd(),
    env: process.env,
    files: nodeFiles,
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    nowMs: () => performance.now(),
    heapBytes: () => process.memoryUsage().heapUsed,
    startProgress,
    readStdin,
    runGit,
    watchFolder,
  };
}

function outputTo(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => {
      stream.write(text);
    },
    isTerminal: stream.isTTY === true,
  };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function runGit(args: readonly string[], folder: string, input?: string): GitAnswer | undefined {
  const { error, status, stdout, stderr } = spawnSync("git", args, {
    cwd: folder,
    input,
    maxBuffer: Number.POSITIVE_INFINITY,
    stdio: ["pipe", "pipe", "pipe"],
    // What git says is looked at, so it is to be in one language; and it is to write nothing, not even its index.
    env: { ...process.env, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0" },
  });
  if (error !== undefined && "code" in error && error.code === "ENOENT") return undefined;
  if (error !== undefined && status === null) throw error;
  return { exitCode: status ?? 1, stdout, stderr: stderr.toString() };
}

function watchFolder(folder: string, changed: (name: string | undefined) => void): () => void {
  const watcher = orNothing(() => watch(folder, (_, name) => changed(name ?? undefined)));
  if (watcher === undefined) {
    // It has gone since it was looked at.
    setImmediate(changed, undefined);
    return () => {};
  }
  // On some systems a folder that is deleted is an error of its watcher.
  watcher.on("error", () => changed(undefined));
  return () => watcher.close();
}

/** The disk. */
export const nodeFiles: FileSystem = {
  read: (path) => orNothing(() => readFileSync(path)),
  kind: (path) => {
    const stats = orNothing(() => statSync(path), isClosed);
    // Pipes and devices are read like files: `-c /dev/stdin` works.
    return stats === undefined ? undefined : stats.isDirectory() ? "folder" : "file";
  },
  stamp: (path) => {
    const stats = orNothing(() => statSync(path), isClosed);
    // A program may set every time of a file but that of its last change (ctime).
    return stats && [stats.dev, stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join();
  },
  list: (path) => (orNothing(() => readdirSync(path), isClosed) ?? []).sort((a, b) => (a < b ? -1 : 1)),
  entries: (path) =>
    (orNothing(() => readdirSync(path, { withFileTypes: true })) ?? [])
      .map((entry) => ({ name: entry.name, isFile: entry.isFile() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  realPath: (path) => orNothing(() => realpathSync.native(path), isClosed) ?? path,
  write: (path, content) => writeFileSync(path, content),
  rename: (from, to) => renameSync(from, to),
  remove: (path) => rmSync(path, { force: true }),
  makeFolder: (path) => {
    mkdirSync(path, { recursive: true });
  },
};

/** `undefined` where there is nothing at a path; every other error stays one, but those that `isNothing` takes for that. */
function orNothing<Result>(
  ask: () => Result,
  isNothing: (error: unknown) => boolean = () => false,
): Result | undefined {
  try {
    return ask();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // Where a name is too long for the file system, nothing can be.
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG" || isNothing(error)) return undefined;
    throw error;
  }
}
