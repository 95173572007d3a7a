import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { machine } from "./versions.ts";

// How long importing takes, measured inside of fresh processes. Usage: npm run import-time -- [--write]

const rounds = 25;
const programs = {
  "the runtime, without a client": `await import("@cachetory/runtime")`,
  "what generated code imports": `await import("@cachetory/runtime/codegen/v1")`,
  "ioredis alone": `await import("ioredis")`,
  "ioredis alone, to a refused connection": `
    const { Redis } = await import("ioredis");
    const client = new Redis({ port: 1, lazyConnect: true, retryStrategy: () => null });
    client.on("error", () => {});
    await client.connect().catch(() => {});`,
  "the runtime, and ioredis": `await import("@cachetory/runtime"); await import("ioredis")`,
  "the Redis backend, to a refused connection": `
    const { RedisBackend } = await import("@cachetory/runtime");
    await new RedisBackend({ port: 1 }).ready().catch(() => {});`,
} as const;

type Title = keyof typeof programs;

const measured = new Map<Title, number[]>();
for (let round = 0; round < rounds; round += 1) {
  for (const [title, program] of Object.entries(programs) as [Title, string][]) {
    measured.set(title, [...(measured.get(title) ?? []), milliseconds(program)]);
  }
}
const medianOf = (title: Title): number => median(measured.get(title) ?? []);
const overImport = over("the runtime, and ioredis", "ioredis alone");
const overConnection = over("the Redis backend, to a refused connection", "ioredis alone, to a refused connection");
const text = `# Importing

Written by \`npm run import-time -- --write\`. ${machine()}. Node ${process.version}. Medians of ${rounds} interleaved fresh processes, measured inside of them, after the import of an empty module.

| | ms |
| --- | ---: |
${Object.keys(programs)
  .map((title) => `| ${title} | ${medianOf(title as Title).toFixed(1)} |`)
  .join("\n")}
| importing the runtime, over ioredis alone | ${overImport.toFixed(1)} |
| the Redis backend over ioredis alone, both to a refused connection | ${overConnection.toFixed(1)} |

Goals: the runtime without a client under 15 ms, the Redis backend at most 10 ms over ioredis alone.
`;
console.log(text);
if (process.argv.includes("--write")) writeFileSync(new URL("../import-time.md", import.meta.url), text);
process.exitCode = medianOf("the runtime, without a client") < 15 && Math.max(overImport, overConnection) <= 10 ? 0 : 1;

/** What the one program takes more than the other, by the rounds. */
function over(title: Title, other: Title): number {
  const others = measured.get(other) ?? [];
  return median((measured.get(title) ?? []).map((ms, round) => ms - (others[round] ?? Number.NaN)));
}

function milliseconds(program: string): number {
  // A program that imports us has imported something before: how long Node takes to begin with that is not ours.
  const source = `await import("data:text/javascript,"); const start = performance.now(); ${program}; console.log(performance.now() - start); process.exit()`;
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", source], { encoding: "utf8" }));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
