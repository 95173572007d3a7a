import { codecContests } from "./codecs/contests.ts";
import type { Contest, Pace } from "./harness/contest.ts";
import { runContest } from "./harness/run-contest.ts";
import { ratio } from "./harness/statistics.ts";
import { memoryContest } from "./memory/contests.ts";
import { bareMap, oursMemory, oursShared } from "./memory/entrants.ts";
import { callsContest } from "./redis/contests.ts";
import { oursJson, plainClient } from "./redis/entrants.ts";
import { startRedisServer } from "./redis/redis-server.ts";
import { both, typed } from "./report/codec-goals.ts";
import { majorOf } from "./results.ts";
import { versionOf } from "./versions.ts";

/** What may not be slower than something else by so much. Wide of what is usual: noise is to fail nothing. */
interface Factor {
  readonly contest: Contest;
  readonly cells: readonly string[];
  readonly series: string | readonly string[];
  readonly ours: string;
  readonly other: string;
  readonly atMost: number;
}

/** Half a minute of measuring for CI; whether all factors hold. What does not is measured again, twice at most. */
export async function checkFactors(node: string, say: (text: string) => void): Promise<boolean> {
  const server = await startRedisServer();
  const times = { warmMs: 40, leadMs: 3, cellMs: 15 };
  const codecs = codecContests({ sliceMs: 4, warmMs: 120 }).find(({ cells }) => cells[0] === "user");
  if (codecs === undefined) throw new Error("There is no payload user.");
  const memory = memoryContest("product", majorOf(versionOf(node)), { cellMs: 5, warmMs: 60 });
  const factors: readonly Factor[] = [
    { contest: codecs, cells: codecs.cells, series: both, ours: typed, other: "JSON", atMost: 1 },
    {
      contest: callsContest("product", server.address, times),
      cells: ["get ×32", "set ×32", "getMany(100) ×1", "setMany(100) ×1"],
      series: "cpuUs",
      ours: oursJson,
      other: plainClient,
      atMost: 2,
    },
    {
      contest: memory,
      cells: ["get", "getOrSet"],
      series: "ns",
      ours: oursMemory,
      other: bareMap,
      atMost: 8,
    },
    {
      contest: memory,
      cells: ["peek", "get", "getOrSet"],
      series: "ns",
      ours: oursShared,
      other: bareMap,
      atMost: 5,
    },
  ];
  try {
    const pace = { sessions: 1, rounds: 15, node, say };
    let isFit = true;
    for (const factor of factors) if (!(await holdsOnce(factor, pace))) isFit = false;
    return isFit;
  } finally {
    server.stop();
  }
}

/** What is really slower by a factor is so every time. */
async function holdsOnce(factor: Factor, pace: Pace): Promise<boolean> {
  for (let turn = 0; turn < 3; turn += 1) if (await holds(factor, pace)) return true;
  return false;
}

async function holds({ contest, cells, series, ours, other, atMost }: Factor, pace: Pace): Promise<boolean> {
  const samples = await runContest({ ...contest, cells, contenders: [other, ours] }, pace);
  const slow = cells.filter((cell) => {
    // What was not measured is within nothing.
    const found = ratio(samples, series, cell, ours, other) ?? Number.NaN;
    const isWithin = found <= atMost;
    pace.say(`${isWithin ? "holds" : "FAILS"}: ${cell}, ${found.toFixed(2)} of ${other}, at most ${atMost}`);
    return !isWithin;
  });
  return slow.length === 0;
}
