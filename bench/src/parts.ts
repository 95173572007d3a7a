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
  readonly isQuick: boolean;
  readonly say: (text: string) => void;
}

/** Samples by the name of the table that they are for. */
export type Measurements = Readonly<Record<string, Samples>>;

/** Sessions, rounds in each, and times in milliseconds. A first look has about a quarter of it all. */
const paces = {
  full: {
    codecs: { sessions: 2, rounds: 8, sliceMs: 4, warmMs: 240 },
    memory: { sessions: 2, rounds: 7, cellMs: 5, warmMs: 60 },
    // Shorter ones were measured while V8 compiled, of all contenders: by chance of one more than of another.
    calls: { sessions: 2, rounds: 6, cellMs: 60, leadMs: 15, warmMs: 300 },
    // Its cells are few, and differ most from one process to the next.
    cluster: { sessions: 5, rounds: 6, cellMs: 60, leadMs: 15, warmMs: 300 },
    bulk: { sessions: 3, rounds: 5 },
    besideLarge: { sessions: 2, rounds: 8, cellMs: 1000 },
    coldStart: { sessions: 5, rounds: 1 },
    generate: { sessions: 1, rounds: 4 },
  },
  quick: {
    codecs: { sessions: 1, rounds: 5, sliceMs: 2, warmMs: 120 },
    memory: { sessions: 1, rounds: 5, cellMs: 3, warmMs: 60 },
    calls: { sessions: 1, rounds: 4, cellMs: 15, leadMs: 3, warmMs: 40 },
    cluster: { sessions: 1, rounds: 4, cellMs: 15, leadMs: 3, warmMs: 40 },
    bulk: { sessions: 1, rounds: 2 },
    besideLarge: { sessions: 1, rounds: 2, cellMs: 100 },
    coldStart: { sessions: 2, rounds: 1 },
    generate: { sessions: 1, rounds: 1 },
  },
};

/** All that is measured, in the order in which it is; each part has files of its own in `results/`. */
export const parts: Readonly<Record<PartName, (run: Run) => Promise<Measurements>>> = {
  codecs: async (run) => {
    const { codecs } = paceOf(run);
    const samples: Samples[] = [];
    for (const contest of codecContests(codecs)) samples.push(await runContest(contest, { ...run, ...codecs }));
    return { codecs: merged(samples) };
  },
  memory: async (run) => {
    const { memory } = paceOf(run);
    return {
      small: await runContest(memoryContest("product", run.nodeMajor, memory), { ...run, ...memory }),
      large: await runContest(memoryContest("page", run.nodeMajor, memory), { ...run, ...memory }),
    };
  },
  redis: (run) =>
    onServer(async (server) => {
      const { calls } = paceOf(run);
      const { address } = server;
      const small = await runContest(callsContest("product", address, calls), { ...run, ...calls });
      await server.checkExpiries();
      return { small, large: await runContest(callsContest("page", address, calls), { ...run, ...calls }) };
    }),
  waits: (run) =>
    onServer(async ({ address }) => {
      const { bulk, besideLarge } = paceOf(run);
      return {
        bulk: await runContest(bulkContest(address), { ...run, ...bulk }),
        besideLarge: await runContest(besideLargeContest(address, besideLarge.cellMs), { ...run, ...besideLarge }),
      };
    }),
  cluster: async (run) => {
    const { cluster: pace } = paceOf(run);
    const cluster = await startRedisCluster();
    try {
      return { cluster: await runContest(clusterContest(cluster.nodes, pace), { ...run, ...pace }) };
    } finally {
      cluster.stop();
    }
  },
  "cold-start": (run) =>
    onServer(async ({ address }) => {
      const { coldStart } = paceOf(run);
      return {
        memory: await runContest(coldMemoryContest(run.nodeMajor), { ...run, ...coldStart }),
        redis: await runContest(coldRedisContest(address), { ...run, ...coldStart }),
      };
    }),
  generate: async (run) => {
    const { generate } = paceOf(run);
    return { generate: await runContest(generateContest, { ...run, ...generate }) };
  },
};

function paceOf({ isQuick }: Run): (typeof paces)["full"] {
  return isQuick ? paces.quick : paces.full;
}

async function onServer(measure: (server: RedisServer) => Promise<Measurements>): Promise<Measurements> {
  const server = await startRedisServer();
  try {
    return await measure(server);
  } finally {
    server.stop();
  }
}
