// A cold key, and everybody asks for it at once: how often it is loaded, and how long the slowest caller waits.
// node bench/stampede/bench-stampede.mjs [--write]; needs redis-server on the path, or named by REDIS_SERVER, and npm run build.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { Redis } from "ioredis";

const callers = 1000;
const loadMs = 50;
const rounds = 7;
const leaseMs = 1000;

const folder = mkdtempSync(path.join(tmpdir(), "cachetory-stampede-"));
const port = await freePort();
const server = spawn(
  process.env["REDIS_SERVER"] ?? "redis-server",
  ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder],
  { stdio: "ignore" },
);
const redis = new Redis(port, "127.0.0.1", { retryStrategy: () => 50 });
redis.on("error", () => {});

try {
  await redis.ping();
  const rows = [];
  rows.push(await measured("one process", 1, { scope: "process" }));
  rows.push(await measured("4 processes, each for itself", 4, { scope: "process" }));
  rows.push(await measured("4 processes, `single-flight: cluster`", 4, { scope: "cluster" }));
  rows.push(await measured("the same, `write-back: guarded`", 4, { scope: "cluster", writeBack: "guarded" }));
  rows.push(await killed());
  const report = table(rows);
  process.stdout.write(report);
  if (process.argv.includes("--write")) writeFileSync(path.join(import.meta.dirname, "results.md"), report);
} finally {
  redis.disconnect();
  server.kill();
  await once(server, "exit");
  rmSync(folder, { recursive: true });
}

/** In each round all processes ask for a new key at one moment. */
async function measured(title, processes, options) {
  const workers = await Promise.all(Array.from({ length: processes }, () => start({ ...options, leaseMs })));
  const loads = [];
  const slowest = [];
  for (let round = 0; round <= rounds; round += 1) {
    const answers = await ask(workers, `${title} ${round}`, loadMs);
    // The first round opens connections, and compiles.
    if (round === 0) continue;
    loads.push(sum(answers.map((answer) => answer.loads)));
    slowest.push(Math.max(...answers.map((answer) => answer.slowestMs)));
  }
  for (const { child } of workers) child.kill();
  return { title, processes, loads, slowest };
}

/** The process that loads is killed in the middle of a load that would take long; the others must come to their values. */
async function killed() {
  const loads = [];
  const slowest = [];
  for (let round = 1; round <= rounds; round += 1) {
    const workers = await Promise.all(Array.from({ length: 4 }, () => start({ scope: "cluster", leaseMs })));
    await ask(workers, "warm up", 1);
    const key = `killed ${round}`;
    const holder = new Promise((resolve) => {
      for (const worker of workers) {
        worker.child.once("message", function onLoading(message) {
          if (message.isLoading !== true) return;
          resolve(worker);
        });
      }
    });
    const answers = workers.map((worker) => answerOf(worker, key, loadMs, true));
    const first = await holder;
    await setTimeout(loadMs / 2);
    const killedAtMs = performance.now();
    first.child.kill("SIGKILL");
    const others = await Promise.all(answers.filter((_, index) => workers[index] !== first));
    slowest.push(performance.now() - killedAtMs);
    loads.push(1 + sum(others.map((answer) => answer.loads)));
    for (const { child } of workers) child.kill();
  }
  return {
    title: `4 processes, the one that loads is killed; lease ${leaseMs} ms`,
    processes: 4,
    loads,
    slowest,
    isAfterKill: true,
  };
}

async function start(options) {
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, "ask-at-once.mjs"), String(port), JSON.stringify(options)],
    {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
  await once(child, "message");
  return { child };
}

function ask(workers, key, ms) {
  return Promise.all(workers.map((worker) => answerOf(worker, key, ms, false)));
}

function answerOf({ child }, key, ms, tellsLoading) {
  child.send({ key, callers, loadMs: ms, tellsLoading });
  return new Promise((resolve) => {
    child.on("message", function onMessage(message) {
      if (message.key !== key || message.isLoading === true) return;
      child.off("message", onMessage);
      resolve(message);
    });
  });
}

function table(rows) {
  const lines = rows.map(({ title, processes, loads, slowest, isAfterKill }) => {
    const waited = [...slowest].sort((a, b) => a - b);
    const [median, worst] = [waited[Math.floor(waited.length / 2)], waited.at(-1)];
    const note = isAfterKill ? " after the kill" : "";
    return `| ${title} | ${processes * callers} | ${[...new Set(loads)].sort().join(", ")} | ${median.toFixed(0)} ms${note} | ${worst.toFixed(0)} ms${note} |`;
  });
  return [
    "# Stampede",
    "",
    `A cold key, ${callers} calls in each process at once, a loader of ${loadMs} ms, ${rounds} rounds. Node ${process.versions.node}, ${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores.`,
    "",
    "| | calls | loads | slowest call, median of the rounds | slowest call of all |",
    "|---|--:|--:|--:|--:|",
    ...lines,
    "",
  ].join("\n");
}

function sum(numbers) {
  return numbers.reduce((total, each) => total + each, 0);
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port: free } = probe.address();
  probe.close();
  await once(probe, "close");
  return free;
}
