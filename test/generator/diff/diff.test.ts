import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../cli/run-bin.ts";
import { GitRepository, type Ran, yamlOf } from "./git-repository.ts";

// The compiler may be loaded here for the first time.
vi.setConfig({ testTimeout: 60_000 });

const plain = yamlOf({ one: 'key: "one:{id}", value: string' });
const cold = yamlOf({ one: 'key: "uno:{id}", value: string' });

/** Each cache or function that has changed, as `name kind effect`, then what is said of it. */
function told({ stdout }: Ran): readonly (readonly string[])[] {
  const { files } = JSON.parse(stdout);
  return files.flatMap(({ changes }: { readonly changes: readonly Told[] }) =>
    changes.map(({ name, formerName, kind, effect, changes: said }) => [
      [...(formerName === undefined ? [] : [formerName]), name, kind, effect].join(" "),
      ...said.flatMap(({ message, details = [] }) => [message, ...details]),
    ]),
  );
}

interface Told {
  readonly name: string;
  readonly formerName?: string;
  readonly kind: string;
  readonly effect: string;
  readonly changes: readonly { readonly message: string; readonly details?: readonly string[] }[];
}

const json = ["--format", "json"];

describe("diff compares with", () => {
  it("the commit at which the branch left the default branch, what is not committed included", async () => {
    using repository = new GitRepository({ "cachetory.yaml": plain });
    repository.git("checkout", "--quiet", "-b", "topic");
    repository.write({ "cachetory.yaml": cold });
    repository.commit();
    repository.git("checkout", "--quiet", "main");
    repository.write({ "other.txt": "further" });
    repository.commit();
    repository.git("checkout", "--quiet", "topic");
    const committed = await repository.run(["diff", ...json]);
    expect(told(committed)).toMatchObject([["one changed cold", expect.any(String)]]);
    const { from } = JSON.parse(committed.stdout);
    const base = repository.git("merge-base", "HEAD", "main");
    expect(from).toEqual({ ref: "main", isMergeBase: true, commit: base.slice(0, 10) });

    repository.write({ "cachetory.yaml": plain });
    expect(await repository.run(["diff"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("No cache has changed."),
    });
  });

  it("a commit that is named", async () => {
    using repository = new GitRepository({ "cachetory.yaml": plain });
    repository.git("tag", "v1");
    repository.write({ "cachetory.yaml": cold });
    repository.commit();
    expect((await repository.run(["diff", "v1"])).stdout).toMatch(
      /^Compared with [0-9a-f]{10} \(v1\)\.\n\none: cold\n/,
    );
    expect(await repository.run(["diff", "HEAD"])).toMatchObject({ code: 0 });
  });

  it("files that are not there any more, and not with those that are new", async () => {
    using repository = new GitRepository({
      "cachetory.yaml": yamlOf({ one: "key: one, value: ./src/old/a.ts#A" }),
      "src/old/a.ts": 'import type { B } from "./b.js";\nexport interface A { b: B }\n',
      "src/old/b.ts": "export type B = string;\n",
    });
    repository.remove("src/old");
    repository.write({
      "cachetory.yaml": yamlOf({ one: "key: one, value: ./src/a.ts#A" }),
      "src/a.ts": "export interface A { b: number }\n",
      // Of the types of before nothing is to be found here.
      "src/old/b.d.ts": "export type B = number;\n",
    });
    expect(told(await repository.run(["diff", ...json]))).toMatchObject([
      [
        "one changed misses",
        expect.any(String),
        'A.b: was string, is number; "text" is refused',
        expect.any(String),
        expect.any(String),
      ],
    ]);
  });

  it("packages of the same repository as they were, and others as they are", async () => {
    using repository = new GitRepository({
      ".gitignore": "node_modules\n",
      "packages/models/package.json": '{ "name": "models", "exports": "./index.ts", "type": "module" }',
      "packages/models/index.ts": "export interface Item { id: number }\n",
      "packages/shop/cachetory.yaml": yamlOf({
        item: "key: item, value: models#Item",
        other: "key: other, value: installed#Other",
      }),
    });
    mkdirSync(join(repository.folder, "node_modules"));
    symlinkSync(join(repository.folder, "packages/models"), join(repository.folder, "node_modules/models"));
    const installed = (type: string): void =>
      repository.write({
        "node_modules/installed/package.json": '{ "name": "installed", "types": "index.d.ts" }',
        "node_modules/installed/index.d.ts": `export interface Other { id: ${type} }\n`,
      });
    installed("number");
    repository.write({ "packages/models/index.ts": "export interface Item { id: string }\n" });
    installed("string");
    const ran = await repository.run(["diff", ...json], "packages/shop");
    expect(ran.stderr).toBe("");
    expect(told(ran).map(([title]) => title)).toEqual(["item changed misses"]);
  });

  it("files that are included as they were, and each of several files", async () => {
    const included = (key: string): string =>
      `version: 1\ncaches: { two: { key: "${key}:{id}", value: string, backend: shared, ttl: 1h } }\n`;
    using repository = new GitRepository({
      "cachetory.yaml": `include: [more/two.yaml]\n${plain}`,
      "more/two.yaml": included("two"),
      "third.yaml": yamlOf({ three: "key: three, value: boolean" }),
    });
    repository.write({
      "more/two.yaml": included("dos"),
      "third.yaml": yamlOf({ three: "key: three, value: number" }),
    });
    const argv = ["diff", "-c", "cachetory.yaml", "-c", "third.yaml"];
    expect(told(await repository.run([...argv, ...json])).map(([title]) => title)).toEqual([
      "two changed cold",
      "three changed misses",
    ]);
    expect((await repository.run(argv)).stdout).toMatch(
      /\n\ncachetory\.yaml\n\ntwo: cold\n(?:.*\n)+\nthird\.yaml\n\nthree: misses\n/,
    );
  });
});

describe("diff tells of", () => {
  it("caches that come and go, and those that are called otherwise", async () => {
    using repository = new GitRepository({
      "cachetory.yaml": yamlOf({
        alpha: 'key: "alpha:{id}", value: string',
        former: 'key: "kept:{id}", value: number',
        omega: 'key: "omega:{id}", value: string, ttl: forever',
      }),
    });
    repository.write({
      "cachetory.yaml": yamlOf({
        alpha: 'key: "alpha:{id}", value: string',
        latter: 'key: "kept:{name}", value: number | null',
        fresh: 'key: "fresh:{id}", value: string',
      }),
    });
    expect(told(await repository.run(["diff", ...json]))).toEqual([
      ["fresh added warm"],
      [
        "former latter changed rollout",
        "id → name: the same text under another name",
        "the release before misses those of the new one that do not fit its type",
        "value: was number, is null | number; null is refused",
      ],
      ["omega removed warm", "entries that are there never expire: clear the cache before its keys are gone"],
    ]);
  });

  it("keys that were those of another cache", async () => {
    using repository = new GitRepository({
      "cachetory.yaml": yamlOf({
        user: 'key: "user:{name}", value: string',
        other: 'key: "other:{name}", value: string',
      }),
    });
    const moved = { user: 'key: "person:{name}", value: string' };
    const taken = {
      order: 'key: "user:{id:int}", value: "{ id: number }"',
      text: 'key: "other:{x:int}:", value: string',
    };
    repository.write({ "cachetory.yaml": yamlOf({ ...moved, ...taken }) });
    const ran = await repository.run(["diff", ...json]);
    expect(told(ran).filter(([title = ""]) => title.startsWith("order") || title.startsWith("text"))).toEqual([
      ["order added misses", "shop:user:1 was a key of user, whose entries it finds until they are gone"],
      ["text added warm"],
    ]);
  });

  it("functions that make other keys of a call", async () => {
    const memoize = (mapping: string): string => `memoize:
  search: { function: ./src/search.ts#search, cache: found, parameters: { q: ${mapping} }, ignore: [options] }
  priceOf: { function: ./src/search.ts#priceOf, backend: shared, ttl: 1m }
`;
    const source = (parameter: string): string =>
      `export const search = (text: string, options: { other: string }): string => text + options.other;
export const priceOf = (${parameter}): number => 1;
`;
    const found = { found: 'key: "found:{q}", value: string' };
    using repository = new GitRepository({
      "cachetory.yaml": yamlOf(found, memoize("text").replace(", ignore: [options]", ", ignore: [options]")),
      "src/search.ts": source("id: number"),
    });
    repository.write({
      "cachetory.yaml": yamlOf(found, memoize("options.other").replace("[options]", "[text]")),
      "src/search.ts": source('id: number, currency: "EUR" | "USD"'),
    });
    const ran = await repository.run(["diff", ...json]);
    expect(ran.stderr).toBe("");
    expect(told(ran)).toEqual([
      [
        "priceOfCache changed cold",
        '"shop:priceOf:{id:number}" → "shop:priceOf:{id:number}:{currency:EUR|USD}": another text',
      ],
      ["search changed wrong", "q: text → options.other: a key that is there may be of another call now"],
    ]);
  });

  it("a memoized function of another name, which its made cache is called after", async () => {
    const memoize = (prices: string, all: string): string => `memoize:
  ${prices}: { function: ./src/prices.ts#priceOf, backend: shared, ttl: 1m }
  ${all}: { function: ./src/prices.ts#pricesOf, cache: found }
`;
    const found = { found: 'key: "found:{id}", value: number' };
    using repository = new GitRepository({
      "cachetory.yaml": yamlOf(found, memoize("priceOf", "all")),
      "src/prices.ts":
        "export const priceOf = (id: number): number => id;\nexport const pricesOf = (id: string): number => id.length;\n",
    });
    repository.write({ "cachetory.yaml": yamlOf(found, memoize("price", "every")) });
    const ran = await repository.run(["diff", ...json]);
    expect(ran.stderr).toBe("");
    expect(told(ran)).toEqual([
      ["priceOfCache priceCache changed cold", '"shop:priceOf:{id:number}" → "shop:price:{id:number}": another text'],
      ["all every changed warm"],
      ["priceOf price changed warm"],
    ]);
    expect((await repository.run(["diff"])).stdout).toContain("function price (before: priceOf)");
  });

  it("a file that was not there", async () => {
    using repository = new GitRepository({});
    repository.write({ "cachetory.yaml": plain });
    const { code, stdout } = await repository.run(["diff"]);
    expect(code).toBe(0);
    expect(stdout).toContain("cachetory.yaml was not there: all that it declares is new.\n\none (added)\n");
  });
});

describe("diff ends with", () => {
  const limits: readonly (readonly [limit: string, code: number])[] = [
    ["rollout", 1],
    ["misses", 1],
    ["cold", 1],
    ["wrong", 0],
    ["never", 0],
  ];
  it("1 where something is as bad as --fail-on, or worse", async () => {
    using repository = new GitRepository({ "cachetory.yaml": plain });
    repository.write({ "cachetory.yaml": cold });
    for (const [limit, code] of limits) {
      expect([limit, (await repository.run(["diff", "--fail-on", limit])).code]).toEqual([limit, code]);
    }
    expect((await repository.run(["diff"])).code).toBe(1);
  });

  it("0 where entries are read as before", async () => {
    using repository = new GitRepository({ "cachetory.yaml": plain });
    repository.write({ "cachetory.yaml": plain.replace("ttl: 1h", "ttl: 2h") });
    expect(await repository.run(["diff"])).toMatchObject({ code: 0, stdout: expect.stringContaining("ttl 1 h → 2 h") });
  });

  it("2 for a commit that is not there", async () => {
    using repository = new GitRepository({ "cachetory.yaml": plain });
    const { code, stdout, stderr } = await repository.run(["diff", "v9"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('error C4001 there is no commit "v9" in ');
  });

  it("2 for what git could take for an option", async () => {
    using repository = new GitRepository({ "cachetory.yaml": plain });
    const { code, stderr } = await repository.run(["diff", "--", "--output=x"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('C4001 there is no commit "--output=x"')]);
  });

  it("2 where no branch is the default one", async () => {
    using repository = new GitRepository({ "cachetory.yaml": plain });
    repository.git("branch", "--move", "trunk");
    const { code, stderr } = await repository.run(["diff"]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("C4001 there is nothing to compare with: of origin/HEAD, "),
    ]);
    expect(stderr).toContain("cachetory diff HEAD for what is not committed yet");
  });

  it("2 outside of a repository", async () => {
    using folder = temporaryFolder();
    using repository = new GitRepository({});
    const { code, stderr } = await repository.run(["diff", "-c", join(folder.path, "cachetory.yaml")]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/C4001 git finds no repository around .*: not a git repository/),
    ]);
  });

  it("1 for errors of the YAML as it is, and as it was", async () => {
    using repository = new GitRepository({ "cachetory.yaml": plain.replace("ttl: 1h", "ttl: soon") });
    expect(await repository.run(["diff"])).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining("error C1101"),
    });
    repository.write({ "cachetory.yaml": plain });
    const { code, stdout, stderr } = await repository.run(["diff"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/error C4002 in [0-9a-f]{10}, the last commit that main has too, cachetory\.yaml:6: C1101 /);
  });

  it("a type of before that the packages of today do not have for a miss", async () => {
    using repository = new GitRepository({
      ".gitignore": "node_modules\n",
      "cachetory.yaml": yamlOf({ one: "key: one, value: installed#Old" }),
    });
    repository.write({
      "cachetory.yaml": yamlOf({ one: "key: one, value: installed#New" }),
      "node_modules/installed/package.json": '{ "name": "installed", "types": "index.d.ts" }',
      "node_modules/installed/index.d.ts": "export interface New { id: number }\n",
    });
    const ran = await repository.run(["diff", ...json]);
    expect(told(ran)).toEqual([
      ["one changed misses", "the type of before does not resolve with the packages that are installed now"],
    ]);
    expect(ran.stderr).toContain("not all types resolve with the packages that are installed now (1 error)");
  });
});

