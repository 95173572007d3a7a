// Times `cachetory generate` as its users start it, from the command to the exit: `node bench/generate/bench-generate.mjs`
// after `npm run build`. Prints a table in Markdown; takes about a minute.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../..");
const bin = path.join(root, "generator/dist/bin.js");

const sizes = [
  { caches: 10, types: 10 },
  { caches: 100, types: 50 },
  { caches: 1_000, types: 50 },
];
const runs = 5;

console.log("| caches | types | cold | cold, peak memory | unchanged | unchanged, peak memory |");
console.log("|---:|---:|---:|---:|---:|---:|");
for (const size of sizes) {
  const cold = [];
  const unchanged = [];
  for (let run = 0; run < runs; run++) {
    const project = makeProject(size);
    try {
      cold.push(await generate(project));
      unchanged.push(await generate(project));
    } finally {
      rmSync(project, { recursive: true });
    }
  }
  const cells = [size.caches, size.types, seconds(cold), megabytes(cold), seconds(unchanged), megabytes(unchanged)];
  console.log(`| ${cells.join(" | ")} |`);
}
console.log(`\nMedians of ${runs} runs; Node ${process.versions.node}.`);

/** A project of its own, in which nothing has been generated and nothing remembered. */
function makeProject({ caches, types }) {
  const project = mkdtempSync(path.join(tmpdir(), "cachetory-bench-"));
  mkdirSync(path.join(project, "node_modules/@cachetory"), { recursive: true });
  symlinkSync(path.join(root, "runtime"), path.join(project, "node_modules/@cachetory/runtime"));
  mkdirSync(path.join(project, "src/models"), { recursive: true });
  writeFileSync(path.join(project, "package.json"), '{ "type": "module" }\n');
  const compilerOptions = { module: "nodenext", target: "es2022", strict: true };
  writeFileSync(path.join(project, "tsconfig.json"), `${JSON.stringify({ compilerOptions })}\n`);
  const perFile = 5;
  for (let file = 0; file * perFile < types; file++) {
    const interfaces = Array.from({ length: perFile }, (_, at) => interfaceText(file * perFile + at, file));
    const imports = file === 0 ? "" : `import type { Model0 } from "./models0.js";\n`;
    writeFileSync(path.join(project, `src/models/models${file}.ts`), `${imports}${interfaces.join("\n")}`);
  }
  const entries = Array.from({ length: caches }, (_, at) => cacheText(at, at % types, perFile));
  writeFileSync(
    path.join(project, "cachetory.yaml"),
    `version: 1\noutput: src/caches\nbackends:\n  local: memory://\ndefaults:\n  backend: local\n  ttl: 10m\ncaches:\n${entries.join("")}`,
  );
  return project;
}

function interfaceText(number, file) {
  const first = file === 0 ? "null" : "Model0";
  return `export interface Model${number} {
  readonly id: number;
  readonly name: string;
  readonly tags: readonly string[];
  readonly parent: Model${number} | null;
  readonly first: ${first};
  readonly state: "new" | "open" | "closed";
  readonly address: { readonly street: string; readonly city: string; readonly zip: string };
}
`;
}

function cacheText(number, type, perFile) {
  return `  cache${number}:
    description: What page ${number} shows.
    key: cache${number}:{tenant:uuid}:{page:int}:{locale:en|nl}
    value: { type: "readonly Model${type}[]", from: ./src/models/models${Math.floor(type / perFile)}.ts }
    serializer: json+zlib
`;
}

/** One run of the command: how long it took, and the most memory that it held. */
async function generate(project) {
  const report = path.join(project, "peak-memory");
  const atExit = `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)));`;
  const hook = path.join(project, "report-memory.cjs");
  writeFileSync(hook, atExit);
  const startedMs = performance.now();
  const child = spawn(process.execPath, ["--require", hook, bin, "generate"], { cwd: project, stdio: "ignore" });
  const exitCode = await new Promise((resolve) => child.on("close", resolve));
  const tookMs = performance.now() - startedMs;
  if (exitCode !== 0) throw new Error(`generate ended with ${exitCode} in ${project}`);
  return { tookMs, peakKb: Number(readFileSync(report, "utf8")) };
}

function seconds(results) {
  return `${(median(results.map(({ tookMs }) => tookMs)) / 1000).toFixed(2)} s`;
}

function megabytes(results) {
  return `${Math.round(median(results.map(({ peakKb }) => peakKb)) / 1024)} MB`;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
