import { expect, test, vi } from "vitest";
import * as cacheModules from "../../../generator/src/emit/cache-module.ts";
import { generateOutputs } from "../../../generator/src/generate/generate-outputs.ts";
import { WarmRun } from "../../../generator/src/generate/warm-run.ts";
import type { Diagnostic } from "../../../generator/src/model/diagnostic.ts";
import { resolveTypes } from "../../../generator/src/resolve/resolve-types.ts";
import { MemoryFiles } from "../write/memory-files.ts";
import { memoryHost, project } from "./memory-host.ts";

// Each starts the compiler, which takes its time beside other tests.
vi.setConfig({ testTimeout: 120_000 });

const sample: Readonly<Record<string, string>> = {
  ...project,
  "/app/cachetory.yaml": `${project["/app/cachetory.yaml"]?.replace("models.ts", "models")}  both: { backend: local, key: both, value: { type: "User | Group", from: ./src/models }, ttl: 1h }\n`,
  "/app/src/models.ts":
    "export interface Group { readonly kind: 'group' }\nexport interface User { readonly name: string }\n",
};

/** What is edited, one after the other; each is generated from what the ones before have left. */
const edits: readonly (readonly [title: string, change: (files: MemoryFiles) => void])[] = [
  ["nothing", edit("/app/src/models.ts", (text) => text)],
  ["a property's type", edit("/app/src/models.ts", (text) => text.replace("name: string", "name: number"))],
  [
    "a property more",
    edit("/app/src/models.ts", (text) => text.replace("kind: 'group'", "kind: 'group'; size: number")),
  ],
  ["an optional property", edit("/app/src/models.ts", (text) => text.replace("name: number", "name?: number"))],
  [
    "a name",
    edit("/app/src/models.ts", (text) => text.replace("User", "Person").replace(/$/, "export type User = Person;\n")),
  ],
  ["what cannot be cached", edit("/app/src/models.ts", (text) => text.replace("name?: number", "name?: symbol"))],
  ["where that stands", edit("/app/src/models.ts", (text) => `\n\n${text}`)],
  ["what its serializer loses", edit("/app/src/models.ts", (text) => text.replace("symbol", "Date"))],
  [
    "the serializer",
    edit("/app/cachetory.yaml", (text) =>
      text
        .replaceAll("ttl: 1h", "ttl: 1h\n    serializer: v8")
        .replace("ttl: 1h\n    serializer: v8 }", "ttl: 1h, serializer: v8 }"),
    ),
  ],
  ["a TTL", edit("/app/cachetory.yaml", (text) => text.replace("1h", "2h"))],
  ["a mistake", edit("/app/cachetory.yaml", (text) => text.replace("2h", "soon"))],
  ["its correction", edit("/app/cachetory.yaml", (text) => text.replace("soon", "3h"))],
  ["how imports end", edit("/app/tsconfig.json", (text) => text.replace('"nodenext"', '"preserve"'))],
  [
    "where the module is",
    (files) => {
      files.makeFolder("/app/src/models");
      files.write("/app/src/models/index.ts", files.read("/app/src/models.ts") ?? "");
      files.remove("/app/src/models.ts");
    },
  ],
];

function edit(path: string, change: (text: string) => string): (files: MemoryFiles) => void {
  return (files) => files.write(path, change(Buffer.from(files.read(path) ?? []).toString()));
}

test("a run that knows the ones before comes to what a first run comes to", async () => {
  const files = new MemoryFiles(sample);
  const warm = new WarmRun(async (request, disk) => resolveTypes(request, disk));
  for (const [title, change] of edits) {
    change(files);
    const fresh = new MemoryFiles(files.texts());
    const expected = await outcome(fresh, new WarmRun(async (request, disk) => resolveTypes(request, disk)));
    expect(await outcome(files, warm), title).toEqual(expected);
    expect(files.texts(), title).toEqual(fresh.texts());
  }
});

async function outcome(files: MemoryFiles, run: WarmRun): Promise<readonly Diagnostic[]> {
  const { diagnostics } = await generateOutputs(["/app/cachetory.yaml"], "write", memoryHost(files), run);
  return diagnostics;
}

test("of a changed type only the caches that it is part of are emitted again", async () => {
  const emitted: string[] = [];
  const emit = cacheModules.cacheModule;
  const spy = vi.spyOn(cacheModules, "cacheModule").mockImplementation((cache, model) => {
    emitted.push(cache.name);
    return emit(cache, model);
  });
  const files = new MemoryFiles(sample);
  const run = new WarmRun(async (request, disk) => resolveTypes(request, disk));
  const emittedNow = async (): Promise<readonly string[]> => {
    emitted.length = 0;
    expect(await outcome(files, run)).toEqual([]);
    return [...emitted].sort();
  };
  expect(await emittedNow()).toEqual(["both", "greeting", "user"]);
  expect(await emittedNow()).toEqual([]);
  files.write("/app/src/models.ts", (sample["/app/src/models.ts"] ?? "").replace("'group'", "'team'"));
  expect(await emittedNow()).toEqual(["both"]);
  files.write("/app/src/models.ts", `// Only places move.\n${files.contents.get("/app/src/models.ts")}`);
  expect(await emittedNow()).toEqual([]);
  spy.mockRestore();
});
