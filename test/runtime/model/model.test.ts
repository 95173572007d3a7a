import { backendFromUrl, MemoryBackend, RedisBackend, type RedisClient } from "@cachetory/runtime";
import { createClient } from "redis";
import { modelContract, onServer } from "../../contract/model/model-contract.ts";
import { givenServerPrefix, givenServerUrl } from "../../support/given-server.ts";
import { startRedisCluster } from "../../support/redis-cluster.ts";
import { startRedisSentinel } from "../../support/redis-sentinel.ts";
import { startRedisServer } from "../../support/redis-server.ts";
import { memoryCommands } from "../../support/resp/memory-commands.ts";
import { startRespServer } from "../../support/resp/resp-server.ts";
import { inMemory, inMemorySync } from "./in-memory.ts";

// A busy machine is no outage, which is not what is asked for here.
const patient = "connect-timeout=10s&command-timeout=10s&read-timeout=10s";
const newRedis = { server: "redis", version: "8.4.0" } as const;

modelContract("memory", inMemory(MemoryBackend));

modelContract("memory, without promises", inMemorySync);

modelContract(
  "redis",
  onServer(startRedisServer, ({ url }) => backendFromUrl(`${url}?${patient}`)),
);

modelContract(
  "a redis that has MSETEX",
  onServer(
    () => startRespServer(memoryCommands({ msetex: true }), newRedis),
    ({ url }) => backendFromUrl(`${url}?${patient}`),
  ),
);

modelContract(
  "redis+cluster",
  onServer(startRedisCluster, ({ nodes: [first] }) =>
    backendFromUrl(`redis+cluster://127.0.0.1:${first?.port}?${patient}`),
  ),
);

modelContract(
  "redis+sentinel",
  onServer(startRedisSentinel, ({ sentinels: [first], masterName }) =>
    backendFromUrl(`redis+sentinel://127.0.0.1:${first?.port}?master=${masterName}&${patient}`),
  ),
);

modelContract(
  "redis, with a client of node-redis",
  onServer(
    startWithClient,
    ({ client }) => new RedisBackend(client, { readTimeoutMs: 10_000, commandTimeoutMs: 10_000 }),
  ),
);

// Registered only where there is one: a test that is skipped would say nothing.
if (givenServerUrl !== undefined) {
  const url = givenServerUrl;
  const running = { stop: async (): Promise<void> => {} };
  modelContract(
    "the redis of TEST_REDIS_URL",
    onServer(
      async () => running,
      () => backendFromUrl(url),
      { prefix: givenServerPrefix, isRemote: true },
    ),
  );
}

async function startWithClient(): Promise<{ readonly client: RedisClient; stop(): Promise<void> }> {
  const server = await startRedisServer();
  const client = createClient({ url: server.url });
  await client.connect();
  return {
    client,
    async stop() {
      client.destroy();
      await server.stop();
    },
  };
}
