import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, type } from "node:os";

const packages = ["ioredis", "keyv", "@keyv/redis", "cache-manager", "cacheable", "bentocache", "@epic-web/cachified"];

/** Node, Redis and every contender, as installed. */
export function versions(node: string, redis: string): string {
  const nodeVersion = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
  const installed = packages.map((name) => `${name} ${versionOf(name)}`);
  return [`Node ${nodeVersion}`, `redis-server ${redis}`, ...installed].join(", ");
}

export function machine(): string {
  const cores = cpus();
  return `${cores.length} cores of ${cores[0]?.model.trim() ?? "an unknown kind"}, ${type()} ${release()}`;
}

function versionOf(name: string): string {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string };
  return version;
}
