import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { wholeNumber } from "../support/whole-number.ts";
import { allTargets } from "./all-targets.ts";
import { Coverage } from "./coverage.ts";
import type { NamedTarget } from "./fuzz-target.ts";
import { type FuzzReport, failureOf, runTarget } from "./run-target.ts";
import { watchForHang } from "./watchdog.ts";

// `npm run fuzz`: gives every target a million inputs, shared out among processes, and prints a row of a table for each.

const self = fileURLToPath(import.meta.url);
/** What JavaScript may hold in one process: an input that needs more ends it, and is shown. */
const heapMb = 768;

const { values } = parseArgs({
  options: {
    target: { type: "string", multiple: true },
    inputs: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: String(availableParallelism()) },
    "no-coverage": { type: "boolean", default: false },
    /** Hexadecimal digits of one input, which is run alone. */
    input: { type: "string" },
    /** Where a process of its own writes each input before it runs. */
    child: { type: "string" },
  },
});

if (values.child !== undefined) await runChild(targetsNamed(values.target)[0], values.child);
else if (values.input !== undefined) await runOne(targetsNamed(values.target), values.input);
else await runAll(targetsNamed(values.target));

function targetsNamed(names: readonly string[] | undefined): readonly NamedTarget[] {
  if (names === undefined) return allTargets;
  const found = allTargets.filter(({ name }) => names.includes(name));
  if (found.length === names.length) return found;
  console.error(`There are the targets ${allTargets.map(({ name }) => name).join(", ")}.`);
  return process.exit(2);
}

async function runOne(targets: readonly NamedTarget[], input: string): Promise<void> {
  for (const target of targets) {
    const failure = await failureOf(target.make(), new Uint8Array(Buffer.from(input, "hex")));
    console.log(`${target.name}: ${failure ?? "nothing is wrong"}`);
    if (failure !== undefined) process.exitCode = 1;
  }
}

async function runAll(targets: readonly NamedTarget[]): Promise<void> {
  const [inputs, jobs, seed] = [
    wholeNumber("inputs", values.inputs),
    wholeNumber("jobs", values.jobs),
    wholeNumber("seed", values.seed, 0),
  ];
  const folder = mkdtempSync(join(tmpdir(), "cachetory-fuzz-"));
  console.log(`seed ${seed}, ${jobs} processes, Node ${process.version}`);
  console.log("| target | inputs | good ones | kept by coverage | longest, CPU | largest growth | failures | took |");
  console.log("|---|---|---|---|---|---|---|---|");
  try {
    for (const target of targets) {
      const start = performance.now();
      const reports = await Promise.all(
        Array.from({ length: jobs }, (_, job) =>
          inChild(target, Math.ceil(inputs / jobs), seed + job * 1_000_003, join(folder, `${target.name}-${job}`)),
        ),
      );
      console.log(rowOf(target, reports, (performance.now() - start) / 1000));
      for (const { failure, seed: used } of reports) {
        if (failure === undefined) continue;
        process.exitCode = 1;
        console.log(`\n${target.name} failed, seed ${used}: ${failure.message}`);
        console.log(`input:     ${failure.input}\nminimised: ${failure.minimised}`);
        console.log(`again:     npm run fuzz -- --target ${target.name} --input ${failure.minimised}\n`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface JobReport extends FuzzReport {
  readonly seed: number;
}

/** A process of its own, which may also end by itself: then the input that it was given last is to blame. */
async function inChild(target: NamedTarget, inputs: number, seed: number, file: string): Promise<JobReport> {
  const args = ["--target", target.name, "--inputs", String(inputs), "--seed", String(seed), "--child", file];
  if (values["no-coverage"]) args.push("--no-coverage");
  const child = fork(self, args, { execArgv: [`--max-old-space-size=${heapMb}`, "--no-warnings"] });
  const report = await new Promise<FuzzReport>((resolve) => {
    child.once("message", (message) => resolve(message as FuzzReport));
    child.once("exit", (code, signal) => resolve(ended(file, signal ?? `exit code ${code}`)));
  });
  await over(child);
  return { ...report, seed };
}

function over(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once("exit", () => resolve());
  });
}

function ended(file: string, how: string): FuzzReport {
  const [index = "0", input = ""] = readFileSync(file, "latin1").split("\n");
  const nothing = { most: 0, input: "" };
  const failure = { message: `The process ended by ${how}.`, input, minimised: input };
  return { inputs: Number(index), taken: 0, kept: 0, cpuMs: nothing, bytes: nothing, failure };
}

async function runChild(named: NamedTarget | undefined, file: string): Promise<void> {
  if (named === undefined) return;
  const target = named.make();
  const handle = openSync(file, "w");
  const progress = watchForHang();
  const report = await runTarget(target, {
    inputs: Number(values.inputs),
    seed: Number(values.seed),
    coverage: values["no-coverage"] ? undefined : new Coverage(target.watched),
    before(index, input) {
      progress.advance();
      // Ends in a line end, so what is left of a longer one behind it is not taken for a part of it.
      writeSync(handle, `${index}\n${Buffer.from(input).toString("hex")}\n`, 0);
    },
  });
  process.send?.(report, () => process.exit(0));
}

function rowOf(target: NamedTarget, reports: readonly FuzzReport[], seconds: number): string {
  const sum = (of: (report: FuzzReport) => number): number => reports.reduce((total, each) => total + of(each), 0);
  const most = (of: (report: FuzzReport) => number): number => Math.max(...reports.map(of));
  const inputs = sum((report) => report.inputs);
  const cells = [
    target.name,
    inputs.toLocaleString("en"),
    `${((100 * sum(({ taken }) => taken)) / Math.max(inputs, 1)).toFixed(1)} %`,
    most(({ kept }) => kept),
    `${most(({ cpuMs }) => cpuMs.most).toFixed(1)} ms`,
    `${(most(({ bytes }) => bytes.most) / 1024).toFixed(0)} KB`,
    reports.filter(({ failure }) => failure !== undefined).length,
    `${seconds.toFixed(0)} s`,
  ];
  return `| ${cells.join(" | ")} |`;
}
