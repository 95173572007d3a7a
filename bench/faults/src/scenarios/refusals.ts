import { setTimeout as later } from "node:timers/promises";
import { hotKeys } from "../caller.ts";
import { trueNowMs } from "../probe.ts";
import type { Scenario } from "../scenario.ts";

/** Servers that answer, but not as one would like. */
export const refusals: readonly Scenario[] = [
  {
    name: "out-of-memory",
    title: "out of memory with `noeviction` for 3 s",
    async run({ stage, seconds }) {
      const masters = await stage.masters();
      await Promise.all(
        masters.map((master) => master.ask("CONFIG", "SET", "maxmemory-policy", "noeviction", "maxmemory", 1)),
      );
      await later(seconds(3));
      await Promise.all(masters.map((master) => master.ask("CONFIG", "SET", "maxmemory", 0)));
      return { backAtMs: trueNowMs() };
    },
  },
  {
    name: "read-only",
    title: "a read-only replica after a failover",
    async run({ stage, keyOf, seconds }) {
      const key = keyOf("hot", 0);
      const endMs = performance.now() + seconds(3);
      await stage.failOver(key);
      const failedOverAtMs = trueNowMs();
      await later(Math.max(0, endMs - performance.now()));
      if (stage.place.topology !== "alone") return { backAtMs: failedOverAtMs };
      await (await stage.masterOf(key)).ask("REPLICAOF", "NO", "ONE");
      return { backAtMs: trueNowMs() };
    },
  },
  {
    name: "resharding",
    title: "the slots of the hot keys move to other masters",
    topologies: ["cluster"],
    async run({ stage, keyOf, isQuick }) {
      const ids = Array.from({ length: isQuick ? 2 : hotKeys }, (_, id) => id);
      await stage.reshard?.(ids.map((id) => keyOf("hot", id)));
      return { backAtMs: trueNowMs() };
    },
  },
];
