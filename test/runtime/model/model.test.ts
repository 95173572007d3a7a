import { backendFromUrl, MemoryBackend } from "@cachetory/runtime";
import { modelContract, onServer } from "../../contract/model/model-contract.ts";
import { givenServerPrefix, givenServerUrl } from "../../support/given-server.ts";
import { startRedisServer } from "../../support/redis-server.ts";
import { memoryCommands } from "../../support/resp/memory-commands.ts";
import { startRespServer } from "../../support/resp/resp-server.ts";
import { inMemory } from "./in-memory.ts";

const newRedis = { server: "redis", version: "8.4.0" } as const;

modelContract("memory", inMemory(MemoryBackend));

modelContract(
  "redis",
  onServer(startRedisServer, ({ url }) => backendFromUrl(url)),
);

modelContract(
  "a redis that has MSETEX",
  onServer(
    () => startRespServer(memoryCommands({ msetex: true }), newRedis),
    ({ url }) => backendFromUrl(url),
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
