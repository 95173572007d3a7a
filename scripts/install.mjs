import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, runNpm, say } from "./run-command.mjs";

/** Installs what package-lock.json names, where node_modules does not hold just that already. */
export function install() {
  if (isInstalled()) return;
  say("Installing the packages: npm ci --ignore-scripts");
  runNpm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    advice: "The message of npm is above. Behind a proxy, or with another registry, see `npm help config`.",
  });
}

/** Whether npm's own record of what it installed says the same as the lock file. */
export function isInstalled() {
  const installed = packagesOf(join(root, "node_modules/.package-lock.json"));
  const wanted = packagesOf(join(root, "package-lock.json"));
  return (
    installed !== undefined &&
    [...installed.keys()].every((path) => wanted.has(path)) &&
    [...wanted].every(([path, entry]) =>
      // What is optional may be for another system, and then npm leaves it out.
      installed.has(path) ? isSame(installed.get(path), entry) : entry.optional || entry.devOptional,
    )
  );
}

function isSame(one, other) {
  return ["version", "integrity", "link", "resolved"].every((property) => one[property] === other[property]);
}

function packagesOf(lockFile) {
  if (!existsSync(lockFile)) return undefined;
  const packages = new Map(Object.entries(JSON.parse(readFileSync(lockFile, "utf8")).packages));
  packages.delete("");
  return packages;
}
