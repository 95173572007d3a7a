import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { repository } from "../support/repository.ts";
import { installable } from "./provided.ts";

const runtimeDist = join(repository, "runtime/dist");

const { packed } = installable();

const inEvery = ["LICENSE", "README.md", "package.json"];

describe("the packed packages", () => {
  it("hold of the runtime the declarations of each source, and few modules", () => {
    const declarations = sourcesOf("runtime").map((name) => `dist/${name}.d.ts`);
    const modules = packed.runtime.files.filter((path) => path.endsWith(".js"));
    expect(packed.runtime.files).toEqual([...inEvery, ...declarations, ...modules].sort());
    expect(modules).toEqual(
      expect.arrayContaining([
        "dist/codegen/v1/core.js",
        "dist/codegen/v1/steps.js",
        "dist/codegen/v1/typed.js",
        "dist/index.js",
        "dist/opentelemetry/index.js",
        "dist/prometheus/index.js",
        "dist/redis-worker.js",
        "dist/schemes/index.js",
        "dist/testing/index.js",
      ]),
    );
    expect(modules.length).toBeLessThan(14);
  });

  it("hold of the generator its command, its schema, few modules, and the declarations of what it exports", () => {
    const modules = packed.generator.files.filter((path) => /^dist\/[\w-]+\.js$/.test(path));
    const exported = ["api/config-options", "api/finding", "api/generate", "api/validate", "index"];
    const declarations = exported.map((name) => `dist/${name}.d.ts`);
    const others = ["bin/cachetory.js", "schemas/caches.schema.json"];
    expect(packed.generator.files).toEqual([...inEvery, ...others, ...modules, ...declarations].sort());
    expect(modules).toEqual(expect.arrayContaining(["dist/bin.js", "dist/index.js", "dist/progress-worker.js"]));
    expect(modules.length).toBeLessThan(30);
  });

  it("have one version, which the generator asks of the runtime exactly", () => {
    expect(packed.generator.version).toBe(packed.runtime.version);
    expect(packed.generator.manifest["dependencies"]).toMatchObject({ "@cachetory/runtime": packed.runtime.version });
  });

  it("carry the license of the repository", () => {
    const license = readFileSync(join(repository, "LICENSE"), "utf8");
    expect(readFileSync(join(repository, "runtime/LICENSE"), "utf8")).toBe(license);
    expect(readFileSync(join(repository, "generator/LICENSE"), "utf8")).toBe(license);
  });

  it("run nothing when they are installed", () => {
    for (const { manifest } of Object.values(packed)) expect(manifest).not.toHaveProperty("scripts");
  });
});

describe.each(["runtime", "generator"] as const)("of the %s", (workspace) => {
  const dist = join(repository, workspace, "dist");
  const scripts = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".js"));

  it("the Node that runs this can parse each file", () => {
    expect(scripts.length).toBeGreaterThan(5);
    for (const script of scripts) execFileSync(process.execPath, ["--check", join(dist, script)]);
  });

  it("each file imports what comes with Node, with the package, or is declared by it", () => {
    const { dependencies, peerDependencies } = packed[workspace].manifest;
    const declared = Object.keys({ ...(dependencies ?? {}), ...(peerDependencies ?? {}) });
    const imported = new Set(scripts.flatMap((script) => importsOf(readFileSync(join(dist, script), "utf8"))));
    expect([...imported]).toEqual(expect.arrayContaining(["node:module", ...declared.slice(0, 1)]));
    const isKnown = (from: string): boolean =>
      /^(?:node:|\.)/.test(from) || declared.some((name) => from === name || from.startsWith(`${name}/`));
    expect([...imported].filter((from) => !isKnown(from))).toEqual([]);
  });
});

describe("what a program loads whose caches are of JSON", () => {
  it("is the core and what all share: nothing of typed, and none of the steps", () => {
    expect(loadedBy("codegen/v1/core.js")).toEqual(["codegen/v1/core.js", "shared.js"]);
  });

  it("is not all of node:util, which makes Node 24 load what it could give, for 2.5 ms", () => {
    const imported = loadedBy("codegen/v1/core.js").flatMap((file) => importedAtOnce(join(runtimeDist, file)));
    expect(imported).toContain("node:util/types");
    expect(imported).not.toContain("node:util");
  });
});

/** What is loaded of the runtime with one of its files, at once. */
function loadedBy(file: string): readonly string[] {
  const loaded = new Set([file]);
  for (const each of loaded) {
    const path = join(runtimeDist, each);
    const own = importedAtOnce(path).filter((from) => from.startsWith("."));
    for (const from of own) loaded.add(relative(runtimeDist, join(dirname(path), from)));
  }
  return [...loaded].sort();
}

function importedAtOnce(path: string): readonly string[] {
  const form = /^(?:import|export)\b[^"\n]*"([^"]+)";?$/gm;
  return [...readFileSync(path, "utf8").matchAll(form)].map(([, from = ""]) => from);
}

/** What a built file imports, at once or when it is needed: each stands on a line that begins with it, or in a call. */
function importsOf(script: string): readonly string[] {
  const form = /^(?:import|export)\b[^"\n]*"([^"]+)";?$|\bimport\("([^"]+)"\)/gm;
  return [...script.matchAll(form)].map(([, always, called]) => always ?? called ?? "");
}

/** Paths of the sources of a package below src, without their extension. */
function sourcesOf(workspace: string): readonly string[] {
  return readdirSync(join(repository, workspace, "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => path.slice(0, -".ts".length));
}
