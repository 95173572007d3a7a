import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, type } from "node:os";

// Of `bench/faults/dist/bench/faults/src`, where this is when it runs.
const packages = new URL("../../../../../node_modules/", import.meta.url);

/** The machine, the server, and those who take part. */
export function labText(): string {
  const names = ["bentocache", "cacheable", "cache-manager", "@keyv/redis", "ioredis"];
  const versions = names.map((name) => `${name} ${versionOf(name)}`).join(", ");
  const cores = cpus();
  const machine = `${cores.length} cores of ${cores[0]?.model.trim() ?? "an unknown kind"}, ${type()} ${release()}`;
  return `${machine}; redis-server ${serverVersion()}; ${versions}`;
}

function versionOf(name: string): string {
  // As npm has installed it.
  return (JSON.parse(readFileSync(new URL(`${name}/package.json`, packages), "utf8")) as { readonly version: string })
    .version;
}

function serverVersion(): string {
  const binary = process.env["REDIS_SERVER"] ?? "redis-server";
  return /v=(\S+)/.exec(execFileSync(binary, ["--version"], { encoding: "utf8" }))?.[1] ?? "of an unknown version";
}
