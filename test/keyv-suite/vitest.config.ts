import { defineConfig } from "vitest/config";

export default defineConfig({
  // The contract of backends lies outside of this package, and must meet the vitest that runs here.
  resolve: { dedupe: ["vitest"] },
  test: {
    include: ["*.test.ts"],
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
