import { expect, test, vi } from "vitest";
import { resolveTypesCached } from "../../../generator/src/cache/resolve-types-cached.ts";
import { generateOutputs } from "../../../generator/src/generate/generate-outputs.ts";
import { WarmRun } from "../../../generator/src/generate/warm-run.ts";
import type { Resolution, ResolveRequest } from "../../../generator/src/resolve/resolution.ts";
import { resolveTypes } from "../../../generator/src/resolve/resolve-types.ts";
import { WarmResolver } from "../../../generator/src/watch/warm-resolver.ts";
import { memoryHost, project } from "../generate/memory-host.ts";
import { MemoryFiles } from "../write/memory-files.ts";
import { allSaid } from "./all-said.ts";

// Each starts the compiler, which takes its time beside other tests.
vi.setConfig({ testTimeout: 60_000 });

/** Types of modules that share little, one that augments another, and functions. */
const sample: Readonly<Record<string, string>> = {
  ...project,
  "/app/tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "target": "es2022", "types": [] } }',
  "/app/cachetory.yaml": `version: 1
output: src/caches
backends: { local: memory:// }
defaults: { backend: local, ttl: 1h, serializer: v8 }
caches:
  user: { key: "user:{id:int}", value: ./src/user.ts#User }
  team: { key: "team:{id:int}", value: ./src/team.ts#Team }
  page: { key: "page:{id:int}", value: { type: "Page[]", from: ./src/page.ts } }
  loaded: { key: "loaded:{id:int}", value: ./src/loaded.ts#Loaded }
memoize:
  load: { function: ./src/load.ts#load, cache: loaded }
`,
  "/app/src/name.ts": "export type Name = string;\n",
  "/app/src/user.ts":
    'import type { Name } from "./name.js";\nexport interface User { readonly name: Name; readonly since: Date }\n',
  "/app/src/color.ts": "export type Color = 'red' | 'blue';\n",
  "/app/src/team.ts":
    'import "./augment.js";\nimport type { Color } from "./color.js";\nexport interface Team { readonly color: Color }\n',
  "/app/src/shade.ts": "export type Shade = 1 | 2;\n",
  "/app/src/augment.ts":
    'import type { Shade } from "./shade.js";\ndeclare module "./page.js" { interface Page { shade: Shade } }\nexport {};\n',
  "/app/src/page.ts": "export interface Page { readonly title: string }\n",
  "/app/src/loaded.ts": "export interface Loaded { readonly at: number }\n",
  "/app/src/clock.ts": "export function now() { return 1; }\n",
  "/app/src/load.ts":
    'import type { Loaded } from "./loaded.js";\nimport { now } from "./clock.js";\nexport async function load(id: number): Promise<Loaded> { return { at: now() + id }; }\nexport const kind = now();\n',
};

const written = (path: string, text: string) => (files: MemoryFiles) => files.write(path, text);

/** Each with the caches of which the types are as they were, and taken for that. */
const changes: readonly (readonly [title: string, change: (files: MemoryFiles) => void, kept: readonly string[]])[] = [
  ["nothing", () => {}, ["loaded", "page", "team", "user"]],
  ["a type", written("/app/src/color.ts", "export type Color = 'red' | 'green';\n"), ["loaded", "page", "user"]],
  [
    "a type in a file that another imports",
    written("/app/src/name.ts", "export type Name = string | null;\n"),
    ["loaded", "page", "team"],
  ],
  ["a comment", written("/app/src/name.ts", "// A comment.\nexport type Name = string;\n"), ["loaded", "page", "team"]],
  [
    "two types",
    (files) => {
      files.write("/app/src/name.ts", "export type Name = number;\n");
      files.write("/app/src/color.ts", "export type Color = 'green';\n");
    },
    ["loaded", "page"],
  ],
  ["what a file imports", written("/app/src/name.ts", 'import "./color.js";\nexport type Name = string;\n'), []],
  ["what augments", written("/app/src/augment.ts", "export {};\n"), []],
  ["what an augmentation is made of", written("/app/src/shade.ts", "export type Shade = 3;\n"), []],
  [
    "a file that augments now",
    written(
      "/app/src/name.ts",
      'export type Name = string;\ndeclare module "./page.js" { interface Page { name: Name } }\n',
    ),
    [],
  ],
  [
    "a file that adds to a global type now",
    written("/app/src/name.ts", "export type Name = string;\ndeclare global { interface Date { zone: Name } }\n"),
    [],
  ],
  [
    "what a cached function gives",
    written("/app/src/loaded.ts", "export interface Loaded { readonly at: bigint }\n"),
    [],
  ],
  ["what a cached function calls", written("/app/src/clock.ts", "export function now() { return 'soon'; }\n"), []],
  [
    "a type that cannot be cached any more",
    written("/app/src/name.ts", "export type Name = symbol;\n"),
    ["loaded", "page", "team"],
  ],
  ["a type that is not there", written("/app/src/name.ts", "export type Name = Missing;\n"), []],
  ["a type that is gone", written("/app/src/color.ts", "export type Colour = 'red';\n"), []],
  ["a file that is gone", (files) => files.remove("/app/src/name.ts"), []],
  ["the options of the compiler", written("/app/tsconfig.json", '{ "compilerOptions": { "module": "preserve" } }'), []],
  [
    "the YAML",
    (files) =>
      files.write(
        "/app/cachetory.yaml",
        (sample["/app/cachetory.yaml"] ?? "").replace("user.ts#User", "user.ts#User | null"),
      ),
    [],
  ],
];

