import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "../support/until.ts";
import { askEach, type Deployment } from "./deployment.ts";
import { hotIds, productOf } from "./steady-load.ts";
import { underLoad } from "./under-load.ts";

/** What may become of the servers of a deployment while it is used, and reaches no caller. */
export function faultSuite(name: string, deploy: () => Promise<Deployment>): void {
  describe(`${name}, in steady use`, () => {
    let deployment: Deployment;
    beforeAll(async () => {
      deployment = await deploy();
    });
    afterAll(() => deployment.stop());

    test("is killed and comes back", async () => {
      await underLoad(deployment, async ({ load, hotKey, outage }) => {
        const server = await deployment.masterOf(hotKey);
        await server.kill();
        await outage();
        await load.answers(8);
        await server.restart();
      });
    });

    test("stops, and goes on as if nothing had been", async () => {
      await underLoad(deployment, async ({ load, hotKey, outage }) => {
        const server = await deployment.masterOf(hotKey);
        server.pause();
        try {
          await outage();
          await load.answers(2);
        } finally {
          server.resume();
        }
      });
    });

    describe("whose masters stay", () => {
      beforeAll(() => deployment.keepMasters());

      test("loses every connection", async () => {
        await underLoad(deployment, async ({ load }) => {
          for (let round = 0; round < 3; round += 1) {
            // Who asks is spared, but not while somebody else asks as well.
            for (const type of ["pubsub", "normal"]) await askEach(deployment.servers, "CLIENT", "KILL", "TYPE", type);
            await load.answers(2);
          }
        });
      });

      test("is full, and takes nothing more", async () => {
        await underLoad(deployment, async ({ caches, load, outage }) => {
          await askEach(deployment.servers, "CONFIG", "SET", "maxmemory", 1);
          try {
            for (const cache of Object.values(caches)) {
              const id = 2000;
              expect(await cache.getOrSet({ id }, () => productOf(id))).toEqual(productOf(id));
              const told: unknown = await cache.set({ id }, productOf(id)).catch((error: unknown) => error);
              const text = cache.keyOf({ id });
              // A script that has deleted something may store; whoever is told so finds it there.
              const isThere = (await (await deployment.masterOf(text)).ask("EXISTS", text)) === 1;
              if (isThere) expect(told).toBe(true);
              else expect(told).toMatchObject({ code: "UNAVAILABLE", outcome: "none" });
            }
            await outage();
            // What is there is read all the same, unless the machine has no time for its server.
            const loads = load.loads;
            await load.answers(8);
            expect(load.loads - loads).toBeLessThan(10);
          } finally {
            await askEach(deployment.servers, "CONFIG", "SET", "maxmemory", 0);
          }
        });
      });

      test("has become a replica, which takes nothing more", async () => {
        await underLoad(deployment, async ({ caches, load, hotKey }) => {
          const demoted = await deployment.demote(hotKey);
          for (const cache of Object.values(caches)) {
            expect(await cache.getOrSet({ id: 2000 }, () => productOf(2000))).toEqual(productOf(2000));
          }
          await load.answers(8);
          await demoted.end();
        });
      });

      test("forgets everything", async () => {
        await underLoad(deployment, async ({ load }) => {
          for (let round = 0; round < 3; round += 1) {
            const loads = load.loads;
            await askEach(await deployment.masters(), "FLUSHALL");
            await until("all is loaded again", async () => load.loads >= loads + 12);
            await load.answers(2);
          }
        });
      });

      test.each([
        ["says nothing while it runs somebody's script", 5000],
        ["says that it is busy with somebody's script", 20],
      ])("%s", async (_, replyAfterMs) => {
        await underLoad(deployment, async ({ load }) => {
          const masters = await deployment.masters();
          await askEach(masters, "CONFIG", "SET", "busy-reply-threshold", replyAfterMs);
          const script = askEach(masters, "EVAL", blockFor(300), 0);
          await load.answers(2);
          await script;
        });
      });

      test("has a list where an entry is expected, and keeps it", async () => {
        await underLoad(deployment, async ({ caches, load }) => {
          const ids = [0, 1, 2];
          const texts = Object.values(caches).flatMap((cache) => ids.map((id) => cache.keyOf({ id })));
          const each = (...command: readonly [name: string, ...args: (string | number)[]]): Promise<unknown[]> =>
            Promise.all(
              texts.map(async (text) => {
                const [name, ...args] = command;
                return (await deployment.masterOf(text)).ask(
                  name,
                  ...args.map((arg) => (arg === "<key>" ? text : arg)),
                );
              }),
            );
          await each("EVAL", "redis.call('DEL', KEYS[1]) return redis.call('RPUSH', KEYS[1], 'x')", 1, "<key>");
          await load.answers(12);
          expect(await each("LRANGE", "<key>", 0, -1)).toEqual(texts.map(() => ["x"]));
          await each("DEL", "<key>");
        });
      });

      // Tried again, for a server that gets no processor of a busy machine for 50 ms is slow.
      test("is asked by a busy loop, and nothing that is there is missed", { retry: 3 }, async () => {
        await underLoad(deployment, async ({ caches, load, outages }) => {
          const loads = load.loads;
          for (let round = 0; round < 8; round += 1) {
            const reads = Object.values(caches).flatMap((cache) => hotIds.map((id) => cache.get({ id })));
            // Some have left by then, and some have not.
            if (round % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
            keepBusy(80);
            expect(await Promise.all(reads)).not.toContain(undefined);
          }
          expect(load.loads).toBe(loads);
          expect(outages).toEqual([]);
        });
      });

      test("has 20,000 entries of one cache cleared, and those of others stay", async () => {
        await underLoad(deployment, async ({ caches, load }) => {
          const count = 20_000;
          await caches.plain.setMany(
            Array.from({ length: count }, (_, index) => [{ id: 5000 + index }, productOf(index)]),
          );
          const isKept = { id: 3000 };
          await caches.recovering.set(isKept, productOf(3000));
          const cleared = caches.plain.clear();
          await load.answers(8);
          expect(await cleared).toBeGreaterThanOrEqual(count);
          expect(await caches.recovering.get(isKept)).toEqual(productOf(3000));
        });
      });
    });
  });
}

/** Lets the event loop do nothing else for so long. */
function keepBusy(ms: number): void {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs) {
    // Answers wait in the sockets meanwhile.
  }
}

/** A script that keeps a server from doing anything else for so long. */
function blockFor(ms: number): string {
  return `local function now() local t = redis.call('TIME') return t[1] * 1000 + t[2] / 1000 end
    local begun = now()
    while now() < begun + ${ms} do end`;
}
