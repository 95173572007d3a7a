import { codecContests } from "./codecs/contests.ts";
import { coldMemoryContest, coldRedisContest } from "./cold-start/contests.ts";
import { generateContest } from "./generate/contests.ts";
import type { Samples } from "./harness/contest.ts";
import { merged, runContest } from "./harness/run-contest.ts";
import { memoryContest } from "./memory/contests.ts";
import { besideLargeContest, bulkContest, callsContest, clusterContest } from "./redis/contests.ts";
import { type RedisServer, startRedisServer } from "./redis/redis-server.ts";
import { startRedisCluster } from "./redis/start-cluster.ts";
import type { PartName } from "./results.ts";

/** On what, and how long. */
export interface Run {
  readonly node: string;
  readonly nodeMajor: number;
  /** A first look, of about a seventh of the time. */
  readonly isQuick: boolean;
  readonly say: (text: string) => void;
}

/** Samples by the name of the table that they are for. */
export type Measurements = Readonly<Record<string, Samples>>;

/** All that is measured, in the order in which it is; each part has files of its own in `results/`. */
export const parts: Readonly<Record<PartName, (run: Run) => Promise<Measurements>>> = {
  codecs: async (run) => {
    const pace = { ...run, sessions: run.isQuick ? 1 : 2, rounds: run.isQuick ? 5 : 6 };
    const samples: Samples[] = [];
    for (const contest of codecContests({ sliceMs: run.isQuick ? 2 : 4, warmMs: 120 }))
      samples.push(await runContest(contest, pace));
    return { codecs: merged(samples) };
  },
  memory: async (run) => {
    const pace = { ...run, sessions: run.isQuick ? 1 : 2, rounds: run.isQuick ? 5 : 7 };
    const times = { cellMs: run.isQuick ? 3 : 5, warmMs: 60 };
    return {
      small: await runContest(memoryContest("product", run.nodeMajor, times), pace),
      large: await runContest(memoryContest("page", run.nodeMajor, times), pace),
    };
  },
  redis: (run) =>
    onServer(async (server) => {
      const times = run.isQuick ? { warmMs: 30, leadMs: 3, cellMs: 15 } : { warmMs: 50, leadMs: 4, cellMs: 25 };
      const small = await runContest(callsContest("product", server.address, times), {
        ...run,
        sessions: run.isQuick ? 1 : 2,
        rounds: 5,
      });
      await server.checkExpiries();
      const few = { ...run, sessions: run.isQuick ? 1 : 2 };
      return {
        small,
        large: await runContest(callsContest("page", server.address, times), { ...few, rounds: 5 }),
        bulk: await runContest(bulkContest(server.address), { ...few, rounds: 3 }),
        besideLarge: await runContest(besideLargeContest(server.address, run.isQuick ? 100 : 200), {
          ...few,
          rounds: 2,
        }),
      };
    }),
  cluster: async (run) => {
    const cluster = await startRedisCluster();
    try {
      const times = run.isQuick ? { warmMs: 30, leadMs: 3, cellMs: 15 } : { warmMs: 50, leadMs: 4, cellMs: 25 };
      const pace = { ...run, sessions: run.isQuick ? 1 : 2, rounds: 5 };
      return { cluster: await runContest(clusterContest(cluster.nodes, times), pace) };
    } finally {
      cluster.stop();
    }
  },
  "cold-start": (run) =>
    onServer(async (server) => {
      const pace = { ...run, sessions: run.isQuick ? 2 : 5, rounds: 1 };
      return {
        memory: await runContest(coldMemoryContest(run.nodeMajor), pace),
        redis: await runContest(coldRedisContest(server.address), pace),
      };
    }),
  generate: async (run) => ({
    generate: await runContest(generateContest, { ...run, sessions: 1, rounds: run.isQuick ? 1 : 2 }),
  }),
};

async function onServer(measure: (server: RedisServer) => Promise<Measurements>): Promise<Measurements> {
  const server = await startRedisServer();
  try {
    return await measure(server);
  } finally {
    server.stop();
  }
}
