import { backendFromUrl, LayeredBackend, type LayeredBackendOptions, MemoryBackend } from "@cachetory/runtime";
import { afterAll, beforeAll } from "vitest";
import { backendContract } from "../../contract/backend.ts";
import { modelContract, onServer } from "../../contract/model/model-contract.ts";
import { realTime } from "../../contract/real-time.ts";
import { startRedisCluster } from "../../support/redis-cluster.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

// A busy machine is no outage, which is not what is asked for here.
const patient = "connect-timeout=10s&command-timeout=10s&read-timeout=10s&heartbeat-timeout=10s";

async function layered(url: string, options: Partial<LayeredBackendOptions> = {}): Promise<LayeredBackend> {
  const backend = openLayered(url, options);
  await backend.ready();
  return backend;
}

function openLayered(url: string, options: Partial<LayeredBackendOptions> = {}): LayeredBackend {
  return new LayeredBackend({ near: new MemoryBackend(), far: backendFromUrl(`${url}?${patient}`), ...options });
}

backendContract("layered, tracked", { ...realTime, make: () => layered(server.url) });
backendContract("layered, with a bus", { ...realTime, make: () => layered(server.url, { invalidation: "bus" }) });
backendContract("layered, by ttl alone", {
  ...realTime,
  make: () => layered(server.url, { invalidation: "none", ttl: "1m" }),
});

modelContract(
  "redis behind memory, tracked",
  onServer(startRedisServer, ({ url }) => openLayered(url)),
);
modelContract(
  "redis behind memory, with a bus",
  onServer(startRedisServer, ({ url }) => openLayered(url, { invalidation: "bus", ttl: "1m" })),
);
modelContract(
  "redis behind memory, by ttl alone",
  onServer(startRedisServer, ({ url }) => openLayered(url, { invalidation: "none", ttl: "1m" })),
);
modelContract(
  "redis+cluster behind memory, tracked",
  onServer(startRedisCluster, ({ nodes: [first] }) => openLayered(`redis+cluster://127.0.0.1:${first?.port}`)),
);
