import { parse } from "yaml";

/**
 * A fragment of a caches file made a whole one: what its top level lacks is added below, so its lines stay where they
 * are. A document can then show `backends` alone, or one cache.
 */
export function completeYaml(fragment: string): string {
  const top: Readonly<Record<string, unknown>> = parse(fragment) ?? {};
  const backends = Object.keys(record(top["backends"]));
  const named = [top["defaults"], ...Object.values(record(top["caches"]))].map((entry) => record(entry)["backend"]);
  const missing: Readonly<Record<string, unknown>> = {
    version: 1,
    output: "src/caches",
    backends: Object.fromEntries(
      [...new Set([...named.filter((name) => typeof name === "string"), "local"])].map(memory),
    ),
    defaults: { backend: backends[0] ?? named.find((name) => typeof name === "string") ?? "local", ttl: "10m" },
    caches: { example: { key: "example", value: "string", backend: backends[0] ?? "local", ttl: "10m" } },
  };
  const added = Object.entries(missing).filter(([property]) => !(property in top));
  return fragment + added.map(([property, value]) => `${property}: ${JSON.stringify(value)}\n`).join("");
}

function memory(name: unknown): [string, string] {
  return [String(name), "memory://"];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
