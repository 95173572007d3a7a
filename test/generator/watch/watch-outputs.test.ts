import { expect, test, vi } from "vitest";
import type { Host } from "../../../generator/src/host.ts";
import { watchOutputs } from "../../../generator/src/watch/watch-outputs.ts";
import { memoryHost, project } from "../generate/memory-host.ts";
import { MemoryFiles } from "../write/memory-files.ts";

// The compiler may be loaded here for the first time.
vi.setConfig({ testTimeout: 60_000 });

/** A host that announces what `announce` says, and watches no folder any more after `refuse`. */
class WatchingHost {
  readonly files: MemoryFiles = new MemoryFiles(project);
  readonly host: Host;
  readonly #listeners = new Map<string, Set<(name: string | undefined) => void>>();
  #isRefusing = false;

  constructor() {
    this.host = {
      ...memoryHost(this.files),
      watchFolder: (folder, changed) => {
        if (this.#isRefusing) throw Object.assign(new Error("ENOSPC: no watchers left"), { code: "ENOSPC" });
        const listeners = this.#listeners.get(folder) ?? new Set();
        this.#listeners.set(folder, listeners.add(changed));
        return () => listeners.delete(changed);
      },
    };
  }

  refuse(): void {
    this.#isRefusing = true;
  }

  announce(folder: string, name: string | undefined): void {
    for (const changed of this.#listeners.get(folder) ?? []) changed(name);
  }

  /** How many listen. */
  listening(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }
}

const yaml = "/app/cachetory.yaml";

function edit(files: MemoryFiles, from: string, to: string): void {
  files.write(yaml, (files.texts()[yaml] ?? "").replace(from, to));
}

test("what changed while it ran needs no event", async () => {
  const { files, host } = new WatchingHost();
  const runs = watchOutputs([yaml], host);
  await runs.next();
  edit(files, "1h", "2h");
  expect((await runs.next()).value).toMatchObject({ diagnostics: [] });
  expect(files.texts()["/app/src/caches/user.gen.ts"]).toContain("7_200_000");
  await runs.return();
});

test("a JSON Schema in a file of its own is watched too", async () => {
  const watching = new WatchingHost();
  const { files, host } = watching;
  files.write("/app/user.json", '{ "type": "object", "properties": { "name": { "type": "string" } } }');
  edit(files, "./src/models.ts#User", "{ schema: ./user.json }");
  const runs = watchOutputs([yaml], host);
  await runs.next();
  const next = runs.next();
  files.write("/app/user.json", '{ "type": "object", "properties": { "age": { "type": "integer" } } }');
  watching.announce("/app", "user.json");
  expect((await next).value).toMatchObject({ diagnostics: [] });
  expect(files.texts()["/app/src/caches/user.gen.ts"]).toContain("  age?: number;");
  await runs.return();
});

test("an event without a name, as some systems have it, is one for every name", async () => {
  const watching = new WatchingHost();
  const runs = watchOutputs([yaml], watching.host);
  await runs.next();
  const next = runs.next();
  edit(watching.files, "1h", "2h");
  watching.announce("/app", undefined);
  await next;
  expect(watching.files.texts()["/app/src/caches/user.gen.ts"]).toContain("7_200_000");
  await runs.return();
});

test("so is a change of the module of a memoized function", async () => {
  const watching = new WatchingHost();
  const { files } = watching;
  const users = "export function load(id: number): string {\n  return `${id}`;\n}\n";
  files.write("/app/src/users.ts", users);
  files.write(
    yaml,
    `${files.texts()[yaml]}memoize: { load: { function: ./src/users.ts#load, backend: local, ttl: 1h } }\n`,
  );
  const runs = watchOutputs([yaml], watching.host);
  expect((await runs.next()).value).toMatchObject({ diagnostics: [] });
  const next = runs.next();
  files.write("/app/src/users.ts", users.replace("id: number", "id: bigint"));
  watching.announce("/app/src", "users.ts");
  expect((await next).value).toMatchObject({ diagnostics: [] });
  expect(files.texts()["/app/src/caches/loadCache.gen.ts"]).toContain("load:{id:bigint}");
  await runs.return();
});

test("nothing listens any more when it has ended", async () => {
  const watching = new WatchingHost();
  const runs = watchOutputs([yaml], watching.host);
  await runs.next();
  expect(watching.listening()).toBeGreaterThan(0);
  await runs.return();
  expect(watching.listening()).toBe(0);
});

test("a system that watches no folder is a finding, after what could be generated", async () => {
  const watching = new WatchingHost();
  watching.refuse();
  const runs: unknown[] = [];
  for await (const { diagnostics } of watchOutputs([yaml], watching.host)) runs.push(diagnostics);
  expect(runs).toMatchObject([[{ code: "C3007", message: "the files cannot be watched: ENOSPC: no watchers left" }]]);
  expect(watching.files.kind("/app/src/caches/index.ts")).toBe("file");
});

test("so is one that comes to its limit later, and nothing listens then", async () => {
  const watching = new WatchingHost();
  const runs = watchOutputs([yaml], watching.host);
  await runs.next();
  const next = runs.next();
  watching.refuse();
  watching.announce("/app", "cachetory.yaml");
  expect((await next).value).toMatchObject({ diagnostics: [{ code: "C3007" }], outputs: [] });
  expect(await runs.next()).toEqual({ done: true, value: undefined });
  expect(watching.listening()).toBe(0);
});
