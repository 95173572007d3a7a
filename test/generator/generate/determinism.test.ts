import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { parse, stringify } from "yaml";
import { generate } from "../../../generator/src/cli/commands/generate.ts";
import { emitOutput } from "../../../generator/src/emit/emit-output.ts";
import { backend, cache, model, pattern } from "../emit/model.ts";
import { casesFolder, readTree } from "../golden/cases.ts";
import { MemoryFiles } from "../write/memory-files.ts";
import { installedRuntime, memoryHost } from "./memory-host.ts";

// Each starts the compiler, which takes its time beside other tests.
vi.setConfig({ testTimeout: 60_000 });

const cases = ["backends", "key-types", "name-collisions", "serializers"] as const;

test.each(cases)("%s: the order of the maps in the YAML changes nothing", async (name) => {
  const files = projectOf(name);
  const declared: unknown = parse(files.texts()["/app/cachetory.yaml"] ?? "");
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat()), async (numbers) => {
      files.write("/app/cachetory.yaml", stringify(shuffled(declared, numbers)));
      expect(await generated(files)).toEqual(expected(name));
    }),
    { numRuns: 10 },
  );
});

test.each([...cases, "descriptions", "merge-keys", "value-types"])(
  "%s: CRLF in the input changes nothing",
  async (name) => {
    const files = projectOf(name);
    for (const [file, text] of Object.entries(files.texts())) files.write(file, text.replace(/\r?\n/g, "\r\n"));
    expect(await generated(files)).toEqual(expected(name));
  },
);

test("paths of Windows give the same text", () => {
  const parts = {
    backends: [backend("local")],
    caches: [cache("user", { key: pattern("user:", ["id", "int"]) })],
  };
  const user = (file: string) => ({ text: [{ imported: "User" }], module: { kind: "file", path: file } }) as const;
  const posix = { file: "/app/cachetory.yaml", output: "/app/src/caches", types: { user: user("/app/src/models.ts") } };
  const windows = {
    file: "C:\\app\\cachetory.yaml",
    output: "C:\\app\\src\\caches",
    types: { user: user("C:\\app\\src\\models.ts") },
  };
  expect(emitOutput(model({ ...parts, ...windows }))).toEqual(emitOutput(model({ ...parts, ...posix })));
});

/** The case's project, its packages installed, in memory. */
function projectOf(name: string): MemoryFiles {
  const files = Object.entries(readTree(path.join(casesFolder, name, "in"))).map(([file, text]) => [
    `/app/${file.replace("packages/models/", "node_modules/@shop/models/")}`,
    text,
  ]);
  return new MemoryFiles({ ...installedRuntime, ...Object.fromEntries(files) });
}

async function generated(files: MemoryFiles): Promise<Record<string, string>> {
  for (const file of files.contents.keys()) if (file.startsWith("/app/src/caches/")) files.remove(file);
  const { diagnostics } = await generate({ files: ["/app/cachetory.yaml"], mode: "write" }, memoryHost(files));
  expect(diagnostics).toEqual([]);
  return Object.fromEntries(
    files.list("/app/src/caches").map((name) => [name, files.texts()[`/app/src/caches/${name}`] ?? ""]),
  );
}

function expected(name: string): Record<string, string> {
  const folder = path.join(casesFolder, name, "out/src/caches");
  return Object.fromEntries(
    Object.keys(readTree(folder)).map((file) => [file, readFileSync(path.join(folder, file), "utf8")]),
  );
}

/** The same document with the entries of every map in another order. */
function shuffled(value: unknown, numbers: Iterator<number>): unknown {
  if (Array.isArray(value)) return value.map((each) => shuffled(each, numbers));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, each]) => [numbers.next().value, key, shuffled(each, numbers)] as const,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => a - b).map(([, key, each]) => [key, each]));
}
