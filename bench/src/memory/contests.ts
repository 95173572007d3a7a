import type { Contest } from "../harness/contest.ts";
import { withSettledMemory } from "../harness/settled-memory.ts";
import type { Subject } from "./contender.ts";
import { memoryEntrants } from "./entrants.ts";
import { type MemorySetup, memoryCells } from "./memory-stand.ts";

/** @param nodeMajor - of the node that the contenders run on */
export function memoryContest(subject: Subject, nodeMajor: number, times: Omit<MemorySetup, "subject">): Contest {
  return {
    title: subject === "product" ? "Memory, 350 B" : "Memory, 12 KB",
    stand: new URL("./memory-stand.js", import.meta.url),
    contenders: memoryEntrants.filter(({ fromNode = 20 }) => nodeMajor >= fromNode).map(({ name }) => name),
    cells: memoryCells,
    ...withSettledMemory,
    setup: (): MemorySetup => ({ ...times, subject }),
  };
}
