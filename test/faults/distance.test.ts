import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Certificates, makeCertificates } from "../support/certificates.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "../support/clean-up.ts";
import { until } from "../support/until.ts";
import { type ProxiedDeployment, proxiedAlone, proxiedCluster, proxiedSentinel } from "./behind-proxies.ts";
import { openCaches, type ProductCache } from "./caches.ts";
import { urlWith } from "./deployment.ts";
import { productOf } from "./steady-load.ts";
import { Witness } from "./witness.ts";

const folder = makeTemporaryFolder("distance");
afterAll(() => removeTemporaryFolder(folder));

describe.each([
  ["Redis alone", proxiedAlone],
  ["a Cluster", proxiedCluster],
  ["what sentinels name", proxiedSentinel],
])("%s, over TLS and 2 ms away", (_, deploy) => {
  let deployment: ProxiedDeployment;
  let url: string;
  let certificates: Certificates;
  beforeAll(async () => {
    certificates = await makeCertificates(folder);
    deployment = await deploy({ tls: { certificates } });
    url = urlWith(deployment.url, { "tls-ca": certificates.authority.certFile });
  });
  afterAll(() => deployment.stop());

  test("is never taken for slow unless it is: what is there is found, one by one and by hundreds", async () => {
    const witness = new Witness(
      deployment.proxies.map(({ port }) => port),
      certificates.authority.certFile,
    );
    const { all, close } = openCaches(url, "distance:");
    const ids = Array.from({ length: 300 }, (_unused, id) => id);
    const misses: string[] = [];
    try {
      for (const [kind, cache] of Object.entries(all)) await fill(kind, cache, ids);
      for (const proxy of deployment.proxies) proxy.delayMs = 1;
      for (const [kind, cache] of Object.entries(all)) {
        for (const { name, ask } of questions) {
          const { answer: missed, longestMs } = await witness.during(() => ask(cache, ids));
          if (missed > 0 && longestMs < slowMs) misses.push(`${missed} by ${name} on ${kind}, within ${longestMs} ms`);
        }
      }
      expect(misses).toEqual([]);
    } finally {
      witness.stop();
      await close();
    }
  });
});

/** The budget is 50 ms; a witness may have asked a little later than a call that was not answered in time. */
const slowMs = 40;

/** Each tells how many values were not found of those that are there. */
const questions: readonly {
  readonly name: string;
  ask(cache: ProductCache, ids: readonly number[]): Promise<number>;
}[] = [
  { name: "getMany", ask: async (cache, ids) => ids.length - (await cache.getMany(ids.map((id) => ({ id })))).size },
  {
    name: "get of all at once",
    ask: async (cache, ids) => {
      const found = await Promise.all(ids.map((id) => cache.get({ id })));
      return found.filter((value) => value === undefined).length;
    },
  },
  {
    name: "one get after the other",
    ask: async (cache, ids) => {
      let missed = 0;
      for (const id of ids.slice(0, 20)) if ((await cache.get({ id })) === undefined) missed += 1;
      return missed;
    },
  },
];

async function fill(kind: string, cache: ProductCache, ids: readonly number[]): Promise<void> {
  await until(`the ${kind} cache is full`, async () => {
    await cache.setMany(ids.map((id) => [{ id }, productOf(id)]));
    return true;
  });
}
