import { defineConfig } from "vitest/config";

// These share nothing but what they import, of which the compiler takes longest to load: once is enough.
const inOneProcess = ["test/generator/**/*.test.ts", "test/compile/**/*.test.ts", "test/docs-reference/**/*.test.ts"];

export default defineConfig({
  test: {
    // Two cores: more workers would only steal time from the servers that the tests start.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: "runtime",
          include: ["test/**/*.test.ts"],
          exclude: ["**/node_modules/**", "test/cases/**", "test/fixtures/**", "test/keyv-suite/**", ...inOneProcess],
        },
      },
      {
        extends: true,
        // No test may find what another one has spied on.
        test: { name: "generator", include: inOneProcess, isolate: false, restoreMocks: true },
      },
    ],
  },
});
