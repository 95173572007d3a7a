import { join, resolve } from "node:path";
import { foldersUpwards } from "../check/folders-upwards.ts";
import type { Host } from "../host.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";

/** The names that a YAML file has where none is given. */
const configNames = ["cachetory.yaml", "cachetory.yml"] as const;

type Found = { readonly file: string } | Diagnostic;

/**
 * The absolute path of the YAML file where none is given: the nearest one from the working folder upwards, as far as the
 * repository goes. Where there is none, the one that the working folder should have.
 */
export function findConfig(host: Pick<Host, "cwd" | "files">): Found {
  for (const folder of foldersUpwards(host.cwd)) {
    const found = configIn(folder, host);
    if (found !== undefined) return found;
    // A folder, or a file in a submodule and in a worktree.
    if (host.files.kind(join(folder, ".git")) !== undefined) break;
  }
  return { file: join(host.cwd, configNames[0]) };
}

/** The absolute path of the YAML file to begin with: the one given, else the one of the working folder, there or not. */
export function initialConfig(given: string | undefined, host: Pick<Host, "cwd" | "files">): Found {
  if (given !== undefined) return { file: resolve(host.cwd, given) };
  return configIn(host.cwd, host) ?? { file: join(host.cwd, configNames[0]) };
}

function configIn(folder: string, { files }: Pick<Host, "files">): Found | undefined {
  const [first, second] = configNames
    .map((name) => join(folder, name))
    .filter((file) => files.kind(file) !== undefined);
  if (first === undefined || second === undefined) return first === undefined ? undefined : { file: first };
  const hint = "Remove one of them, or name the one that is meant with -c";
  return errorAt("C1011", undefined, `both ${configNames.join(" and ")} are in ${folder}`, hint);
}
