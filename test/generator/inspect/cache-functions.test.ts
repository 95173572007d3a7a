import { expect, it } from "vitest";
import { main } from "../../../generator/src/cli/main.ts";
import { installedRuntime, memoryHost } from "../generate/memory-host.ts";
import { MemoryFiles } from "../write/memory-files.ts";

const files = {
  ...installedRuntime,
  "/app/tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "strict": true } }',
  "/app/src/users.ts": `export interface User { readonly id: number; readonly team?: { readonly id: number } }
export async function nameOf({ user, locale }: { user: User; locale: "en" | "nl" }): Promise<string> { return user.id + locale; }
export async function teamOf(id: number): Promise<string> { return String(id); }
export async function teamsOf(ids: number[]): Promise<string[]> { return ids.map(String); }
export async function save(user: User): Promise<{ readonly locale: "en" | "nl" }> { return { locale: "en" }; }
export class Users { readonly team = 1; async drop({ ids }: { ids: readonly number[] }): Promise<void> {} }
`,
  "/app/cachetory.yaml": `version: 1
output: src/caches
backends: { local: memory:// }
defaults: { backend: local, ttl: 1h }
caches:
  name: { key: "name:{id:int}:{locale:en|nl}", value: string }
  alone: { key: alone, value: string }
memoize:
  nameOf: { function: ./src/users.ts#nameOf, cache: name, parameters: { id: user.id } }
  teamOf: { function: ./src/users.ts#teamOf, batch: ./src/users.ts#teamsOf }
mutate:
  save:
    function: ./src/users.ts#save
    invalidates:
      - { target: "nameOf({ id: user.id })", before: true }
      - "name({ id: 7, locale: result.locale })"
      - "teamOf({ id: user.team?.id })"
  drop:
    function: "./src/users.ts#Users#drop"
    invalidates: ["name({ id: ids[], locale: 'nl' })", "teamOf(*)", "teamOf({ id: this.team })"]
`,
};

async function inspect(...argv: readonly string[]): Promise<string> {
  let stdout = "";
  const host = {
    ...memoryHost(new MemoryFiles(files)),
    stdout: {
      isTerminal: false,
      write: (text: string) => {
        stdout += text;
      },
    },
  };
  expect(await main(["inspect", ...argv], host)).toBe(0);
  return stdout;
}

it("tells programs which functions fill a cache, and which invalidate it", async () => {
  const { filledBy, invalidatedBy } = JSON.parse(await inspect("name", "--json"));
  expect(filledBy).toEqual([
    { name: "nameOf", function: "./src/users.ts#nameOf", key: { id: "user.id", locale: "locale" } },
  ]);
  expect(invalidatedBy).toEqual([
    {
      name: "drop",
      function: "./src/users.ts#Users#drop",
      entries: "name({ id: ids[], locale: 'nl' })",
      key: { id: "ids[]", locale: '"nl"' },
      before: false,
    },
    {
      name: "save",
      function: "./src/users.ts#save",
      entries: "nameOf({ id: user.id })",
      key: { id: "user.id", locale: "*" },
      before: true,
    },
    {
      name: "save",
      function: "./src/users.ts#save",
      entries: "name({ id: 7, locale: result.locale })",
      key: { id: "7", locale: "result.locale" },
      before: false,
    },
  ]);
});

it("tells people the same, a line for each", async () => {
  const lines = (await inspect("name")).split("\n").filter((line) => /^ {2}(?:filled|invalidated) /.test(line));
  expect(lines).toEqual([
    "  filled by    nameOf: ./src/users.ts#nameOf { id: user.id, locale }",
    '  invalidated  by drop: ./src/users.ts#Users#drop { id: ids[], locale: "nl" }',
    "  invalidated  by save: ./src/users.ts#save { id: user.id, locale: * }, before it too",
    "  invalidated  by save: ./src/users.ts#save { id: 7, locale: result.locale }",
  ]);
});

it("knows those of a cache that is made for a function", async () => {
  const { filledBy, invalidatedBy } = JSON.parse(await inspect("teamOfCache", "--json"));
  expect(filledBy).toEqual([
    { name: "teamOf", function: "./src/users.ts#teamOf", batch: "./src/users.ts#teamsOf", key: { id: "id" } },
  ]);
  expect(await inspect("teamOfCache")).toContain(
    "  filled by    teamOf: ./src/users.ts#teamOf { id }, many by ./src/users.ts#teamsOf\n",
  );
  expect(invalidatedBy).toMatchObject([
    { entries: "teamOf(*)", key: { id: "*" } },
    { entries: "teamOf({ id: this.team })", key: { id: "this.team" } },
    { entries: "teamOf({ id: user.team?.id })", key: { id: "user.team?.id" } },
  ]);
});

it("says nothing of them where there are none", async () => {
  expect(Object.keys(JSON.parse(await inspect("alone", "--json")))).not.toContain("filledBy");
  expect(await inspect("alone")).not.toMatch(/invalidated|filled/);
});
