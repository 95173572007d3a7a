import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compilerVersions, repository, tscOf } from "../../support/repository.ts";
import { runOrThrow, runProgram } from "../../support/run-program.ts";

const program = `
import { Cache, Cached, cached, cachedMethod, json, MemoryBackend } from "@cachetory/runtime";

const cache = new Cache<string, number>({ serializer: json(), backend: new MemoryBackend() });

class Shop {
  readonly rate: number;
  calls = 0;
  constructor(rate: number) {
    this.rate = rate;
  }

  @Cached(cache, { timeToLive: "10m" })
  async priceOf(id: number): Promise<number> {
    this.calls += 1;
    return id * this.rate;
  }

  @Cached(cache)
  static async count(): Promise<number> {
    return 3;
  }

  @Cached(cache, { name: "secret" })
  async #secret(): Promise<number> {
    return this.rate;
  }

  reveal(): Promise<number> {
    return this.#secret();
  }
}

class Outlet extends Shop {
  override async priceOf(id: number): Promise<number> {
    return (await super.priceOf(id)) / 2;
  }
}

const shop = new Shop(2);
const outlet = new Outlet(100);
const prices = [await shop.priceOf(1), await shop.priceOf(1), await outlet.priceOf(1), await outlet.priceOf(2)];
const results: unknown[] = [prices, shop.calls, await Shop.count(), await shop.reveal()];
for (const key of ["Shop#priceOf:1", "Shop#priceOf:2", "Shop.count", "secret"]) results.push(await cache.get(key));
results.push(await cachedMethod(shop, "priceOf").refresh(2), await cachedMethod(Shop, "count").purge());

async function size(text: string): Promise<number>;
async function size<T>(items: readonly T[], count: (item: T) => number): Promise<number>;
async function size<T>(items: string | readonly T[], count?: (item: T) => number): Promise<number> {
  return typeof items === "string" ? items.length : items.reduce((sum, item) => sum + (count?.(item) ?? 1), 0);
}
const sized = cached(cache, { makeKey: (name, args: readonly unknown[]) => \`\${name}:\${JSON.stringify(args)}\` })(size);
results.push(await sized("four"), await sized([{ n: 5 }], ({ n }) => n));
console.log(JSON.stringify(results));
`;

const tsconfig = (options: object): string =>
  JSON.stringify({
    compilerOptions: {
      target: "es2022",
      lib: ["es2022", "dom"],
      types: [],
      module: "nodenext",
      strict: true,
      rootDir: "src",
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      // What is declared is checked where the package is installed, by each compiler.
      skipLibCheck: true,
      ...options,
    },
    include: ["src"],
  });

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cachetory-decorator-"));
  mkdirSync(join(folder, "node_modules/@cachetory"), { recursive: true });
  mkdirSync(join(folder, "src"));
  symlinkSync(join(repository, "runtime"), join(folder, "node_modules/@cachetory/runtime"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(folder, "src/main.ts"), program);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(compilerVersions)("a class with cached methods, compiled by TypeScript %s", (version) => {
  const compile = (options: object) => {
    const path = join(folder, `tsconfig.${version}.json`);
    writeFileSync(path, tsconfig({ ...options, outDir: `out-${version}` }));
    return runProgram(process.execPath, [tscOf(version), "-p", path, "--pretty", "false"], { cwd: folder });
  };

  test("runs, with keys of its classes", { timeout: 60_000 }, async () => {
    expect(await compile({})).toMatchObject({ output: "", exitCode: 0 });
    const { stdout } = await runOrThrow(process.execPath, [join(folder, `out-${version}/main.js`)], { cwd: folder });
    const prices = [2, 2, 1, 100];
    const keys = [2, 200, 3, 2];
    expect(JSON.parse(stdout)).toEqual([prices, 1, 3, 2, ...keys, 4, true, 4, 5]);
  });

  // What lies between the oldest and the newest says the same as both.
  if (version === "6") return;

  test("does not compile with the decorators of before the standard", { timeout: 60_000 }, async () => {
    const { output } = await compile({ experimentalDecorators: true });
    expect(output).toContain("src/main.ts(13,4): error TS1241: Unable to resolve signature of method decorator");
  });
});
