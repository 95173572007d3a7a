import { Cluster } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCertificates } from "../support/certificates.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "../support/clean-up.ts";
import { type RedisCluster, startRedisCluster } from "../support/redis-cluster.ts";
import { until } from "../support/until.ts";

describe("a cluster", () => {
  let cluster: RedisCluster;
  let client: Cluster;

  beforeAll(async () => {
    cluster = await startRedisCluster();
    client = new Cluster(cluster.nodes.map(({ port }) => ({ host: "127.0.0.1", port })));
  });
  afterAll(async () => {
    client.disconnect();
    await cluster.stop();
  });

  test("serves keys of every master", async () => {
    const keys = Array.from({ length: 50 }, (_, index) => `key ${index}`);
    await Promise.all(keys.map((key) => client.set(key, key)));
    expect(await Promise.all(keys.map((key) => client.get(key)))).toEqual(keys);
    const masters = await Promise.all(keys.map((key) => cluster.masterOf(key)));
    expect(new Set(masters)).toEqual(new Set(cluster.nodes.slice(0, 3)));
  });

  test("moves a slot with its keys, and leaves it half-way where a test asks for that", async () => {
    const keys = ["{moved}a", "{moved}b", "{moved}c"] as const;
    await Promise.all(keys.map((key) => client.set(key, key)));
    const slot = await cluster.slotOf("moved");
    const from = await cluster.masterOf(slot);
    const to = cluster.nodes.slice(0, 3).find((node) => node !== from);
    if (to === undefined) throw new Error("There is no other master.");

    const migration = await cluster.startMigration(slot, to);
    expect(await migration.moveKeys(1)).toBe(1);
    const asked = await Promise.allSettled(keys.map((key) => from.ask("GET", key)));
    expect(asked.filter(({ status }) => status === "rejected")).toEqual([
      { status: "rejected", reason: expect.objectContaining({ message: `ASK ${slot} 127.0.0.1:${to.port}` }) },
    ]);
    expect(await migration.moveKeys()).toBe(2);
    await migration.finish();
    expect(await cluster.masterOf("moved")).toBe(to);
    expect(await Promise.all(keys.map((key) => client.get(key)))).toEqual(keys);

    await cluster.migrateSlot(slot, from);
    expect(await cluster.masterOf("moved")).toBe(from);
    expect(await Promise.all(keys.map((key) => client.get(key)))).toEqual(keys);
  });

  test("gives a replica the place of its master when told so", async () => {
    await client.set("kept", "x");
    const master = await cluster.masterOf("kept");
    const replica = await cluster.replicaOf(master);
    await cluster.failover(replica);
    expect(await cluster.masterOf("kept")).toBe(replica);
    expect(await cluster.replicaOf(replica)).toBe(master);
    expect(await client.get("kept")).toBe("x");
  });

  test("gives a replica the place of its master when that dies, and takes the dead one back as a replica", async () => {
    await client.set("survivor", "x");
    const master = await cluster.masterOf("survivor");
    const replica = await cluster.replicaOf(master);
    await master.kill();
    await until("the replica takes over", async () => (await cluster.masterOf("survivor")) === replica);
    await master.restart();
    await until("the old master is a replica", async () => (await cluster.replicaOf(replica)) === master);
    await cluster.ready();
    expect(await client.get("survivor")).toBe("x");
  });
});

test("a cluster asks for a password and speaks TLS, between its nodes, too, where it was told so", async () => {
  const folder = makeTemporaryFolder("certificates");
  const certificates = await makeCertificates(folder);
  const cluster = await startRedisCluster({ password: "secret", tls: { certificates, clients: "required" } });
  const [first, second] = cluster.nodes;
  if (first === undefined || second === undefined) throw new Error("There are no nodes.");
  const { host, port, ...redisOptions } = first.connection;
  const client = new Cluster([{ host, port }], { redisOptions });
  await client.set("{moved}a", "x");
  const to = first === (await cluster.masterOf("moved")) ? second : first;
  await cluster.migrateSlot(await cluster.slotOf("moved"), to);
  expect(await client.get("{moved}a")).toBe("x");
  client.disconnect();
  await cluster.stop();
  removeTemporaryFolder(folder);
});
