import { isDeepStrictEqual } from "node:util";
import type { Measured, Stand } from "../harness/contest.ts";
import { memoryEntrants } from "../memory/entrants.ts";
import { asRead } from "../payloads/as-read.ts";
import { productOf } from "../payloads/product.ts";
import type { Place } from "../redis/contender.ts";
import { openEntrant } from "../redis/open-entrant.ts";

/** What a fresh process is told: without a place its entries are in memory. */
export interface ColdStartSetup {
  readonly place?: Place;
}

const product = asRead(productOf(10_000));

/** From the first import to the first hit, of an entry that is stored in between; and what it all takes of memory. */
export async function open(name: string, { place }: ColdStartSetup): Promise<Stand> {
  let opened: Reader | undefined;
  return {
    measure: () =>
      firstHit(async () => {
        opened = await (place === undefined ? openInMemory(name) : openEntrant(name, place));
        return opened;
      }),
    close: async () => opened?.close?.(),
  };
}

interface Reader {
  readonly get?: (id: number) => Promise<unknown>;
  readonly set?: (id: number, value: typeof product) => Promise<unknown>;
  readonly getOrSet?: (id: number, load: () => Promise<typeof product>) => Promise<unknown>;
  readonly close?: () => Promise<unknown>;
}

async function firstHit(openReader: () => Promise<Reader>): Promise<Measured> {
  const before = process.memoryUsage.rss();
  const startMs = performance.now();
  const { get, set, getOrSet } = await openReader();
  const load = async (): Promise<typeof product> => product;
  await (set?.(product.id, product) ?? getOrSet?.(product.id, load));
  const hit = await (get?.(product.id) ?? getOrSet?.(product.id, load));
  const ms = performance.now() - startMs;
  const rssMb = (process.memoryUsage.rss() - before) / 2 ** 20;
  if (!isDeepStrictEqual(hit, product)) throw new Error("The first hit is something else.");
  return { ms, rssMb };
}

function openInMemory(name: string): Promise<Reader> {
  const entrant = memoryEntrants.find((each) => each.name === name);
  if (entrant === undefined) throw new Error(`There is no contender ${name}.`);
  return entrant.open("product") as Promise<Reader>;
}
