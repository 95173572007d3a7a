import { fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Cache, json, RedisBackend } from "@cachetory/runtime";
import { Cluster, Redis } from "ioredis";
import { type Product, productOf } from "./product.ts";
import { startRedisServer } from "./redis-server.ts";
import { startRedisCluster } from "./start-cluster.ts";
import { machine } from "./versions.ts";

// getMany(100) and setMany(100) with a ttl, beside what is best written by hand over ioredis: on one server MGET, and a
// pipeline of SET PX; on a Cluster one pipeline for each master. Usage: npm run batches -- [--write]

const count = 100;
const rounds = 41;
const calls = 20;
const ttlMs = 600_000;
const ids = Array.from({ length: count }, (_, index) => index);
const keys = ids.map((id) => `product:${id}`);
const goal = 0.9;
const groupsOf = new WeakMap<Cluster, readonly (readonly number[])[]>();

interface Batches {
  getMany(): Promise<readonly (Product | undefined)[]>;
  setMany(): Promise<unknown>;
}

const places = ["one server", "a Cluster of three"] as const;
const sides = ["by hand", "cachetory"] as const;
const operations = ["setMany", "getMany"] as const;

type Place = (typeof places)[number];
type Side = (typeof sides)[number];
type Operation = (typeof operations)[number];

/** What a process is told to be: one side, on one place. */
interface Role {
  readonly place: Place;
  readonly side: Side;
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
}

const [role] = process.argv.slice(2).filter((arg) => arg.startsWith("{"));
if (role === undefined) await compareAll();
else await contend(JSON.parse(role) as Role);

/** Every contender is a process of its own: what one does to the just-in-time compiler is no other's affair. */
async function compareAll(): Promise<void> {
  const server = await startRedisServer();
  const cluster = await startRedisCluster();
  const { hostname: host, port } = new URL(server.url);
  const rows = [
    ...(await compare("one server", [{ host, port: Number(port) }])),
    ...(await compare("a Cluster of three", cluster.nodes)),
  ];
  const text = `# Batches of 100

Written by \`npm run batches -- --write\`. ${machine()}. Node ${process.version}, redis-server ${server.version}. Medians of ${rounds} interleaved rounds of ${calls} calls, one in flight, each contender in a process of its own; objects of 350 bytes of JSON, with a ttl; what was read is looked up key by key. Speed is the time by hand over ours: 1 is as fast, and the goal is at least ${goal}.

| | by hand | cachetory | speed |
| --- | ---: | ---: | ---: |
${rows.join("\n")}
`;
  console.log(text);
  if (process.argv.includes("--write")) writeFileSync(new URL("../batches.md", import.meta.url), text);
  server.stop();
  cluster.stop();
}

async function compare(place: Place, nodes: Role["nodes"]): Promise<string[]> {
  const children = sides.map((side) => {
    const child = fork(fileURLToPath(import.meta.url), [JSON.stringify({ place, side, nodes } satisfies Role)]);
    const measure = (operation: Operation): Promise<number> =>
      new Promise((resolve) => {
        child.once("message", (us) => resolve(Number(us)));
        child.send(operation);
      });
    child.once("exit", (code) => {
      throw new Error(`A contender ended with ${code}.`);
    });
    return { side, child, measure };
  });
  const measured = new Map<string, number[]>();
  // The first rounds warm up.
  for (let round = -60; round < rounds; round += 1) {
    for (const operation of operations) {
      for (const { side, measure } of round % 2 === 0 ? children : [...children].reverse()) {
        const us = await measure(operation);
        const cell = `${operation} ${side}`;
        if (round >= 0) measured.set(cell, [...(measured.get(cell) ?? []), us]);
      }
    }
  }
  for (const { child } of children) {
    child.removeAllListeners("exit");
    child.kill();
  }
  return operations.map((operation) => {
    const byHandUs = measured.get(`${operation} by hand`) ?? [];
    const oursUs = measured.get(`${operation} cachetory`) ?? [];
    const speed = median(byHandUs.map((us, round) => us / (oursUs[round] ?? Number.NaN)));
    const verdict = speed >= goal ? "" : " **missed**";
    return `| ${operation}(${count}), ${place} | ${median(byHandUs).toFixed(0)} µs | ${median(oursUs).toFixed(0)} µs | ${speed.toFixed(2)}${verdict} |`;
  });
}

