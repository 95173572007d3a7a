import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backendFromUrl, Cache, json } from "@cachetory/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Certificates, makeCertificates } from "../../support/certificates.ts";
import { startRedisCluster } from "../../support/redis-cluster.ts";
import { startRedisSentinel } from "../../support/redis-sentinel.ts";

let folder: string;
let certificates: Certificates;
let options: URLSearchParams;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cachetory-tls-"));
  certificates = await makeCertificates(folder);
  options = new URLSearchParams({
    "tls-ca": certificates.authority.certFile,
    "tls-cert": certificates.client.certFile,
    "tls-key": certificates.client.keyFile,
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

test("a Cluster over TLS, with a password and a certificate of the client", async () => {
  const cluster = await startRedisCluster({ password: "geheim", tls: { certificates, clients: "required" } });
  try {
    await using cache = new Cache<string, number>({
      backend: backendFromUrl(`rediss+cluster://:geheim@127.0.0.1:${cluster.nodes[0]?.port}?${options}`),
      serializer: json(),
      prefix: "tls:",
    });
    const items = Array.from({ length: 100 }, (_, index) => [`k${index}`, index] as const);
    await cache.setMany(items, { ttl: "1m" });
    expect([...(await cache.getMany(items.map(([key]) => key)))]).toEqual(items);
    expect(await cache.clear()).toBe(100);
  } finally {
    await cluster.stop();
  }
});

test("sentinels and their servers over TLS, with passwords and a certificate of the client", async () => {
  const tls = { certificates, clients: "required" } as const;
  const group = await startRedisSentinel({ password: "geheim", sentinelPassword: "watch", tls });
  try {
    const [sentinel] = group.sentinels;
    const url = `rediss+sentinel://:geheim@127.0.0.1:${sentinel?.port}/2?master=${group.masterName}&sentinel-password=watch`;
    await using backend = backendFromUrl(`${url}&${options}`);
    await backend.set("a", "x", {});
    expect(await backend.get("a", "text")).toBe("x");
    await using distrusting = backendFromUrl(`${url}&connect-timeout=300ms`);
    // Which of them it distrusts the client does not tell.
    await expect(distrusting.ready()).rejects.toMatchObject({ code: "UNAVAILABLE", outcome: "none" });
  } finally {
    await group.stop();
  }
});
