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
      await blockByScript(victim, seconds(2));
      return { backAtMs: trueNowMs() };
    },
  },
];

/** A script that would never end; the server listens to who ends it only after that time. */
async function blockByScript(server: RedisServer, forMs: number): Promise<void> {
  await server.ask("CONFIG", "SET", "lua-time-limit", Math.round(forMs));
  const script = server.ask("EVAL", "while true do end", 0);
  const isKilled = script.then(
    () => false,
    () => true,
  );
  await later(20);
  // A sentinel ends it, too.
  await server.ask("SCRIPT", "KILL").catch(() => {});
  if (!(await isKilled)) throw new Error("The script came to an end.");
  await server.ask("CONFIG", "SET", "lua-time-limit", 5000);
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
