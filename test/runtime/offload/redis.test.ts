import { Cache, offload, RedisBackend, serializerFromUrl, WorkerPool } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

let server: RedisServer;
let client: Redis;
const pool = new WorkerPool({ maxThreads: 1 });

beforeAll(async () => {
  server = await startRedisServer();
  client = new Redis(server.port, "127.0.0.1");
});

afterAll(async () => {
  await pool.close();
  client.disconnect();
  await server.stop();
});

test.each(["json+zlib", "msgpack", "pickle+zstd"])(
  "entries on Redis are the same with and without: %s",
  async (url) => {
    const backend = new RedisBackend(client);
    const serializer = serializerFromUrl<object>(url);
    const here = new Cache({ backend, serializer, prefix: `${url}:` });
    const away = new Cache({ backend, serializer, prefix: `${url}:`, offload: offload({ minBytes: 500, pool }) });
    const small = { name: "é" };
    const large = Array.from({ length: 200 }, (_, id) => ({ id, name: `product ${id}` }));

    // All in one go, so that large entries of one answer are read side by side.
    await Promise.all([away.setMany({ a: small, b: large, c: large }), here.setMany({ d: small, e: large })]);
    const keys = ["a", "b", "c", "d", "e"];
    const values = [small, large, large, small, large];
    expect([...(await here.getMany(keys)).values()]).toEqual(values);
    expect([...(await away.getMany(keys)).values()]).toEqual(values);
    expect(await client.getBuffer(`${url}:b`)).toEqual(await client.getBuffer(`${url}:e`));

    const calls = [away.set("b", large), away.set("b", small), away.get("b"), away.take("c"), away.delete("b")];
    expect(await Promise.all(calls)).toEqual([true, true, small, large, true]);
  },
);
