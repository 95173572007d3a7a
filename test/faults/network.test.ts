import { afterAll, beforeAll, describe, test } from "vitest";
import { type ProxiedDeployment, proxiedAlone, proxiedCluster, proxiedSentinel } from "./behind-proxies.ts";
import { underLoad } from "./under-load.ts";

describe.each([
  ["Redis alone", proxiedAlone],
  ["a Cluster", proxiedCluster],
  ["what sentinels name", proxiedSentinel],
])("the network to %s, in steady use", (_, deploy) => {
  let deployment: ProxiedDeployment;
  beforeAll(async () => {
    deployment = await deploy();
  });
  afterAll(() => deployment.stop());

  test("passes nothing on, and then everything", async () => {
    await underLoad(deployment, async ({ load, outage }) => {
      for (const proxy of deployment.proxies) proxy.stopForwarding();
      try {
        await outage();
        await load.answers(2);
      } finally {
        for (const proxy of deployment.proxies) proxy.resumeForwarding();
      }
    });
  });

  test("passes nothing on, and then forgets every connection", async () => {
    await underLoad(deployment, async ({ load, outage }) => {
      for (const proxy of deployment.proxies) proxy.stopForwarding();
      await outage();
      for (const proxy of deployment.proxies) proxy.cutAll();
      await load.answers(2);
      for (const proxy of deployment.proxies) proxy.resumeForwarding();
    });
  });

  test("cuts every connection, again and again", async () => {
    await underLoad(deployment, async ({ load }) => {
      for (let round = 0; round < 5; round += 1) {
        for (const proxy of deployment.proxies) proxy.cutAll();
        await load.answers(3);
      }
    });
  });

  test("takes its time", async () => {
    await underLoad(deployment, async ({ load }) => {
      for (const proxy of deployment.proxies) proxy.delayMs = 30;
      await load.answers(4);
      for (const proxy of deployment.proxies) proxy.delayMs = 0;
    });
  });
});
