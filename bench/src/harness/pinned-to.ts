import { spawnSync } from "node:child_process";
import { cpus } from "node:os";

/** Servers and clients do not share a core, where there are two. */
export const serverCore = 0;
export const clientCore = 1;

const isPinnable = cpus().length >= 2 && spawnSync("taskset", ["--version"]).status === 0;

/** What a command begins with so that it runs on one core; nothing where the system has no taskset. */
export function pinnedTo(core: number): readonly string[] {
  return isPinnable ? ["taskset", "-c", `${core}`] : [];
}
