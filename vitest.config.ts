import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// These share nothing but what they import, of which the compiler takes longest to load: once is enough.
const inOneProcess = ["test/generator/**/*.test.ts", "test/compile/**/*.test.ts", "test/docs-reference/**/*.test.ts"];

/** They take half a minute and more each, which their size does not tell; what begins last would run alone. */
const longest = [
  "test/docs/documents.test.ts",
  "test/simulation/guards.test.ts",
  "test/soak/soak.test.ts",
  "test/packages/new-user.test.ts",
  "test/simulation/simulation.test.ts",
  "test/faults/cluster.test.ts",
  "test/faults/sentinel.test.ts",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification) => longest.findIndex((name) => moduleId.endsWith(name)) >>> 0;
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
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
