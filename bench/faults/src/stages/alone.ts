import { Redis } from "ioredis";
import { startRedisServer } from "../../../../test/support/redis-server.ts";
import { until } from "../../../../test/support/until.ts";
import { proxiesBefore } from "../proxies-before.ts";
import { serverNiceness } from "../server-niceness.ts";
import type { Stage } from "../stage.ts";

/** One server. */
export async function openAlone(isProxied: boolean): Promise<Stage> {
  const server = await startRedisServer({ niceness: serverNiceness });
  const { proxies } = await proxiesBefore(isProxied ? [server] : []);
  const client = new Redis(server.port, "127.0.0.1", { retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on("error", () => {});
  return {
    place: { topology: "alone", ports: [proxies[0]?.port ?? server.port], masterName: "" },
    servers: [server],
    proxies,
    client,
    masters: async () => [server],
    masterOf: async () => server,
    foundFor: async () => server,
    // Whoever made it a replica of somebody else left it alone with its entries.
    failOver: async () => {
      await server.ask("REPLICAOF", "127.0.0.1", 1);
    },
    async reset() {
      await until("the server serves", async () => (await server.ask("PING")) === "PONG");
      await server.ask("FLUSHALL");
    },
    async stop() {
      client.disconnect();
      await Promise.all(proxies.map((proxy) => proxy.close()));
      await server.stop();
    },
  };
}
