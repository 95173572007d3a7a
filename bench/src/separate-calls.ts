import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Cache, cachedBatch, json, RedisBackend } from "@cachetory/runtime";
import DataLoader from "dataloader";
import { Redis } from "ioredis";
import { type Product, productOf } from "./payloads/product.ts";
import { check } from "./redis/calls.ts";
import { startRedisServer } from "./redis/redis-server.ts";
import { machine } from "./versions.ts";

// 100 separate calls in one turn of the event loop, through a cache on Redis, beside what is best written by hand: dataloader,
// made anew for each request as its authors say, over ioredis: MGET, a load of the misses, a pipeline of SET PX NX.
// Usage: node bench/dist/src/separate-calls.js [--write]

const count = 100;
const rounds = 41;
const calls = 20;
const ttlMs = 600_000;
const ids = Array.from({ length: count }, (_, index) => index);
const goal = 0.9;

const sides = ["dataloader", "cachetory"] as const;
/** How many of the hundred are not stored. */
const cells = { "100 hits": 0, "90 hits": 10, "100 misses": 100 } as const;

type Side = (typeof sides)[number];
type CellName = keyof typeof cells;

/** The products of these ids, each by a call of its own. */
type CallAll = (ids: readonly number[]) => Promise<readonly Product[]>;

interface Role {
  readonly side: Side;
  readonly host: string;
  readonly port: number;
}

const [role] = process.argv.slice(2).filter((arg) => arg.startsWith("{"));
if (role === undefined) await compare();
else await contend(JSON.parse(role) as Role);

/** Every contender is a process of its own: what one does to the just-in-time compiler is no other's affair. */
async function compare(): Promise<void> {
  const server = await startRedisServer();
  const { hostname: host, port } = new URL(server.url);
  const children = sides.map((side) => {
    const own: Role = { side, host, port: Number(port) };
    const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(own)]);
    const measure = (cell: CellName): Promise<number> =>
      new Promise((resolve) => {
        child.once("message", (us) => resolve(Number(us)));
        child.send(cell);
      });
    child.once("exit", (code) => {
      throw new Error(`A contender ended with ${code}.`);
    });
    return { side, child, measure };
  });
  const names = Object.keys(cells) as CellName[];
  const measured = new Map<string, number[]>();
  // The first rounds warm up.
  for (let round = -60; round < rounds; round += 1) {
    for (const cell of names) {
      for (const { side, measure } of round % 2 === 0 ? children : [...children].reverse()) {
        const us = await measure(cell);
        const key = `${cell} ${side}`;
        if (round >= 0) measured.set(key, [...(measured.get(key) ?? []), us]);
      }
    }
  }
  for (const { child } of children) {
    child.removeAllListeners("exit");
    child.kill();
  }
  const rows = names.map((cell) => {
    const theirsUs = measured.get(`${cell} dataloader`) ?? [];
    const oursUs = measured.get(`${cell} cachetory`) ?? [];
    const speed = median(theirsUs.map((us, round) => us / (oursUs[round] ?? Number.NaN)));
    const verdict = speed >= goal ? "" : " **missed**";
    return `| ${cell} | ${median(theirsUs).toFixed(0)} µs | ${median(oursUs).toFixed(0)} µs | ${speed.toFixed(2)}${verdict} |`;
  });
  const text = `# 100 separate calls

Written by \`node bench/dist/src/separate-calls.js --write\`. ${machine()}. Node ${process.version}, redis-server ${server.version}. Medians of ${rounds} interleaved rounds of ${calls} times 100 calls made in one turn of the event loop, each contender in a process of its own; objects of 350 bytes of JSON, with a ttl, from a source that answers at once. By hand: a DataLoader for each hundred, whose batch function calls MGET, loads what is missing, and stores it by a pipeline of SET PX NX. Ours: a function of \`cachedBatch\`. Speed is the time by hand over ours: 1 is as fast, and the goal is at least ${goal}.

| | by hand | cachetory | speed |
| --- | ---: | ---: | ---: |
${rows.join("\n")}
`;
  console.log(text);
  if (process.argv.includes("--write")) writeFileSync(new URL("../../separate-calls.md", import.meta.url), text);
  server.stop();
}

/** Answers each cell with the microseconds of a hundred calls. */
async function contend({ side, host, port }: Role): Promise<void> {
  const redis = new Redis({ host, port });
  const callAll = side === "cachetory" ? ours(host, port) : byHand(redis);
  const forget = (missing: number): Promise<unknown> =>
    missing === 0 ? Promise.resolve() : redis.unlink(...ids.slice(0, missing).map((id) => keyOf(side, id)));
  await redis.flushdb();
  await callAll(ids);
  process.on("message", async (cell: CellName) => {
    let us = 0;
    for (let call = 0; call < calls; call += 1) {
      await forget(cells[cell]);
      const start = performance.now();
      const products = await callAll(ids);
      us += (performance.now() - start) * 1000;
      for (const [id, product] of products.entries()) check(product, id);
    }
    process.send?.(us / calls);
  });
}

function keyOf(side: Side, id: number): string {
  return `${side}:${id}`;
}

function ours(host: string, port: number): CallAll {
  const cache = new Cache<string, Product>({
    backend: new RedisBackend({ host, port }),
    serializer: json(),
    ttl: { ms: ttlMs },
  });
  const productById = cachedBatch(cache, { name: "cachetory" })((missing: number[]) => missing.map(productOf));
  return (asked) => Promise.all(asked.map((id) => productById(id)));
}

function byHand(redis: Redis): CallAll {
  const load = async (asked: readonly number[]): Promise<Product[]> => {
    const stored = await redis.mget(asked.map((id) => keyOf("dataloader", id)));
    const pipeline = redis.pipeline();
    const products = stored.map((text, index) => {
      if (text !== null) return JSON.parse(text) as Product;
      // There is an id for each text.
      const id = asked[index] as number;
      const product = productOf(id);
      pipeline.set(keyOf("dataloader", id), JSON.stringify(product), "PX", ttlMs, "NX");
      return product;
    });
    if (pipeline.length > 0) await pipeline.exec();
    return products;
  };
  return (asked) => {
    const loader = new DataLoader<number, Product>(load);
    return Promise.all(asked.map((id) => loader.load(id)));
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
