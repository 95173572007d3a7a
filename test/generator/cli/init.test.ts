import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runBin, temporaryFolder } from "./run-bin.ts";

describe("cachetory init", () => {
  it("writes a file that is valid, with the schema for editors", async () => {
    using folder = temporaryFolder();
    expect(await runBin(["init"], { cwd: folder.path })).toEqual({
      code: 0,
      signal: null,
      stdout: "",
      stderr: "Wrote cachetory.yaml. Edit it, then run: npx cachetory generate\n",
    });
    const [firstLine] = readFileSync(join(folder.path, "cachetory.yaml"), "utf8").split("\n");
    expect(firstLine).toBe("# yaml-language-server: $schema=./node_modules/cachetory/schemas/caches.schema.json");
    expect(await runBin(["validate"], { cwd: folder.path })).toMatchObject({
      code: 0,
      stderr: "2 caches, 1 backend: no errors in the YAML. Types are checked by generate.\n",
    });
  });

  it("never overwrites", async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, "cachetory.yaml");
    writeFileSync(file, "mine");
    const { code, stdout, stderr } = await runBin(["init"], { cwd: folder.path });
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("error C1012 cachetory.yaml is there already; it was not touched");
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  it("counts cachetory.yml as one that is there", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "cachetory.yml"), "mine");
    const { code, stderr } = await runBin(["init"], { cwd: folder.path });
    expect(code).toBe(1);
    expect(stderr).toContain("error C1012 cachetory.yml is there already; it was not touched");
    expect(existsSync(join(folder.path, "cachetory.yaml"))).toBe(false);
  });

  it("writes the file that is named, with its folders", async () => {
    using folder = temporaryFolder();
    expect(await runBin(["init", "-c", "a b/ç/caches.yaml"], { cwd: folder.path })).toMatchObject({
      code: 0,
      stderr: "Wrote a b/ç/caches.yaml. Edit it, then run: npx cachetory generate -c 'a b/ç/caches.yaml'\n",
    });
    const [firstLine] = readFileSync(join(folder.path, "a b/ç/caches.yaml"), "utf8").split("\n");
    expect(firstLine).toBe("# yaml-language-server: $schema=../../node_modules/cachetory/schemas/caches.schema.json");
  });

  it("says where it cannot write", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "file"), "");
    const { code, stderr } = await runBin(["init", "-c", "file/caches.yaml"], { cwd: folder.path });
    expect(code).toBe(1);
    expect(stderr).toContain("error C3002 file/caches.yaml cannot be written");
  });
});