it("markdown is a table that nothing in it breaks", async () => {
  using repository = new GitRepository({ "cachetory.yaml": yamlOf({ one: 'key: "one:{lang:en|nl}", value: string' }) });
  repository.write({ "cachetory.yaml": yamlOf({ one: 'key: "one:{lang:en|nl|de}:_x_", value: string' }) });
  const { stdout } = await repository.run(["diff", "--format", "markdown"]);
  expect(stdout.replace(/[0-9a-f]{10}/, "0123456789")).toBe(`### Caches: 1 cache: 1 cold.

Compared with 0123456789, the last commit that main has too.

| cache | effect | what |
|---|---|---|
| one | **cold** | key: "shop:one:{lang:en\\|nl}" → "shop:one:{lang:en\\|nl\\|de}:\\_x\\_": another text |

- **cold**: entries that are there are not found any more
`);
});

it("--timing is part of json", async () => {
  using repository = new GitRepository({ "cachetory.yaml": plain });
  const { stdout, stderr } = await repository.run(["diff", "--timing", ...json]);
  const { timing } = JSON.parse(stdout);
  expect(timing.phases.map(({ phase }: { readonly phase: string }) => phase)).toEqual(["read", "resolve", "compare"]);
  expect(stderr).toBe("");
});

it("nothing is written, in the repository or in the folder", async () => {
  using repository = new GitRepository({ "cachetory.yaml": plain });
  repository.write({ "cachetory.yaml": cold });
  const before = repository.git("status", "--porcelain");
  const index = repository.git("ls-files", "--stage", "--debug");
  await repository.run(["diff"]);
  expect(repository.git("status", "--porcelain")).toBe(before);
  expect(repository.git("ls-files", "--stage", "--debug")).toBe(index);
});
