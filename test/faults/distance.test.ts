import { onCacheEvent } from "@cachetory/runtime";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { makeCertificates } from "../support/certificates.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "../support/clean-up.ts";
import { type ProxiedDeployment, proxiedAlone, proxiedCluster, proxiedSentinel } from "./behind-proxies.ts";
import { openCaches } from "./caches.ts";
import { urlWith } from "./deployment.ts";
import { productOf } from "./steady-load.ts";

const folder = makeTemporaryFolder("distance");
afterAll(() => removeTemporaryFolder(folder));

describe.each([
  ["Redis alone", proxiedAlone],
  ["a Cluster", proxiedCluster],
  ["what sentinels name", proxiedSentinel],
])("%s, over TLS and 2 ms away", (_, deploy) => {
  let deployment: ProxiedDeployment;
  let url: string;
  beforeAll(async () => {
    const certificates = await makeCertificates(folder);
    deployment = await deploy({ tls: { certificates } });
    url = urlWith(deployment.url, { "tls-ca": certificates.authority.certFile });
  });
  afterAll(() => deployment.stop());

  test("is never taken for out: what is there is found, one by one and by hundreds", async () => {
    const outages: string[] = [];
    onTestFinished(onCacheEvent("outage", ({ state }) => outages.push(state)));
    const { all, close } = openCaches(url, "distance:");
    const ids = Array.from({ length: 300 }, (_unused, id) => id);
    try {
      // From the first call on, which connects.
      for (const proxy of deployment.proxies) proxy.delayMs = 1;
      for (const cache of Object.values(all)) await cache.setMany(ids.map((id) => [{ id }, productOf(id)]));
      for (const cache of Object.values(all)) {
        expect((await cache.getMany(ids.map((id) => ({ id })))).size).toBe(ids.length);
        expect(await Promise.all(ids.map((id) => cache.get({ id })))).not.toContain(undefined);
        for (const id of ids.slice(0, 20)) expect(await cache.get({ id })).toEqual(productOf(id));
      }
      expect(outages).toEqual([]);
    } finally {
      await close();
    }
  });
});
