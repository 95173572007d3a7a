// One process of bench-stampede.mjs: asks for the key that it is told, many times at once, and says how that went.
import { setTimeout } from "node:timers/promises";
import { Cache, json, RedisBackend } from "@cachetory/runtime";

const [, , port, given] = process.argv;
const { scope, writeBack, leaseMs } = JSON.parse(given);
const cache = new Cache({
  backend: new RedisBackend({ host: "127.0.0.1", port: Number(port) }),
  serializer: json(),
  prefix: "stampede:",
  ttl: "1m",
  singleFlight: scope === "cluster" ? { scope, lease: { ms: leaseMs } } : scope,
  writeBack,
});
await cache.ready();

process.on("message", async ({ key, callers, loadMs, tellsLoading }) => {
  let loads = 0;
  const beganMs = performance.now();
  let slowestMs = 0;
  const call = async () => {
    await cache.getOrSet(key, async () => {
      loads += 1;
      if (tellsLoading) process.send({ key, isLoading: true });
      await setTimeout(loadMs);
      return { loaded: key };
    });
    slowestMs = Math.max(slowestMs, performance.now() - beganMs);
  };
  await Promise.all(Array.from({ length: callers }, call));
  process.send({ key, loads, slowestMs });
});
process.send({ isReady: true });
