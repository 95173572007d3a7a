import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backendFromUrl, Cache, json } from "@cachetory/runtime";
import { expect, test } from "vitest";
import { makeCertificates } from "../../support/certificates.ts";
import { startRedisCluster } from "../../support/redis-cluster.ts";

test("a Cluster over TLS, with a password and a certificate of the client", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cachetory-tls-"));
  const certificates = await makeCertificates(folder);
  const cluster = await startRedisCluster({ password: "geheim", tls: { certificates, clients: "required" } });
  try {
    const options = new URLSearchParams({
      "tls-ca": certificates.authority.certFile,
      "tls-cert": certificates.client.certFile,
      "tls-key": certificates.client.keyFile,
    });
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
    rmSync(folder, { recursive: true });
  }
});
