import { writeFileSync } from "node:fs";
import { Cache, json, RedisBackend } from "@cachetory/runtime";
import { Cluster, Redis } from "ioredis";
import { type Product, productOf } from "./product.ts";
import { startRedisServer } from "./redis-server.ts";
import { startRedisCluster } from "./start-cluster.ts";
import { machine, versions } from "./versions.ts";

// getMany(100) and setMany(100) with a ttl, beside what is best written by hand over ioredis: on one server MGET, and a
// pipeline of SET PX; on a Cluster one pipeline for each master. Usage: npm run batches -- [--write]

const count = 100;
const rounds = 41;
const ttlMs = 600_000;
const ids = Array.from({ length: count }, (_, index) => index);
const keys = ids.map((id) => `product:${id}`);
const goal = 0.9;
const groupsOf = new WeakMap<Cluster, readonly (readonly number[])[]>();

interface Batches {
  readonly name: string;
  getMany(): Promise<readonly (Product | undefined)[]>;
  setMany(): Promise<unknown>;
}

const server = await startRedisServer();
const cluster = await startRedisCluster();
const { hostname: host, port } = new URL(server.url);
const client = new Redis(server.url);
const clusterClient = new Cluster([...cluster.nodes]);
const onServer = new RedisBackend({ host, port: Number(port) });
const onCluster = new RedisBackend({ cluster: cluster.nodes });

const lines = [
  "# Batches of 100",
  `Written by \`npm run batches -- --write\`. ${machine()}. ${versions(process.execPath, server.version)}. Medians of ${rounds} interleaved rounds, one call in flight, objects of 350 bytes of JSON, with a ttl. Speed is the time by hand over ours: 1 is as fast, and the goal is at least ${goal}.`,
  "| | by hand | cachetory | speed |",
  "| --- | ---: | ---: | ---: |",
  ...(await compare("one server", byHand(client), ours(onServer))),
  ...(await compare("a Cluster of three", byHandOnCluster(clusterClient), ours(onCluster))),
];
const text = `${lines.slice(0, 2).join("\n\n")}\n\n${lines.slice(2).join("\n")}\n`;
console.log(text);
if (process.argv.includes("--write")) writeFileSync(new URL("../batches.md", import.meta.url), text);
client.disconnect();
clusterClient.disconnect();
await Promise.all([onServer.close(), onCluster.close()]);
server.stop();
cluster.stop();

async function compare(place: string, hand: Batches, own: Batches): Promise<string[]> {
  const measured = new Map<string, number[]>();
  for (let round = -10; round < rounds; round += 1) {
    const contenders = round % 2 === 0 ? [hand, own] : [own, hand];
    for (const operation of ["setMany", "getMany"] as const) {
      for (const contender of contenders) {
        const start = performance.now();
        for (let call = 0; call < 20; call += 1) await contender[operation]();
        const us = ((performance.now() - start) / 20) * 1000;
        const cell = `${operation} ${contender.name}`;
        // The first rounds warm up.
        if (round >= 0) measured.set(cell, [...(measured.get(cell) ?? []), us]);
        if (operation === "getMany") checkAll(await contender.getMany());
      }
    }
  }
  return (["getMany", "setMany"] as const).map((operation) => {
    const byHandUs = measured.get(`${operation} ${hand.name}`) ?? [];
    const oursUs = measured.get(`${operation} ${own.name}`) ?? [];
    const speed = median(byHandUs.map((us, round) => us / (oursUs[round] ?? Number.NaN)));
    const verdict = speed >= goal ? "" : " **missed**";
    return `| ${operation}(${count}), ${place} | ${median(byHandUs).toFixed(0)} µs | ${median(oursUs).toFixed(0)} µs | ${speed.toFixed(2)}${verdict} |`;
  });
}

function ours(backend: RedisBackend): Batches {
  const cache = new Cache<string, Product>({ backend, serializer: json(), ttl: { ms: ttlMs } });
  return {
    name: "cachetory",
    async getMany() {
      const hits = await cache.getMany(keys);
      return keys.map((key) => hits.get(key));
    },
    setMany: () => cache.setMany(ids.map((id) => [keys[id] ?? "", productOf(id)] as const)),
  };
}

function byHand(redis: Redis): Batches {
  return {
    name: "by hand",
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
    name: "by hand",
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
