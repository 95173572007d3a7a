// Where the time of a call goes, beside plain ioredis: CPU profiles of both, function by function, put together by what the
// functions are for. Usage: node bench/redis-profile/profile-redis.mjs [--write]
import { fork, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { createServer } from "node:net";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { rolldown } from "rolldown";
import { purposeOf, purposes } from "./purposes.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cells = [
  ["get", 32],
  ["get", 256],
  ["set", 32],
  ["set", 256],
];
const sides = ["ioredis", "cachetory"];
const keyCount = 1000;
const ttlMs = 3_600_000;
const warmMs = 1500;
const profiledMs = 4000;

const product = (id) => ({
  id,
  name: "Folding bicycle, 20 inch, eight gears",
  description:
    "Folds in twelve seconds, weighs less than eleven kilograms, and fits under a desk or any regional train seat.",
  price: { amount: 1249.95, currency: "EUR" },
  tags: ["bicycle", "folding", "commuting", "lightweight", "aluminium"],
  inStock: true,
  updatedAt: "2026-03-14T09:26:53.589Z",
});

const [role] = process.argv.slice(2).filter((arg) => arg.startsWith("{"));
if (role === undefined) await compare();
else await contend(JSON.parse(role));

async function compare() {
  const folder = mkdtempSync(join(tmpdir(), "cachetory-profile-"));
  const { port, server } = await startRedis(folder);
  try {
    const bundle = await bundleWithSources();
    const measured = new Map();
    for (const cell of cells) {
      for (const [db, side] of sides.entries()) {
        measured.set(`${cell} ${side}`, await profileOf({ side, cell, port, db, bundle }));
      }
    }
    const table = tableOf(measured);
    console.log(table);
    if (process.argv.includes("--write")) keep(table);
  } finally {
    server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Microseconds of a call by purpose. A process of its own: nobody else shapes its code. */
function profileOf(told) {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(told)]);
    child.once("message", resolve);
    child.once("exit", () => reject(new Error("A contender ended without an answer.")));
  });
}

async function contend({ side, cell: [operation, inFlight], port, db, bundle }) {
  const contender = side === "ioredis" ? byHand(new Redis({ port, db })) : await ours(bundle, port, db);
  for (let id = 0; id < keyCount; id++) await contender.set(id, product(id));
  const call = async (turn) => {
    // All ids in turn, neighbours far apart.
    const id = (turn * 379) % keyCount;
    if (operation === "set") await contender.set(id, product(id));
    else if ((await contender.get(id))?.id !== id) throw new Error(`Product ${id} was read wrong.`);
  };
  await closedLoop(inFlight, warmMs, call);
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  await session.post("Profiler.start");
  const before = process.cpuUsage();
  const calls = await closedLoop(inFlight, profiledMs, call);
  const { user, system } = process.cpuUsage(before);
  const { profile } = await session.post("Profiler.stop");
  process.send(microsecondsOf(profile, (user + system) / calls), () => process.exit());
}

async function closedLoop(inFlight, forMs, call) {
  const endMs = performance.now() + forMs;
  let turn = 0;
  const runner = async () => {
    while (performance.now() < endMs) {
      turn += 1;
      await call(turn);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, runner));
  return turn;
}

function byHand(client) {
  return {
    get: async (id) => parsed(await client.get(`product:${id}`)),
    set: (id, value) => client.set(`product:${id}`, stringified(value), "PX", ttlMs),
  };
}

function parsed(text) {
  return text === null ? undefined : JSON.parse(text);
}

function stringified(value) {
  return JSON.stringify(value);
}

async function ours(bundle, port, db) {
  const { Cache, json, RedisBackend } = await import(bundle);
  const backend = new RedisBackend({ host: "127.0.0.1", port, db });
  const cache = new Cache({ backend, serializer: json(), ttl: { ms: ttlMs } });
  return { get: (id) => cache.get(`product:${id}`), set: (id, value) => cache.set(`product:${id}`, value) };
}

/** The CPU time of a call, shared out as the profile's samples are: those count the time of other processes as well. */
function microsecondsOf({ nodes, samples, timeDeltas }, cpuUs) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const sums = {};
  let busy = 0;
  for (const [index, id] of samples.entries()) {
    const purpose = purposeOf(frames.get(id));
    if (purpose === undefined) continue;
    sums[purpose] = (sums[purpose] ?? 0) + (timeDeltas[index] ?? 0);
    busy += timeDeltas[index] ?? 0;
  }
  return Object.fromEntries(Object.entries(sums).map(([purpose, sum]) => [purpose, (sum / busy) * cpuUs]));
}

/** The runtime as it is published, in one file, with a map of what stands where. */
async function bundleWithSources() {
  const bundle = await rolldown({
    input: join(root, "runtime/src/index.ts"),
    platform: "node",
    external: /^[a-z@](?!:)/,
    treeshake: { moduleSideEffects: false },
  });
  const file = join(root, "node_modules/.cache/cachetory-profile/index.js");
  await bundle.write({ file, format: "esm", sourcemap: true });
  await bundle.close();
  return file;
}

function tableOf(measured) {
  const columns = cells.flatMap((cell) => sides.map((side) => `${cell} ${side}`));
  const title = cells.flatMap(([operation, inFlight]) => sides.map((side) => `${operation} ×${inFlight}, ${side}`));
  const row = (name, of) =>
    `| ${[name, ...columns.map((column) => of(measured.get(column)).toFixed(2))].join(" | ")} |`;
  const busy = (sums) => purposes.reduce((sum, purpose) => sum + (sums[purpose] ?? 0), 0);
  return [
    `| | ${title.join(" | ")} |`,
    `| --- |${" ---: |".repeat(columns.length)}`,
    ...purposes.map((purpose) => row(purpose, (sums) => sums[purpose] ?? 0)),
    row("**all of it**", busy),
  ].join("\n");
}

/** Between the two marks in docs/performance.md. */
function keep(table) {
  const file = join(root, "docs/performance.md");
  const [open, close] = ["<!-- profile of redis -->", "<!-- end of the profile of redis -->"];
  const text = readFileSync(file, "utf8");
  const [before, rest] = text.split(open);
  const after = rest?.split(close)[1];
  if (after === undefined) throw new Error(`${file} has no ${open} … ${close}.`);
  const load = `load average ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`;
  const note = `Microseconds of CPU for one call. Node ${process.version}, ${load}: above 2, others used the machine, too.`;
  writeFileSync(file, `${before}${open}\n\n${note}\n\n${table}\n\n${close}${after}`);
}

async function startRedis(folder) {
  const port = await freePort();
  const binary = process.env["REDIS_SERVER"] ?? "redis-server";
  const options = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  const server = spawn(binary, options, { stdio: "ignore" });
  process.once("exit", () => server.kill("SIGKILL"));
  const client = new Redis({ port, retryStrategy: () => 50, maxRetriesPerRequest: 100 });
  client.on("error", () => {});
  await client.ping();
  client.disconnect();
  return { port, server };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
