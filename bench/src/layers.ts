import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Backend, backendFromUrl, type Cache, LayeredBackend, MemoryBackend } from "@cachetory/runtime";
import { type ById, generatedCache } from "./generated-caches.ts";
import type { WrittenAt } from "./layers-writer.ts";
import { type Product, productOf } from "./payloads/product.ts";
import { startRedisServer } from "./redis/redis-server.ts";
import { machine } from "./versions.ts";

const usage = `Usage: node bench/dist/src/layers.js [--updates N] [--rounds N] [--write]
  --updates N  how many writes of another process are waited for; 1000
  --rounds N   how often each hit and miss is measured; 15
  --write      also puts the tables into bench/layers.md`;

const goals = { medianMs: 1, worstMs: 10 };
const keys = 1000;

const { values } = parseArgs({
  options: {
    updates: { type: "string", default: "1000" },
    rounds: { type: "string", default: "15" },
    write: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(usage);
else await bench(Number(values.updates), Number(values.rounds));

async function bench(updates: number, rounds: number): Promise<void> {
  const server = await startRedisServer();
  const layered = (maxEntries: number): Backend =>
    new LayeredBackend({
      near: new MemoryBackend({ maxEntries }),
      far: backendFromUrl(server.url),
      heads: ["product:"],
    });
  const near = await open(layered(keys));
  const missing = await open(layered(1));
  const memory = await open(new MemoryBackend());
  const far = await open(backendFromUrl(server.url));
  for (let id = 0; id < keys; id += 1) {
    // As what is near, it has no text that several values share.
    const product: Product = JSON.parse(JSON.stringify(productOf(id)));
    await Promise.all([memory, far].map((cache) => cache.set({ id }, product)));
  }

  const writer = fork(new URL("layers-writer.js", import.meta.url), [server.url]);
  await once(writer, "message");
  const seen = await visibilities(near, writer, updates);
  writer.kill();
  await hold(near);
  const rows = [
    await compared("peek, µs", rounds, peeks(memory), peeks(near)),
    await compared("get, µs", rounds, gets(memory), gets(near)),
    await compared("1,000 gets that are not near, µs each", rounds, turns(far), turns(missing)),
  ];
  const text = `# Two layers

Written by \`node bench/dist/src/layers.js --write\`. ${machine()}. Node ${process.version}, redis-server ${server.version}.

How long after a write of one process another one still has the old value near; ${updates} writes, tracked. The goals are
${goals.medianMs} ms at the median and ${goals.worstMs} ms at the worst.

| | median, ms | 99 of 100, ms | worst, ms |
| --- | ---: | ---: | ---: |
${visibilityRow("after the answer to the writer", seen.afterAnswerMs)}
${visibilityRow("after the call of the writer", seen.afterCallMs)}

A product of 350 bytes, medians of ${rounds} rounds by turns: of a cache on \`memory://\`, and of one with that before a Redis; the
last row is of a cache on that Redis, and of one with an empty memory before it, which asks for the life that is left as well.

| | without layers | with layers | ratio |
| --- | ---: | ---: | ---: |
${rows.join("\n")}
`;
  console.log(text);
  if (values.write) writeFileSync(new URL("../../layers.md", import.meta.url), text);
  await Promise.all([near, missing, memory, far].map((cache) => cache.close()));
  server.stop();
}

/** They close their backends: nobody shares them. */
async function open(backend: Backend): Promise<Cache<ById, Product> & { close(): Promise<void> }> {
  const cache = await generatedCache<Product>("product", backend);
  await backend.ready();
  return Object.assign(cache, { close: () => backend.close() });
}

async function hold(cache: Cache<ById, Product>): Promise<void> {
  for (let id = 0; id < keys; id += 1) {
    while (cache.peek({ id }) === undefined) await cache.get({ id });
  }
}

async function visibilities(
  near: Cache<ById, Product>,
  writer: ChildProcess,
  updates: number,
): Promise<{ readonly afterAnswerMs: number[]; readonly afterCallMs: number[] }> {
  const afterAnswerMs: number[] = [];
  const afterCallMs: number[] = [];
  const key = { id: 0 };
  for (let update = 0; update < updates; update += 1) {
    while (near.peek(key) === undefined) await near.get(key);
    const written = once(writer, "message");
    writer.send(update);
    while (near.peek(key) !== undefined) await setImmediate();
    const goneAtMs = performance.timeOrigin + performance.now();
    const [{ calledAtMs, answeredAtMs }] = (await written) as [WrittenAt];
    afterAnswerMs.push(goneAtMs - answeredAtMs);
    afterCallMs.push(goneAtMs - calledAtMs);
  }
  return { afterAnswerMs, afterCallMs };
}

function visibilityRow(what: string, samplesMs: readonly number[]): string {
  const sorted = [...samplesMs].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  const isMissed = at(0.5) > goals.medianMs || at(1) > goals.worstMs;
  return `| ${what} | ${at(0.5).toFixed(2)} | ${at(0.99).toFixed(2)} | ${at(1).toFixed(2)}${isMissed ? " **missed**" : ""} |`;
}

type Measure = () => Promise<number>;

function peeks(cache: Cache<ById, Product>): Measure {
  return async () => perCall(200_000, (turn) => cache.peek({ id: turn % keys }));
}

function gets(cache: Cache<ById, Product>): Measure {
  return async () => {
    const startMs = performance.now();
    for (let turn = 0; turn < 50_000; turn += 1) await cache.get({ id: turn % keys });
    return ((performance.now() - startMs) * 1000) / 50_000;
  };
}

function turns(cache: Cache<ById, Product>): Measure {
  return async () => {
    const startMs = performance.now();
    for (let turn = 0; turn < 10; turn += 1) {
      await Promise.all(Array.from({ length: keys }, (_, id) => cache.get({ id })));
    }
    return ((performance.now() - startMs) * 1000) / (10 * keys);
  };
}

/** Microseconds for one call. */
function perCall(count: number, call: (turn: number) => unknown): number {
  const startMs = performance.now();
  for (let turn = 0; turn < count; turn += 1) if (call(turn) === undefined) throw new Error("A miss was measured.");
  return ((performance.now() - startMs) * 1000) / count;
}

async function compared(what: string, rounds: number, plain: Measure, layered: Measure): Promise<string> {
  const samples: (readonly [number, number])[] = [];
  // The first rounds are for the compiler.
  for (let round = -3; round < rounds; round += 1) {
    // Each begins every other round, so that none always comes second.
    const isFirst = round % 2 === 0;
    const [a, b] = isFirst ? [await plain(), await layered()] : [await layered(), await plain()];
    if (round >= 0) samples.push(isFirst ? [a, b] : [b, a]);
  }
  const [without, within] = [median(samples.map(([a]) => a)), median(samples.map(([, b]) => b))];
  const ratio = median(samples.map(([a, b]) => b / a));
  return `| ${what} | ${without.toFixed(3)} | ${within.toFixed(3)} | ${ratio.toFixed(2)} |`;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
