import { join } from "node:path";
import type { Host } from "../host.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";

/** A commit, and how its files differ from those on the disk. Whatever git does not know is in neither. */
export interface GitTree {
  /** As it was asked for, or the branch that was found to compare with. */
  readonly ref: string;
  /** Whether it is the last commit that the branch and the one that is checked out both have. */
  readonly isMergeBase: boolean;
  /** Its hash, as far as it is told from others. */
  readonly commit: string;
  /** Absolute; links followed. */
  readonly root: string;
  /** Files that were another text, by absolute path. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** Files that were not there, by absolute path. */
  readonly absent: ReadonlySet<string>;
}

/** What a branch is mostly to become part of. */
const defaultBranches = ["origin/HEAD", "origin/main", "origin/master", "main", "master"] as const;

/**
 * The files of a ref, of the repository that a folder is in; without a ref those of the commit at which the default branch and
 * the one that is checked out part. Looks at git alone, and leaves everything as it is.
 */
export function readGitTree(ref: string | undefined, folder: string, host: Pick<Host, "runGit">): GitTree | Diagnostic {
  const top = ask(["rev-parse", "--show-toplevel"], folder, host);
  if (top === undefined)
    return nothing("git is not installed, or cannot be run", "Install git, and have it on the PATH");
  if (top.exitCode !== 0) return nothing(`git finds no repository around ${folder}: ${reasonOf(top.stderr)}`);
  const root = top.text;
  const found = ref === undefined ? defaultCommit(root, host) : commitOf(ref, root, host);
  if ("code" in found) return found;
  // What the index says is of no interest: what differs, differs between the commit and the disk.
  const changed = ask(
    ["diff", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", found.hash, "--"],
    root,
    host,
  );
  const added = ask(["ls-files", "--others", "--exclude-standard", "-z"], root, host);
  if (changed?.exitCode !== 0 || added?.exitCode !== 0) {
    return nothing(`git cannot compare with ${found.ref}: ${reasonOf(changed?.stderr || added?.stderr || "")}`);
  }
  const entries = entriesOf(changed.text);
  const blobs = readBlobs([...new Set(entries.flatMap(({ blob }) => blob ?? []))], root, host);
  const contents = new Map<string, Uint8Array>();
  const absent = new Set<string>(namesOf(added.text).map((path) => join(root, path)));
  for (const { path, blob } of entries) {
    const content = blob === undefined ? undefined : blobs.get(blob);
    if (content === undefined) absent.add(join(root, path));
    else contents.set(join(root, path), content);
  }
  const { hash, ...names } = found;
  return { ...names, commit: hash.slice(0, 10), root, contents, absent };
}

interface Commit extends Pick<GitTree, "ref" | "isMergeBase"> {
  readonly hash: string;
}

function commitOf(ref: string, root: string, host: Pick<Host, "runGit">): Commit | Diagnostic {
  const parsed = ask(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`], root, host);
  if (parsed?.exitCode === 0) return { ref, isMergeBase: false, hash: parsed.text };
  const isShallow = ask(["rev-parse", "--is-shallow-repository"], root, host)?.text === "true";
  const hint = isShallow
    ? `This is a shallow clone: fetch what is to be compared with, as by git fetch --depth=1 origin ${ref}`
    : "Name a branch, a tag or a commit of this repository";
  return nothing(`there is no commit ${JSON.stringify(ref)} in ${root}`, hint);
}

function defaultCommit(root: string, host: Pick<Host, "runGit">): Commit | Diagnostic {
  for (const branch of defaultBranches) {
    const base = ask(["merge-base", "HEAD", branch], root, host);
    if (base?.exitCode === 0 && base.text !== "") return { ref: branch, isMergeBase: true, hash: base.text };
  }
  const list = defaultBranches.join(", ");
  return nothing(
    `there is nothing to compare with: of ${list}, no branch is there that has something in common with what is checked out`,
    "Name what to compare with, as in cachetory diff v1.2.0, or cachetory diff HEAD for what is not committed yet",
  );
}

interface Entry {
  readonly path: string;
  /** Of the commit; `undefined` where it has no such file. */
  readonly blob: string | undefined;
}

/** Of `:100644 100644 <blob> <blob> M`, then a path, each ended by a NUL. */
function entriesOf(raw: string): readonly Entry[] {
  const fields = namesOf(raw);
  return fields.flatMap((field, index) => {
    const [, mode, blob] = /^:(\d+) \d+ ([0-9a-f]+) /.exec(field) ?? [];
    const path = fields[index + 1];
    // What another repository or a link leads to is as it is now.
    if (!field.startsWith(":") || index % 2 !== 0 || path === undefined || mode === "160000" || mode === "120000")
      return [];
    return [{ path, blob: mode === "000000" ? undefined : blob }];
  });
}

/** All of them in one run, for each takes some milliseconds. */
function readBlobs(hashes: readonly string[], root: string, { runGit }: Pick<Host, "runGit">): Map<string, Uint8Array> {
  const blobs = new Map<string, Uint8Array>();
  if (hashes.length === 0) return blobs;
  const output = runGit(["cat-file", "--batch"], root, hashes.map((hash) => `${hash}\n`).join(""))?.stdout;
  let at = 0;
  while (output !== undefined && at < output.length) {
    const end = output.indexOf(0x0a, at);
    const [hash = "", kind, size] = Buffer.from(output.subarray(at, end)).toString().split(" ");
    at = end + 1;
    if (kind !== "blob") continue;
    blobs.set(hash, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return blobs;
}

function namesOf(text: string): readonly string[] {
  return text.split("\0").filter((name) => name !== "");
}

interface Answer {
  readonly exitCode: number;
  readonly text: string;
  readonly stderr: string;
}

function ask(args: readonly string[], folder: string, { runGit }: Pick<Host, "runGit">): Answer | undefined {
  const answer = runGit(args, folder);
  if (answer === undefined) return undefined;
  const text = Buffer.from(answer.stdout).toString();
  return { exitCode: answer.exitCode, stderr: answer.stderr, text: text.replace(/\n$/, "") };
}

function reasonOf(stderr: string): string {
  const [line = ""] = stderr.trim().split("\n");
  return line.replace(/^(?:fatal|error): /, "") || "git gives no reason";
}

function nothing(message: string, hint?: string): Diagnostic {
  return errorAt("C4001", undefined, message, hint);
}

/** A commit for people: `1a2b3c4d5e, the last commit that main has too`. */
export function commitText({ ref, isMergeBase, commit }: Pick<GitTree, "ref" | "isMergeBase" | "commit">): string {
  return isMergeBase ? `${commit}, the last commit that ${ref} has too` : `${commit} (${ref})`;
}
