import type { FileSystem, Host } from "../../../generator/src/host.ts";
import { MemoryFiles } from "../write/memory-files.ts";

/** A whole world in memory, in which a runtime is installed. The clock goes 120 ms further at each look. */
export function memoryHost(files: FileSystem = new MemoryFiles(project)): Host {
  const silent = { write() {}, isTerminal: false };
  let nowMs = 0;
  return {
    cwd: "/app",
    env: {},
    files,
    stdout: silent,
    stderr: silent,
    nowMs() {
      nowMs += 120;
      return nowMs;
    },
    heapBytes: () => 50 * 1024 * 1024,
    startProgress: () => ({ show() {}, stop() {} }),
    readStdin: async () => new Uint8Array(),
    runGit: () => undefined,
    watchFolder: () => () => {},
  };
}

/** The runtime, and all that schemes may need. */
export const installedRuntime: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["ioredis", "msgpackr", "piscina", "zstd-napi"].map((name) => [`/app/node_modules/${name}/package.json`, "{}"]),
  ),
  "/app/node_modules/@cachetory/runtime/package.json": JSON.stringify({
    name: "@cachetory/runtime",
    version: "1.2.3",
    cachetory: { codegen: { v1: 7 } },
  }),
};

/** Two caches of one backend. */
export const project: Readonly<Record<string, string>> = {
  ...installedRuntime,
  "/app/tsconfig.json": '{ "compilerOptions": { "module": "nodenext" } }',
  "/app/src/models.ts": "export interface User {\n  readonly name: string;\n}\n",
  "/app/cachetory.yaml": `version: 1
output: src/caches
backends:
  local: memory://
caches:
  user:
    backend: local
    key: user:{id:int}
    value: ./src/models.ts#User
    ttl: 1h
  greeting:
    backend: local
    key: greeting
    value: string
    ttl: 1h
`,
};
