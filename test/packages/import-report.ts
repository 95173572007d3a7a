import { join } from "node:path";
import { repository } from "../support/repository.ts";
import type { UserFolder } from "./user-folder.ts";

/** What importing a module did, seen from inside of a child process. */
export interface ImportReport {
  readonly exports: readonly string[];
  readonly environmentReads: readonly string[];
  readonly timers: readonly string[];
  /** Kinds of handles that keep the process alive. */
  readonly resources: readonly string[];
  /** Paths of the CommonJS modules of packages that were loaded. */
  readonly commonJs: readonly string[];
  /** Those of Node's own modules that take a millisecond and more to load, or open sockets. */
  readonly costly: readonly string[];
}

/** Imports a package, or a file by its absolute path, in a process of its own. */
export async function reportImport(folder: UserFolder, target: string): Promise<ImportReport> {
  const { stdout } = await folder.run("node", join(repository, "test/packages/probe-import.cjs"), target);
  return JSON.parse(stdout);
}
