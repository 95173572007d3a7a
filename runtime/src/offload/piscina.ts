import { requireOptional } from "../optional-package.ts";
import type { Reply, Task } from "./task.ts";

/** What is used of the package `piscina`, whose own declarations do not compile under strict settings. */
export interface PiscinaPackage {
  readonly Piscina: new (options: PiscinaOptions) => Piscina;
  /** Marks what a worker answers with as moved, not copied. */
  move(bytes: Uint8Array): object;
}

interface PiscinaOptions {
  readonly filename: string;
  /** The export of the file that is called for each task. */
  readonly name: string;
  readonly minThreads: number;
  readonly maxThreads: number;
  /** Milliseconds. */
  readonly idleTimeout: number;
  readonly recordTiming: boolean;
}

export interface Piscina {
  readonly threads: readonly unknown[];
  /** How many tasks wait, beyond those for which a thread is about to start. */
  readonly queueSize: number;
  run(task: Task, options: { readonly transferList: readonly unknown[] }): Promise<Reply>;
  on(event: "error", listener: (error: unknown) => void): unknown;
  on(event: "workerDestroy", listener: () => void): unknown;
  destroy(): Promise<void>;
}

let loaded: PiscinaPackage | undefined;

/** @throws CachetoryError `MISSING_PACKAGE` */
export function loadPiscina(): PiscinaPackage {
  // The package has no other entry point of this name, and it is checked when it loads.
  loaded ??= requireOptional("piscina", "offload") as PiscinaPackage;
  return loaded;
}
