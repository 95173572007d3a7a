import { coldStartCell } from "../cold-start/contests.ts";
import { generateCell } from "../generate/contests.ts";
import { median, ratio, rounds } from "../harness/statistics.ts";
import { bareMap, oursMemory, oursShared } from "../memory/entrants.ts";
import { oursJson, plainClient } from "../redis/entrants.ts";
import type { PartResult } from "../results.ts";
import type { Goal, Target } from "./goal.ts";

const toMap =
  (cell: string, contender: string) =>
  ({ samples }: PartResult): number | undefined =>
    samples["small"] && ratio(samples["small"], "ns", cell, contender, bareMap);

const atMost = (limit: number, reached: Target["reached"]): readonly Target[] => [{ bound: "at most", limit, reached }];

export const memoryGoals: readonly Goal[] = [
  {
    title: "`peek` of a hit in memory with `isolation: share`, time to `Map.get` with the key at hand",
    part: "memory",
    targets: atMost(2, toMap("peek", oursShared)),
  },
  {
    title: "`get` of a hit in memory with `isolation: share`, time to an async function around a Map",
    part: "memory",
    targets: atMost(1.3, toMap("get", oursShared)),
  },
  {
    title: "`getOrSet` of a hit in memory with `isolation: share`, time to an async function around a Map",
    part: "memory",
    targets: atMost(1.3, toMap("getOrSet", oursShared)),
  },
  {
    title: "`get` of a hit in memory, copied, as it is by default, time to an async function around a Map",
    part: "memory",
    targets: atMost(2.6, toMap("get", oursMemory)),
  },
];

export const otherGoals: readonly Goal[] = [
  {
    title: "first hit on Redis after an import, over ioredis alone",
    part: "cold-start",
    targets: [
      {
        bound: "at most",
        limit: 10,
        unit: "ms",
        reached({ samples }) {
          const redis = samples["redis"];
          const own = redis && rounds(redis, "ms", coldStartCell, oursJson);
          const bare = redis && rounds(redis, "ms", coldStartCell, plainClient);
          return own && bare && median(own.map((ms, round) => ms - (bare[round] ?? Number.NaN)));
        },
      },
    ],
  },
  {
    title: "`generate` of 1,000 caches with `typed`, time to the same with JSON",
    part: "generate",
    targets: atMost(
      1.3,
      ({ samples }) => samples["generate"] && ratio(samples["generate"], "wallMs", generateCell, "typed", "json"),
    ),
  },
];
