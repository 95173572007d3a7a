import type { Contest } from "../harness/contest.ts";
import { memoryEntrants } from "../memory/entrants.ts";
import type { Address } from "../redis/contender.ts";
import { redisEntrants } from "../redis/entrants.ts";
import type { ColdStartSetup } from "./cold-start-stand.ts";

const stand = new URL("./cold-start-stand.js", import.meta.url);

export const coldStartCell = "first hit";

/** @param nodeMajor - of the node that the contenders run on */
export function coldMemoryContest(nodeMajor: number): Contest {
  return {
    title: "Cold start, memory",
    stand,
    contenders: memoryEntrants
      .filter(({ fromNode = 20, isPart }) => nodeMajor >= fromNode && isPart !== true)
      .map(({ name }) => name),
    cells: [coldStartCell],
    setup: (): ColdStartSetup => ({}),
  };
}

export function coldRedisContest(server: Address): Contest {
  return {
    title: "Cold start, Redis",
    stand,
    contenders: redisEntrants.map(({ name }) => name),
    cells: [coldStartCell],
    setup: (name): ColdStartSetup => {
      const database = redisEntrants.findIndex((entrant) => entrant.name === name);
      return { place: { nodes: [server], database, subject: "product" } };
    },
  };
}
