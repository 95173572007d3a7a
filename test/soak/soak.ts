import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { proxiedAlone } from "../faults/behind-proxies.ts";
import { type Caches, openCaches } from "../faults/caches.ts";
import type { Deployment } from "../faults/deployment.ts";
import { deployCluster, deploySentinel } from "../faults/deployments.ts";
import { LiveResources } from "../faults/live-resources.ts";
import { until } from "../support/until.ts";
import { Callers, type Tally } from "./callers.ts";
import { type Fault, networkFaults, serverFaults } from "./faults.ts";
import { growthOf, type Levels, measureLevels, tolerance } from "./levels.ts";
import { plant } from "./planted-leaks.ts";
import { between, oneOf, randomOf } from "./random.ts";

/** Of a master that fails, a replica may not have got the last changes: so long at most is an old value kept. */
const ttlMs = 2000;
const failoverBoundMs = 3 * ttlMs;

interface Stand {
  readonly deployment: Deployment;
  readonly faults: readonly Fault[];
  readonly caches: Caches;
  readonly callers: Callers;
  readonly random: () => number;
}

const { values: options } = parseArgs({
  options: {
    minutes: { type: "string" },
    seconds: { type: "string" },
    seed: { type: "string" },
    // Leaks on purpose, to see that it is found.
    plant: { type: "boolean", default: false },
  },
});
const totalMs = options.seconds === undefined ? Number(options.minutes ?? 10) * 60_000 : Number(options.seconds) * 1000;
const seed = Number(options.seed ?? Math.floor(Math.random() * 2 ** 32));
if (!(totalMs > 0) || !Number.isInteger(seed)) throw new Error("--minutes, --seconds and --seed are numbers.");

const findings: string[] = [];
const happened = new Map<string, number>();
const tally: Tally = {
  calls: 0,
  loads: 0,
  changes: 0,
  refused: 0,
  longestMs: 0,
  longest: "",
  errors: [],
  wrong: [],
};

process.on("unhandledRejection", (reason) => findings.push(`a rejection that nobody handles: ${reason}`));
process.on("warning", (warning) => {
  if (warning.name !== "CachetoryWarning") findings.push(`a warning: ${warning.stack}`);
});

Error.stackTraceLimit = 20;
const resources = new LiveResources(true);
console.log(`soak: ${totalMs / 1000} s, --seed ${seed}`);
const untouched = await measureLevels(resources);
const stands = await open();
const [first, last] = await soak(stands);
findings.push(...growthOf(first, last, tolerance));
await Promise.all(stands.map(({ caches }) => caches.close()));
await Promise.all(stands.map(({ deployment }) => deployment.stop()));
// Nothing at all is left of what was closed.
const closed = await measureLevels(resources);
// Modules stay, so of memory this says nothing.
const left = growthOf(untouched, closed, { ...tolerance, objectBytes: Infinity, sockets: 0, timers: 0, handles: 0 });
findings.push(...left, ...(left.length === 0 ? [] : resources.origins));
report();
process.exit(findings.length === 0 ? 0 : 1);

async function open(): Promise<readonly Stand[]> {
  const alone = await proxiedAlone();
  const [cluster, sentinel] = await Promise.all([deployCluster(), deploySentinel()]);
  return [
    standOf(alone, [...serverFaults, ...networkFaults(alone.proxies)], 0),
    standOf(cluster, serverFaults, failoverBoundMs),
    standOf(sentinel, serverFaults, failoverBoundMs),
  ];
}

function standOf(deployment: Deployment, faults: readonly Fault[], boundMs: number): Stand {
  const prefix = "soak:";
  const random = randomOf(seed);
  const caches = openCaches(deployment.url, prefix, ttlMs);
  const callers = new Callers(caches, { deployment: deployment.name, prefix, random, boundMs, tally });
  return { deployment, faults, caches, callers, random: randomOf(seed + faults.length) };
}

