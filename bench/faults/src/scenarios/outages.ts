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
      return untilWritable(
        fault,
        victim,
        later(3000).then(() => victim.restart()),
      );
    },
  },
  {
    name: "stopped",
    title: "stopped (SIGSTOP) for 5 s",
    async run(fault) {
      const victim = await fault.stage.masterOf(fault.keyOf("hot", 0));
      victim.pause();
      return untilWritable(
        fault,
        victim,
        later(5000).then(() => victim.resume()),
      );
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
    title: "a script blocks the server for 2 s, then it is killed",
    async run(fault) {
      const victim = await fault.stage.masterOf(fault.keyOf("hot", 0));
      return untilWritable(fault, victim, blockByScript(victim));
    },
  },
];

/** A script that would never end; the server listens to who ends it only after that time. */
async function blockByScript(server: RedisServer): Promise<void> {
  await server.ask("CONFIG", "SET", "lua-time-limit", 2000);
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

/** The servers are as before when the victim is, or when a replica has taken its place; the victim comes back in any case. */
async function untilWritable({ stage, keyOf }: Fault, victim: RedisServer, end: Promise<void>): Promise<FaultEnd> {
  let isOver = false;
  const ended = end.finally(() => {
    isOver = true;
  });
  let backAtMs: number | undefined;
  while (!isOver && backAtMs === undefined) {
    if (await isWritable(stage, keyOf("hot", 0), victim)) backAtMs = trueNowMs();
    else await later(40);
  }
  await ended;
  // It may be that a replica is about to take its place, and that it will not be what it was.
  while (backAtMs === undefined) {
    if (await isWritable(stage, keyOf("hot", 0))) backAtMs = trueNowMs();
    else await later(10);
  }
  return { backAtMs };
}
