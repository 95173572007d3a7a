import { median, middle, ratio, rounds } from "../harness/statistics.ts";
import { besideCells } from "../redis/beside-large-stand.ts";
import { bulkCells } from "../redis/bulk-stand.ts";
import { clusterCells } from "../redis/cells.ts";
import {
  gatheredClient,
  gatheredTypedClient,
  oursJson,
  oursTyped,
  pipelinedClient,
  plainClient,
} from "../redis/entrants.ts";
import type { PartResult } from "../results.ts";
import type { Goal, Target } from "./goal.ts";

type Limit = Target["limit"];

const toClient =
  (table: string, series: string, cell: string, client: string, ours = oursJson) =>
  ({ samples }: PartResult): number | undefined =>
    samples[table] && ratio(samples[table], series, cell, ours, client);

/** What is reached of a time to that of a client, by cachetory and by hand. */
const timeTo = (
  table: string,
  series: string,
  cell: string,
  client: string,
): Required<Pick<Target, "bound" | "reached" | "byHand">> => ({
  bound: "at most",
  reached: toClient(table, series, cell, client),
  byHand: toClient(table, series, cell, client, gatheredClient),
});

/** A time against both ways to use ioredis. */
function toBoth(title: string, series: string, cell: string, toPipelined: Limit, toPlain: Limit): Goal {
  return {
    title,
    part: "redis",
    targets: [
      { label: "to auto-pipelined", limit: toPipelined, ...timeTo("small", series, cell, pipelinedClient) },
      { label: "to plain", limit: toPlain, ...timeTo("small", series, cell, plainClient) },
    ],
  };
}

function toPlain(title: string, targets: readonly (readonly [label: string, cell: string, limit: Limit])[]): Goal {
  return {
    title,
    part: "redis",
    targets: targets.map(([label, cell, limit]) => ({
      label,
      limit,
      ...timeTo("small", "wallUs", cell, plainClient),
    })),
  };
}

const [setBulk, getBulk] = bulkCells;
const [alone, besideLarge] = besideCells;

const longestBlock =
  (cell: string, contender: string) =>
  ({ samples }: PartResult): number | undefined =>
    samples["bulk"] && middle(samples["bulk"], "blockMs", cell, contender);

const bulk = (cell: string, limit: number): readonly Target[] => [
  { label: "time to plain", limit, ...timeTo("bulk", "wallMs", cell, plainClient) },
  {
    label: "longest block",
    bound: "at most",
    limit: 10,
    unit: "ms",
    reached: longestBlock(cell, oursJson),
    byHand: longestBlock(cell, gatheredClient),
  },
];

export const redisGoals: readonly Goal[] = [
  toBoth("`get` of 350 B on Redis, 1 in flight, time to ioredis", "wallUs", "get ×1", [0.9, 0.8], [1.05, 1]),
  toBoth("the same, 32 in flight", "wallUs", "get ×32", [0.33, 0.55], [0.7, 0.65]),
  toBoth("the same, 32 in flight, CPU time", "cpuUs", "get ×32", [0.28, 0.5], [0.55, 0.6]),
  toBoth("the same, 256 in flight", "wallUs", "get ×256", [0.28, 0.43], [0.38, 0.45]),
  {
    title: "`getOrSet` of a hit, time to `get`",
    part: "redis",
    targets: [1, 32, 256].map((inFlight) => ({
      label: `×${inFlight}`,
      bound: "at most",
      limit: 1.1,
      reached: ({ samples }) => betweenCells(samples["small"], `getOrSet ×${inFlight}`, `get ×${inFlight}`, oursJson),
    })),
  },
  toBoth("`set` with a TTL, 32 in flight, time to ioredis", "wallUs", "set ×32", [0.55, 0.85], [1.05, 1.1]),
  toBoth("the same, 256 in flight", "wallUs", "set ×256", [0.6, 0.75], [0.75, 0.6]),
  toPlain("`getMany(100)`, time to MGET with parsing", [
    ["×1", "getMany(100) ×1", 1.05],
    ["×8", "getMany(100) ×8", 1.05],
  ]),
  toPlain("`setMany(100)` with a TTL, time to a pipeline of SET PX", [
    ["×1", "setMany(100) ×1", 0.5],
    ["×8", "setMany(100) ×8", 0.3],
  ]),
  { title: "`setMany` of 10,000", part: "waits", targets: bulk(setBulk, 0.4) },
  { title: "`getMany` of 10,000", part: "waits", targets: bulk(getBulk, 1.5) },
  {
    title: "12 KB with `typed`, times as fast as ioredis with JSON",
    part: "redis",
    targets: ["get ×1", "get ×32", "set ×1", "set ×32"].map((cell) => ({
      label: cell,
      bound: "at least",
      limit: 2,
      reached: ({ samples }) => samples["large"] && ratio(samples["large"], "wallUs", cell, plainClient, oursTyped),
      byHand: ({ samples }) =>
        samples["large"] && ratio(samples["large"], "wallUs", cell, plainClient, gatheredTypedClient),
    })),
  },
  {
    title: "slowest hundredth of small reads beside 40 reads of 1 MB a second, to the same alone",
    part: "waits",
    targets: [
      {
        bound: "at most",
        limit: 2,
        reached: ({ samples }) => betweenCells(samples["besideLarge"], besideLarge, alone, oursJson, "p99Us"),
      },
    ],
  },
  {
    title: "on a Cluster, time to ioredis' own auto-pipelining",
    part: "cluster",
    targets: clusterCells.map(({ name }) => ({
      label: name,
      bound: "at most",
      limit: 1,
      reached: toClient("cluster", "wallUs", name, pipelinedClient),
    })),
  },
];

function betweenCells(
  samples: PartResult["samples"][string] | undefined,
  cell: string,
  other: string,
  contender: string,
  series = "wallUs",
): number | undefined {
  if (samples === undefined) return undefined;
  const [own, others] = [rounds(samples, series, cell, contender), rounds(samples, series, other, contender)];
  return own && others && median(own.map((value, round) => value / (others[round] ?? Number.NaN)));
}
