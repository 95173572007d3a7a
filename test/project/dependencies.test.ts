import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { repository } from "../support/repository.ts";

const page = readFileSync(join(repository, "docs/dependencies.md"), "utf8");

const sections = [
  { heading: "`@cachetory/runtime`", folder: "runtime" },
  { heading: "`cachetory`", folder: "generator" },
  { heading: "The workspace", folder: "." },
  { heading: "`examples/shop`", folder: "examples/shop" },
  { heading: "`bench`", folder: "bench" },
  { heading: "`test/real-types`", folder: "test/real-types" },
  { heading: "`test/keyv-suite`", folder: "test/keyv-suite" },
];

describe("docs/dependencies.md", () => {
  it("has a section for each package", () => {
    const headings = [...page.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    expect(headings).toEqual(sections.map((section) => section.heading));
  });

  it.each(sections)("justifies just what $folder/package.json names", ({ heading, folder }) => {
    expect(documented(heading)).toEqual(declared(folder));
  });

  it("gives a reason for each", () => {
    const rows = [...page.matchAll(/^\| `[^|]*\|[^|]*\|(.*)\|$/gm)].map((match) => match[1]?.trim() ?? "");
    expect(rows.length).toBeGreaterThan(20);
    for (const reason of rows) expect(reason).toMatch(/\w+ \w+/);
  });
});

/** Sorted `name (kind)` of the rows below a heading. */
function documented(heading: string): readonly string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)].map(([, name, kind]) => `${name} (${kind})`).sort();
}

function declared(folder: string): readonly string[] {
  const manifest = JSON.parse(readFileSync(join(repository, folder, "package.json"), "utf8"));
  const names = (property: string, kind: string) =>
    Object.keys(manifest[property] ?? {}).map((name) => `${name} (${kind})`);
  const peers = Object.keys(manifest.peerDependencies ?? {}).map((name) => {
    const isOptional = manifest.peerDependenciesMeta?.[name]?.optional === true;
    return `${name} (${isOptional ? "optional peer" : "peer"})`;
  });
  return [
    ...names("dependencies", "dependency"),
    ...names("devDependencies", "development"),
    ...names("optionalDependencies", "optional"),
    ...peers,
  ].sort();
}
