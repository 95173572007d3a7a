import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startLocalRegistry } from "./local-registry.ts";
import { packPackages } from "./packed-package.ts";
import { provideInstallable } from "./provided.ts";

/** Packs both packages for all tests that install them: npm takes two seconds each time. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "cachetory-pack-"));
  const packed = await packPackages(folder);
  const registry = await startLocalRegistry(packed);
  provideInstallable(project, { packed, registryUrl: registry.url });
  return async () => {
    await registry.close();
    rmSync(folder, { recursive: true, force: true });
  };
}