test.each(changes)("after a change of %s all is as a first run has it", (_, change, kept) =>
  compareAfter(change, kept, new MemoryFiles(sample)),
);

test("libraries that another module brings count", () => {
  const library = '/// <reference lib="es2023.array" />\n';
  const files = new MemoryFiles({ ...sample, "/app/src/color.ts": `${library}${sample["/app/src/color.ts"]}` });
  const change = written("/app/src/name.ts", "export type Name = Extract<keyof string[], 'at' | 'toSorted'>;\n");
  return compareAfter(change, [], files);
});

async function compareAfter(
  change: (files: MemoryFiles) => void,
  kept: readonly string[],
  files: MemoryFiles,
): Promise<void> {
  const resolutions: Resolution[] = [];
  const resolver = new WarmResolver();
  const run = new WarmRun(async (request, disk) => {
    const resolution = await resolver.resolve(request, disk);
    resolutions.push(resolution);
    return resolution;
  });
  const generate = (disk: MemoryFiles, by: WarmRun): ReturnType<typeof generateOutputs> =>
    generateOutputs(["/app/cachetory.yaml"], "write", memoryHost(disk), by);
  expect((await generate(files, run)).diagnostics).toEqual([]);
  // What comes of a run is what the next one stands on.
  files.write("/app/src/user.ts", `${sample["/app/src/user.ts"]}\n`);
  await generate(files, run);
  change(files);
  const fresh = new MemoryFiles(files.texts());
  const firsts: Resolution[] = [];
  const first = async (request: ResolveRequest, disk: MemoryFiles): Promise<Resolution> => {
    const resolution = resolveTypes(request, disk);
    firsts.push(resolution);
    return resolution;
  };
  const expected = await generate(fresh, new WarmRun((request) => first(request, fresh)));
  const { diagnostics } = await generate(files, run);
  expect(diagnostics).toEqual(expected.diagnostics);
  expect(files.texts()).toEqual(fresh.texts());
  const [, before, after] = resolutions;
  expect(after && allSaid(after)).toEqual(firsts[0] && allSaid(firsts[0]));
  const isKept = ([id, type]: readonly [string, unknown]): boolean => before?.types.get(id) === type;
  expect([...(after?.types ?? [])].filter(isKept).map(([id]) => id)).toEqual(kept);
}

test("what was resolved bit by bit is stored as a whole, for the next command", async () => {
  const files = new MemoryFiles(sample);
  const resolver = new WarmResolver();
  let asked: ResolveRequest | undefined;
  const run = new WarmRun((request, disk) => {
    asked = request;
    return resolver.resolve(request, disk);
  });
  await generateOutputs(["/app/cachetory.yaml"], "write", memoryHost(files), run);
  files.write("/app/src/color.ts", "export type Color = 'green';\n");
  await generateOutputs(["/app/cachetory.yaml"], "write", memoryHost(files), run);
  resolver.store(files);
  const request = asked as ResolveRequest;
  const stored = await resolveTypesCached(request, files, () => Promise.reject(new Error("It was to be there.")));
  expect(allSaid(stored)).toEqual(allSaid(resolveTypes(request, files)));
});
