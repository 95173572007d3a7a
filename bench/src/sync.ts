import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { json, SyncCache, syncBackendFromUrl } from "@cachetory/runtime";
import { type Product, productOf } from "./payloads/product.ts";
import { check } from "./redis/calls.ts";
import { startRedisServer } from "./redis/redis-server.ts";
import { BareRoundTrip } from "./sync-yardstick.ts";
import { machine } from "./versions.ts";

const usage = `Usage: node bench/dist/src/sync.js [--rounds N] [--slice MS] [--write]
  --rounds N  how often each cell is measured with both; 30
  --slice MS  how long at a time; 100
  --write     also puts the table into bench/sync.md`;

const goal = 0.8;

/** The calls that are measured. Each takes the number of the call. */
interface Calls {
  get(turn: number): void;
  set(turn: number): void;
  getMany(turn: number): void;
}

const ttlMs = 600_000;
const keys = 1000;
const batch = 100;
const cells = ["get", "set", "getMany"] as const;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "30" },
    slice: { type: "string", default: "100" },
    write: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(usage);
else await bench(Number(values.rounds), Number(values.slice));

async function bench(rounds: number, sliceMs: number): Promise<void> {
  const server = await startRedisServer();
  const bare = new BareRoundTrip(server.url);
  using cache = new SyncCache<string, Product>({
    backend: syncBackendFromUrl(server.url),
    serializer: json(),
    ttl: { ms: ttlMs },
  });
  const both = [bareCalls(bare), cacheCalls(cache)] as const;
  for (let turn = 0; turn < keys; turn += 1) for (const calls of both) calls.set(turn);
  for (const cell of cells) for (const calls of both) measure(calls[cell], sliceMs);
  const rows = cells.map((cell) => {
    const samples = Array.from({ length: rounds }, (_, round) => {
      // Each begins every other round, so that none always comes second.
      const order = round % 2 === 0 ? [0, 1] : [1, 0];
      const taken = [0, 0];
      for (const index of order) taken[index] = measure(both[index === 0 ? 0 : 1][cell], sliceMs);
      return { bareUs: taken[0] ?? 0, cacheUs: taken[1] ?? 0 };
    });
    const bareUs = median(samples.map((sample) => sample.bareUs));
    const cacheUs = median(samples.map((sample) => sample.cacheUs));
    const share = median(samples.map((sample) => sample.bareUs / sample.cacheUs));
    const verdict = share >= goal ? "" : " **missed**";
    return `| ${cell} | ${bareUs.toFixed(1)} | ${cacheUs.toFixed(1)} | ${share.toFixed(2)}${verdict} |`;
  });
  const text = `# SyncCache on Redis

Written by \`node bench/dist/src/sync.js --write\`. ${machine()}. Node ${process.version}, redis-server ${server.version}. ${rounds} rounds of ${sliceMs} ms for each cell, by turns. Speed is that of a bare worker with ioredis, waited for with Atomics, over ours; the goal is at least ${goal}.

| | bare worker, µs | SyncCache, µs | speed |
| --- | ---: | ---: | ---: |
${rows.join("\n")}
`;
  console.log(text);
  if (values.write) writeFileSync(new URL("../../sync.md", import.meta.url), text);
  await bare.close();
  server.stop();
}

/** The same JSON work, and the same commands, by hand. */
function bareCalls(bare: BareRoundTrip): Calls {
  const keyOf = (id: number): string => `product:${id}`;
  return {
    get: (turn) => check(JSON.parse(String(bare.run({ name: "get", key: keyOf(turn % keys) }))), turn % keys),
    set: (turn) => {
      const text = JSON.stringify(productOf(turn % keys));
      bare.run({ name: "set", key: keyOf(turn % keys), text, ttlMs });
    },
    getMany: (turn) => {
      const ids = idsOf(turn);
      const found = bare.run({ name: "mget", keys: ids.map(keyOf) }) as (string | null)[];
      for (const [index, id] of ids.entries()) check(JSON.parse(String(found[index])), id);
    },
  };
}

function cacheCalls(cache: SyncCache<string, Product>): Calls {
  const keyOf = (id: number): string => `product:${id}`;
  return {
    get: (turn) => check(cache.get(keyOf(turn % keys)), turn % keys),
    set: (turn) => void cache.set(keyOf(turn % keys), productOf(turn % keys)),
    getMany: (turn) => {
      const ids = idsOf(turn);
      const found = cache.getMany(ids.map(keyOf));
      for (const id of ids) check(found.get(keyOf(id)), id);
    },
  };
}

function idsOf(turn: number): readonly number[] {
  return Array.from({ length: batch }, (_, index) => (turn * batch + index) % keys);
}

/** Microseconds for one call. */
function measure(call: (turn: number) => void, forMs: number): number {
  const startMs = performance.now();
  let turns = 0;
  let tookMs = 0;
  while (tookMs < forMs) {
    call(turns);
    turns += 1;
    tookMs = performance.now() - startMs;
  }
  return (tookMs * 1000) / turns;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
