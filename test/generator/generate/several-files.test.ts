import { expect, test, vi } from "vitest";
import type { CommandResult } from "../../../generator/src/cli/command-result.ts";
import { generate } from "../../../generator/src/cli/commands/generate.ts";
import type { GenerateMode } from "../../../generator/src/generate/generate-outputs.ts";
import { MemoryFiles } from "../write/memory-files.ts";
import { installedRuntime, memoryHost } from "./memory-host.ts";

// The compiler may be loaded here for the first time.
vi.setConfig({ testTimeout: 60_000 });

function yaml(cache: string, output = "src/caches"): string {
  return `version: 1
output: ${output}
backends: { local: memory:// }
defaults: { backend: local, ttl: 1h }
caches: { ${cache}: { key: "${cache}:{id}", value: string } }
`;
}

function monorepo(): MemoryFiles {
  return new MemoryFiles({
    ...installedRuntime,
    "/app/packages/shop/cachetory.yaml": yaml("product"),
    "/app/packages/users/cachetory.yaml": yaml("user"),
  });
}

const both = ["/app/packages/shop/cachetory.yaml", "/app/packages/users/cachetory.yaml"];

function run(files: MemoryFiles, mode: GenerateMode = "write", names = both): Promise<CommandResult> {
  return generate({ files: names, mode }, memoryHost(files));
}

test("each YAML file has its own output, and a summary of its own", async () => {
  const files = monorepo();
  const { exitCode, notes } = await run(files);
  expect(exitCode).toBe(0);
  expect(notes.filter((note) => note.startsWith("3 created"))).toEqual([
    expect.stringMatching(/^3 created in packages\/shop\/src\/caches \(/),
    expect.stringMatching(/^3 created in packages\/users\/src\/caches \(/),
  ]);
  expect(files.list("/app/packages/shop/src/caches")).toContain("product.gen.ts");
  expect(files.list("/app/packages/users/src/caches")).toContain("user.gen.ts");
  expect((await run(files, "check")).exitCode).toBe(0);
});

test("an error in one of them leaves the outputs of all as they are", async () => {
  const files = monorepo();
  files.write("/app/packages/users/cachetory.yaml", yaml("user").replace("1h", "soon"));
  const { diagnostics, exitCode, notes } = await run(files);
  expect(diagnostics.map(({ code, span }) => [code, span?.file])).toEqual([["C1101", both[1]]]);
  expect([exitCode, notes]).toEqual([1, []]);
  expect(files.kind("/app/packages/shop/src/caches")).toBeUndefined();
});

test("drift of any of them is mended by one command", async () => {
  const files = monorepo();
  await run(files);
  files.write("/app/packages/users/cachetory.yaml", yaml("user").replace("1h", "2h"));
  const { diagnostics, notes } = await run(files, "check");
  expect(diagnostics.map(({ code, message }) => [code, message.split(":")[0]])).toEqual([
    ["C3001", "packages/users/src/caches/user.gen.ts is outdated"],
  ]);
  expect(notes.at(-1)).toBe(
    "Run: npx cachetory generate -c packages/shop/cachetory.yaml -c packages/users/cachetory.yaml",
  );
});

test("two of them cannot own one folder", async () => {
  const files = new MemoryFiles({
    ...installedRuntime,
    "/app/shop.yaml": yaml("product"),
    "/app/users.yaml": yaml("user", "./src/../src/caches"),
  });
  const { diagnostics } = await run(files, "write", ["/app/shop.yaml", "/app/users.yaml"]);
  expect(diagnostics).toMatchObject([
    {
      code: "C3006",
      span: { file: "/app/users.yaml" },
      message: '"output" is the folder of another YAML file too',
      related: [{ span: { file: "/app/shop.yaml" } }],
    },
  ]);
  expect(files.kind("/app/src/caches")).toBeUndefined();
});
