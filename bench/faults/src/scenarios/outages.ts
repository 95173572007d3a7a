import { setTimeout as later } from "node:timers/promises";
import type { RedisServer } from "../../../../test/support/redis-server.ts";
import { trueNowMs } from "../probe.ts";
import type { Fault, FaultEnd, Scenario } from "../scenario.ts";
import { isWritable } from "../stage.ts";

/** Servers and networks that do not answer, or not in time. */
export const outages: readonly Scenario[] = [
  {
    name: "killed",
    title: "killed, back after 3 s, empty",
    async run(fault) {
      const victim = await fault.stage.masterOf(fault.keyOf("hot", 0));
      await victim.kill();
      return outage(fault, 3, () => victim.restart());
    },
  },
  {
    name: "stopped",
    title: "stopped (SIGSTOP) for 5 s",
    async run(fault) {
      const victim = await fault.stage.masterOf(fault.keyOf("hot", 0));
      victim.pause();
      return outage(fault, 5, async () => victim.resume());
    },
  },
  {
    name: "cut",
    title: "every connection cut, three times",
    async run({ stage, seconds }) {
      for (let turn = 0; turn < 3; turn += 1) {
        if (turn > 0) await later(seconds(1));
        await Promise.all(stage.servers.map((server) => server.ask("CLIENT", "KILL", "TYPE", "normal")));
      }
      return { backAtMs: trueNowMs() };
    },
  },
  {
    name: "half-open",
    title: "half-open: connections stay, but nothing passes for 5 s; then they are reset",
    isProxied: true,
    async run({ stage, seconds }) {
      for (const proxy of stage.proxies) proxy.stopForwarding();
      await later(seconds(5));
      for (const proxy of stage.proxies) {
        proxy.cutAll();
        proxy.resumeForwarding();
      }
      return { backAtMs: trueNowMs() };
    },
  },
  latency(2),
  latency(200),
  {
    name: "script",
    title: "a script blocks the server for 2 s",
    async run({ stage, keyOf, seconds }) {
      const victim = await stage.masterOf(keyOf("hot", 0));
      await victim.ask("EVAL", busyScript, 0, Math.round(seconds(2) * (await turnsPerMs(victim))));
      return { backAtMs: trueNowMs() };
    },
  },
];

// A script is shown one and the same time from its beginning to its end, so it cannot wait for another one.
const busyScript = "local sum = 0 for turn = 1, tonumber(ARGV[1]) do sum = sum + turn end return sum";

async function turnsPerMs(server: RedisServer): Promise<number> {
  const turns = 1_000_000;
  const startMs = performance.now();
  await server.ask("EVAL", busyScript, 0, turns);
  return turns / (performance.now() - startMs);
}

function latency(byMs: number): Scenario {
  return {
    name: `latency-${byMs}`,
    title: `answers ${byMs} ms later, for 3 s`,
    isProxied: true,
    async run({ stage, seconds }) {
      // In each direction.
      for (const proxy of stage.proxies) proxy.delayMs = byMs / 2;
      await later(seconds(3));
      for (const proxy of stage.proxies) proxy.delayMs = 0;
      return { backAtMs: trueNowMs() };
    },
  };
}

/** Lasts so long, or until a replica has taken over; the server itself comes back at the end. */
async function outage(fault: Fault, forSeconds: number, end: () => Promise<void>): Promise<FaultEnd> {
  const endMs = performance.now() + forSeconds * 1000;
  let backAtMs: number | undefined;
  while (performance.now() < endMs) {
    if (backAtMs === undefined && (await isWritable(fault.stage, fault.keyOf("hot", 0)))) backAtMs = trueNowMs();
    await later(Math.min(40, Math.max(0, endMs - performance.now())));
  }
  await end();
  return { backAtMs: backAtMs ?? trueNowMs() };
}
