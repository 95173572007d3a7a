import type { Contest } from "../harness/contest.ts";
import { besideCells } from "./beside-large-stand.ts";
import { bulkCells } from "./bulk-stand.ts";
import type { CallsSetup } from "./calls-stand.ts";
import { clusterCells, largeCells, smallCells } from "./cells.ts";
import type { Address, Entrant, Place, Subject } from "./contender.ts";
import { clusterEntrants, redisEntrants } from "./entrants.ts";

/** Who takes part where entries are of a kind; with a read of its own, where that is measured. */
const entrantsOf = (subject: Subject): readonly Entrant[] =>
  redisEntrants.filter(({ onlyOf = subject }) => onlyOf === subject);
const readersOf = (subject: Subject): readonly Entrant[] =>
  entrantsOf(subject).filter(({ onlyReadsThrough }) => onlyReadsThrough !== true);

/**
 * The threads that collect garbage beside the program would take its own core from it, with which they hurry nobody: so the
 * program collects its garbage itself, which also leaves it in the time of who made it.
 */
const nodeFlags = ["--single-threaded-gc"];

/** How long cells are measured, in milliseconds. */
export type CallTimes = Omit<CallsSetup, "place" | "cells">;

/** Single calls and batches of 100. Cells of 12 KB have names of their own. */
export function callsContest(subject: Subject, server: Address, times: CallTimes): Contest {
  const cells = namesOf(subject === "product" ? smallCells : largeCells);
  return {
    title: subject === "product" ? "Redis, 350 B" : "Redis, 12 KB",
    stand: new URL("./calls-stand.js", import.meta.url),
    contenders: namesOf(subject === "product" ? entrantsOf(subject) : readersOf(subject)),
    cells,
    roundsFor,
    nodeFlags,
    setup: (name): CallsSetup => ({ ...times, cells, place: placeOf(name, [server], subject) }),
  };
}

export function clusterContest(nodes: readonly Address[], times: CallTimes): Contest {
  const cells = namesOf(clusterCells);
  return {
    title: "Cluster",
    stand: new URL("./calls-stand.js", import.meta.url),
    contenders: namesOf(clusterEntrants),
    cells,
    nodeFlags,
    setup: (name): CallsSetup => ({ ...times, cells, place: placeOf(name, nodes, "product") }),
  };
}

/** 10,000 entries in one call. It is about how long others have to wait, as in an application, whose garbage is collected beside it. */
export function bulkContest(server: Address): Contest {
  return {
    title: "Redis, 10,000 entries",
    stand: new URL("./bulk-stand.js", import.meta.url),
    contenders: namesOf(readersOf("product")),
    cells: bulkCells,
    isPinned: false,
    setup: (name) => ({ place: placeOf(name, [server], "product") }),
  };
}

/**
 * Small reads beside large ones. It is about the slowest of them, as an application meets it: on one core, which all threads of the
 * process share, those are slow where nothing is beside them.
 */
export function besideLargeContest(server: Address, cellMs: number): Contest {
  return {
    title: "Redis, beside reads of 1 MB",
    stand: new URL("./beside-large-stand.js", import.meta.url),
    contenders: namesOf(readersOf("product")),
    cells: besideCells,
    isPinned: false,
    setup: (name) => ({ place: placeOf(name, [server], "product"), cellMs }),
  };
}

/** One call alone, of many entries too, is mostly waiting, of which the machine gives more or less from one moment to the next. */
function roundsFor(cell: string): number {
  return / ×1$/.test(cell) ? 4 : 1;
}

function namesOf<Named extends { readonly name: string }>(all: readonly Named[]): readonly string[] {
  return all.map(({ name }) => name);
}

function placeOf(name: string, nodes: readonly Address[], subject: Subject): Place {
  // A Cluster has one database only.
  const database = nodes.length > 1 ? 0 : redisEntrants.findIndex((entrant) => entrant.name === name);
  return { nodes, database, subject };
}