/** Faults and quiet by turns; the levels after the first turn, and after the last one. */
async function soak(stands: readonly Stand[]): Promise<readonly [first: Levels, last: Levels]> {
  const endMs = performance.now() + totalMs;
  const turnMs = Math.min(20_000, totalMs / 4);
  const levels: Levels[] = [];
  // Two at least, or there is nothing to compare.
  while (levels.length < 2 || performance.now() < endMs) {
    for (const { callers } of stands) callers.start();
    const turnEndMs = performance.now() + turnMs;
    await Promise.all(stands.map((stand) => sufferUntil(stand, turnEndMs)));
    await Promise.all(stands.map(recovered));
    await Promise.all(stands.map(({ callers }) => callers.pause()));
    if (options.plant) plant(tally);
    const level = await measureLevels(resources);
    levels.push(level);
    tell(levels.length, level);
  }
  const [first, last] = [levels[0], levels.at(-1)];
  if (first === undefined || last === undefined) throw new Error("There was no turn.");
  return [first, last];
}

async function sufferUntil({ deployment, faults, random }: Stand, endMs: number): Promise<void> {
  while (performance.now() < endMs) {
    const fault = oneOf(faults, random);
    const name = `${deployment.name}: ${fault.name}`;
    happened.set(name, (happened.get(name) ?? 0) + 1);
    await fault.happen(deployment, random).catch((error) => console.log(`${name}: ${error.message}`));
    await wait(between(50, 800, random));
    // The next one meets a deployment that is whole, or nobody could say what it has to do. That servers take long to agree is
    // no fault of a cache: on a machine with much to do they are waited for once more.
    await deployment.ready().catch(() => deployment.ready());
  }
}

/** Resolves when what every cache loads is stored, and read again. */
async function recovered({ deployment, caches }: Stand): Promise<void> {
  await Promise.all(
    Object.entries(caches.all).map(([kind, cache], index) =>
      until(`the ${kind} cache on ${deployment.name} stores again`, async () => {
        const id = 1000 + index;
        await cache.getOrSet({ id }, async () => ({ id, name: "recovered", priceCents: 0, tags: [] }));
        return (await cache.get({ id })) !== undefined;
      }),
    ),
  );
}

function tell(turn: number, level: Levels): void {
  const faults = [...happened.values()].reduce((sum, count) => sum + count, 0);
  const seen = `${tally.errors.length} errors, ${tally.wrong.length} wrong`;
  console.log(`turn ${turn}: ${faults} faults, ${tally.calls} calls, ${levelText(level)}; ${seen}`);
}

function levelText({ objectBytes, codeBytes, sockets, timers, handles }: Levels): string {
  const memory = `${megabytes(objectBytes)} of objects, ${megabytes(codeBytes)} of compiled code`;
  return `${memory}, ${sockets} sockets, ${timers} timers, ${handles} handles`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function report(): void {
  findings.push(...tally.errors.map((error) => `an error: ${error}`));
  findings.push(...tally.wrong.map((wrong) => `a wrong value: ${wrong}`));
  console.log(
    `\n${tally.calls} calls, ${tally.loads} loads, ${tally.changes} changes, ${tally.refused} of them refused`,
  );
  console.log(`longest call: ${Math.round(tally.longestMs)} ms, ${tally.longest}`);
  for (const [name, count] of [...happened].sort()) console.log(`  ${String(count).padStart(4)}  ${name}`);
  const levelTexts = [
    ["after the first turn", first],
    ["after the last turn", last],
    ["before anything was opened", untouched],
    ["after everything was closed", closed],
  ] as const;
  for (const [when, level] of levelTexts) console.log(`${when}: ${levelText(level)}`);
  console.log(findings.length === 0 ? "0 leaks, 0 errors, 0 wrong values" : `\n${findings.join("\n")}`);
  if (findings.length > 0) console.log(`\n${findings.length} findings; --seed ${seed} gives the same faults again.`);
}
