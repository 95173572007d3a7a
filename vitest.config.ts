import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = import.meta.dirname;

// These share nothing but what they import, of which the compiler takes longest to load: once is enough.
const generator = ["test/generator/**/*.test.ts", "test/compile/**/*.test.ts", "test/docs-reference/**/*.test.ts"];

/** What a test leaves in its process, another one would find: mocks of modules, schemes, a clock, and memory. */
const leavesSomething =
  /\bvi\.(?!fn\b|spyOn\b|waitFor\b)|\bregister(?:Scheme|Backend|Serializer|Compressor)\b|\b(?:heap|collectGarbage|WeakRef)|\bDate\.now = /;

// A process for each, with all that it imports, takes longer than most of them.
const runtime = readdirSync(join(root, "test/runtime"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => `test/runtime/${file.replaceAll("\\", "/")}`)
  .filter((file) => !leavesSomething.test(readFileSync(join(root, file), "utf8")));

// They install the packages as they would be published.
const packed = ["test/packages/**/*.test.ts", "test/docs/documents.test.ts"];

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
          name: "alone",
          include: ["test/**/*.test.ts"],
          exclude: [
            "**/node_modules/**",
            "test/cases/**",
            "test/fixtures/**",
            "test/keyv-suite/**",
            ...runtime,
            ...generator,
            ...packed,
          ],
        },
      },
      { extends: true, test: { name: "packed", include: packed, globalSetup: "test/packages/set-up.ts" } },
      // No test may find what another one has spied on.
      { extends: true, test: { name: "runtime", include: runtime, isolate: false, restoreMocks: true } },
      { extends: true, test: { name: "generator", include: generator, isolate: false, restoreMocks: true } },
    ],
  },
});