/** Answers each operation with the microseconds of one call. */
async function contend({ place, side, nodes }: Role): Promise<void> {
  const [first] = nodes;
  if (first === undefined) throw new Error("There is no server.");
  const isAlone = place === "one server";
  const batches =
    side === "cachetory"
      ? ours(new RedisBackend(isAlone ? first : { cluster: nodes }))
      : isAlone
        ? byHand(new Redis(first))
        : byHandOnCluster(new Cluster([...nodes]));
  await batches.setMany();
  checkAll(await batches.getMany());
  process.on("message", async (operation: Operation) => {
    const start = performance.now();
    for (let call = 0; call < calls; call += 1) await batches[operation]();
    process.send?.(((performance.now() - start) / calls) * 1000);
  });
}

function ours(backend: RedisBackend): Batches {
  const cache = new Cache<string, Product>({ backend, serializer: json(), ttl: { ms: ttlMs } });
  return {
    async getMany() {
      const hits = await cache.getMany(keys);
      return keys.map((key) => hits.get(key));
    },
    setMany: () => cache.setMany(ids.map((id) => [keys[id] ?? "", productOf(id)] as const)),
  };
}

function byHand(redis: Redis): Batches {
  return {
    getMany: async () => (await redis.mget(keys)).map(parsed),
    async setMany() {
      const pipeline = redis.pipeline();
      for (const id of ids) pipeline.set(keys[id] ?? "", JSON.stringify(productOf(id)), "PX", ttlMs);
      return refuseErrors(await pipeline.exec());
    },
  };
}

function byHandOnCluster(redis: Cluster): Batches {
  return {
    async getMany() {
      const groups = await byMaster(redis);
      const found: (Product | undefined)[] = [];
      await Promise.all(
        groups.map(async (group) => {
          const pipeline = redis.pipeline();
          for (const id of group) pipeline.get(keys[id] ?? "");
          const replies = refuseErrors(await pipeline.exec());
          group.forEach((id, at) => {
            found[id] = parsed(replies[at]);
          });
        }),
      );
      return found;
    },
    async setMany() {
      const groups = await byMaster(redis);
      return Promise.all(
        groups.map(async (group) => {
          const pipeline = redis.pipeline();
          for (const id of group) pipeline.set(keys[id] ?? "", JSON.stringify(productOf(id)), "PX", ttlMs);
          return refuseErrors(await pipeline.exec());
        }),
      );
    },
  };
}

/** Which ids lie with which master: as long as no slot moves, once is enough. */
async function byMaster(redis: Cluster): Promise<readonly (readonly number[])[]> {
  const known = groupsOf.get(redis);
  if (known !== undefined) return known;
  const ranges = await redis.cluster("SLOTS");
  const groups = new Map<string, number[]>();
  for (const id of ids) {
    const slot = Number(await redis.cluster("KEYSLOT", keys[id] ?? ""));
    const master = String(ranges.find(([first, last]) => first <= slot && slot <= last)?.[2]);
    groups.set(master, [...(groups.get(master) ?? []), id]);
  }
  groupsOf.set(redis, [...groups.values()]);
  return [...groups.values()];
}

function refuseErrors(replies: [error: Error | null, result: unknown][] | null): unknown[] {
  return (replies ?? []).map(([error, result]) => {
    if (error !== null) throw error;
    return result;
  });
}

function parsed(text: unknown): Product | undefined {
  return typeof text === "string" ? (JSON.parse(text) as Product) : undefined;
}

function checkAll(products: readonly (Product | undefined)[]): void {
  const isRight = products.length === count && products.every((product, id) => product?.id === 10_000 + id);
  if (!isRight) throw new Error("A batch was read wrong.");
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
