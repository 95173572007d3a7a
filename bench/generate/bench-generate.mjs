// Times `cachetory generate` as its users start it, from the command to the exit, `--watch` from a saved file to the line that
// it prints, and the compiler on what was generated: `node bench/generate/bench-generate.mjs` after `npm run build`. Prints a
// table in Markdown; takes two minutes.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../..");
const bin = path.join(root, "generator/bin/cachetory.js");

const tsc = path.join(root, "node_modules/typescript/bin/tsc");

const sizes = [
  { caches: 10, types: 10 },
  { caches: 100, types: 50 },
  { caches: 1_000, types: 300 },
];
const runs = 5;

console.log(
  "| caches | types | cold | cold, peak memory | unchanged | `--check` | a type changes in watch | type-check |",
);
console.log("|---:|---:|---:|---:|---:|---:|---:|---:|");
for (const size of sizes) {
  const measured = { cold: [], unchanged: [], check: [], watch: [], compiler: [] };
  for (let run = 0; run < runs; run++) {
    const project = makeProject(size);
    try {
      measured.cold.push(await time([bin, "generate"], project));
      measured.unchanged.push(await time([bin, "generate"], project));
      measured.check.push(await time([bin, "generate", "--check"], project));
      measured.compiler.push(await time([tsc, "--noEmit"], project));
      measured.watch.push(...(await watched(project)));
    } finally {
      rmSync(project, { recursive: true });
    }
  }
  const { cold, unchanged, check, watch, compiler } = measured;
  const cells = [seconds(cold), megabytes(cold), ...[unchanged, check, watch, compiler].map(seconds)];
  console.log(`| ${[size.caches, size.types, ...cells].join(" | ")} |`);
}
console.log(`\nMedians of ${runs} runs; Node ${process.versions.node}.`);

/** A project of its own, in which nothing has been generated and nothing remembered. */
function makeProject({ caches, types }) {
  const project = mkdtempSync(path.join(tmpdir(), "cachetory-bench-"));
  mkdirSync(path.join(project, "node_modules/@cachetory"), { recursive: true });
  symlinkSync(path.join(root, "runtime"), path.join(project, "node_modules/@cachetory/runtime"));
  mkdirSync(path.join(project, "src/models"), { recursive: true });
  writeFileSync(path.join(project, "package.json"), '{ "type": "module" }\n');
  const compilerOptions = { module: "nodenext", target: "es2022", strict: true, skipLibCheck: true };
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

/** One run of a command: how long it took, and the most memory that it held. */
async function time(command, project) {
  const report = path.join(project, "peak-memory");
  const atExit = `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)));`;
  const hook = path.join(project, "report-memory.cjs");
  writeFileSync(hook, atExit);
  const startedMs = performance.now();
  const child = spawn(process.execPath, ["--require", hook, ...command], { cwd: project, stdio: "ignore" });
  const exitCode = await new Promise((resolve) => child.on("close", resolve));
  const tookMs = performance.now() - startedMs;
  if (exitCode !== 0) throw new Error(`${command.join(" ")} ended with ${exitCode} in ${project}`);
  return { tookMs, peakKb: Number(readFileSync(report, "utf8")) };
}

/** Changes of one type under `--watch`, each from the saved file to the line that tells of it. */
async function watched(project) {
  const file = path.join(project, "src/models/models1.ts");
  const text = readFileSync(file, "utf8");
  const child = spawn(process.execPath, [bin, "generate", "--watch"], {
    cwd: project,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const lines = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
  const next = async (word) => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`--watch ended in ${project}`);
      if (value.includes(word)) return;
    }
  };
  await next("Ctrl-C");
  const results = [];
  for (let change = 0; change <= runs; change++) {
    // Somebody who saves has not saved a moment before.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const startedMs = performance.now();
    writeFileSync(file, change % 2 === 0 ? text.replace("id: number", "id: number | null") : text);
    await next("updated");
    results.push({ tookMs: performance.now() - startedMs });
  }
  child.kill();
  return results;
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
