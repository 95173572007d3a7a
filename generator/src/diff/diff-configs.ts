import { dirname } from "node:path";
import { resolveTypesCached } from "../cache/resolve-types-cached.ts";
import type { Resolver } from "../generate/warm-run.ts";
import { type GitTree, readGitTree } from "../git/git-tree.ts";
import { treeFiles } from "../git/tree-files.ts";
import type { FileSystem, Host } from "../host.ts";
import { type Diagnostic, hasError } from "../model/diagnostic.ts";
import { ParsedSources } from "../resolve/parsed-sources.ts";
import type { EnterPhase } from "../timing/phase.ts";
import { type ConfigState, noState, readState } from "./cache-state.ts";
import type { CacheDiff } from "./change.ts";
import { compareConfigs } from "./compare-configs.ts";

/** What has changed of one YAML file, with all that it includes. */
export interface ConfigDiff {
  /** Absolute path of the YAML file. */
  readonly file: string;
  /** Whether there was no such file. */
  readonly isNew: boolean;
  readonly caches: readonly CacheDiff[];
}

export interface Difference {
  readonly tree: Pick<GitTree, "ref" | "isMergeBase" | "commit">;
  readonly configs: readonly ConfigDiff[];
  /** Errors of the files as they are now. */
  readonly diagnostics: readonly Diagnostic[];
  /** Errors of the YAML as it was, with the files that they lie in. */
  readonly former: readonly Diagnostic[];
  readonly formerFiles: FileSystem;
  /** How many types and functions of before do not resolve with what is installed now. */
  readonly unresolved: number;
}

/** Compares YAML files and their types, as they are now, with what a commit had. What git has to say against it is the answer. */
export async function diffConfigs(
  files: readonly string[],
  ref: string | undefined,
  host: Pick<Host, "files" | "runGit">,
  enter: EnterPhase,
): Promise<Difference | Diagnostic> {
  // What both states have in common is parsed once, and no compiler is loaded where nothing has changed.
  const parsed = new ParsedSources();
  const importResolver = async () => {
    const { resolveTypes } = await import("../resolve/resolve-types.ts");
    const resolve: typeof resolveTypes = (request, disk) => resolveTypes(request, disk, parsed);
    return { resolveTypes: resolve };
  };
  const resolveFormer: Resolver = async (request, disk) => (await importResolver()).resolveTypes(request, disk);
  const resolveNow: Resolver = (request, disk) => resolveTypesCached(request, disk, importResolver);

  const configs: ConfigDiff[] = [];
  const diagnostics: Diagnostic[] = [];
  const former: Diagnostic[] = [];
  let unresolved = 0;
  let found: { readonly tree: GitTree; readonly files: FileSystem } | undefined;
  for (const file of files) {
    enter("read");
    const folder = host.files.realPath(dirname(file));
    // Several files mostly are of one repository.
    if (found === undefined || !isWithin(folder, found.tree.root)) {
      const tree = readGitTree(ref, folder, host);
      if ("code" in tree) return tree;
      found = { tree, files: treeFiles(tree, host.files) };
    }
    const { tree, files: formerFiles } = found;
    const now = await readState(file, host.files, resolveNow, enter);
    diagnostics.push(...now.diagnostics.filter(({ severity }) => severity === "error"));
    const isNew = formerFiles.kind(file) === undefined;
    let old: ConfigState = isNew ? noState : now;
    if (!isNew && (tree.contents.size > 0 || tree.absent.size > 0)) {
      old = await readState(file, formerFiles, resolveFormer, enter);
    }
    if (!old.isRead) former.push(...old.diagnostics);
    else if (old !== now) unresolved += old.diagnostics.length;
    enter("compare");
    if (!hasError(now.diagnostics) && old.isRead) configs.push({ file, isNew, caches: compareConfigs(old, now) });
  }
  if (found === undefined) throw new Error("There is no YAML file to compare.");
  return { tree: found.tree, configs, diagnostics, former, formerFiles: found.files, unresolved };
}

function isWithin(folder: string, root: string): boolean {
  return folder === root || folder.startsWith(root.endsWith("/") ? root : `${root}/`);
}
