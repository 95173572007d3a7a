import { asRead } from "../payloads/as-read.ts";
import { pageOf } from "../payloads/page.ts";
import { productOf } from "../payloads/product.ts";
import { batchSize, type Operation } from "./cells.ts";
import type { Contender, Stored, Subject } from "./contender.ts";

/** What is stored of a subject: values by index, with ids that are equally long. */
export interface Stock {
  readonly values: readonly Stored[];
  /** Reads and single writes share `values`; batches write others, which are read back once to see that they are there. */
  readonly readBatches: readonly Batch[];
  readonly writtenBatches: readonly Batch[];
}

interface Batch {
  readonly ids: readonly number[];
  readonly items: readonly (readonly [id: number, value: Stored])[];
}

const firstId = 10_000;

const makers = { product: productOf, page: pageOf } as const;
const counts = { product: 1000, page: 200 } as const;

export function stockOf(subject: Subject): Stock {
  const count = counts[subject];
  const values = Array.from({ length: count }, (_, index) => asRead<Stored>(makers[subject](firstId + index)));
  const others = Array.from({ length: count }, (_, index) => asRead<Stored>(makers[subject](firstId + count + index)));
  return { values, readBatches: batchesOf(values), writtenBatches: batchesOf(others) };
}

/** One checked call of an operation, `undefined` where the contender has no such operation. */
export function callOf(
  contender: Contender,
  operation: Operation,
  { values, readBatches, writtenBatches }: Stock,
): ((turn: number) => Promise<void>) | undefined {
  const { get, set, getMany, setMany, getOrSet } = contender;
  switch (operation) {
    case "get":
      return (
        get &&
        (async (turn) => {
          const { id } = spread(values, turn);
          check(await get(id), id);
        })
      );
    case "set":
      return (
        set &&
        (async (turn) => {
          const value = spread(values, turn);
          checkStored(await set(value.id, value));
        })
      );
    case "getOrSet":
      return (
        getOrSet &&
        (async (turn) => {
          const { id } = spread(values, turn);
          check(await getOrSet(id, notAHit), id);
        })
      );
    case "getMany":
      return (
        getMany &&
        (async (turn) => {
          const { ids } = spread(readBatches, turn);
          checkMany(await getMany(ids), ids);
        })
      );
    case "setMany":
      return setMany && (async (turn) => checkStored(await setMany(spread(writtenBatches, turn).items)));
  }
}

/** Stores what is read later, and reads back what was stored. */
export async function fill({ set, getOrSet, getMany, setMany }: Contender, stock: Stock): Promise<void> {
  for (const value of stock.values) {
    if (set !== undefined) checkStored(await set(value.id, value));
    else check(await getOrSet?.(value.id, async () => value), value.id);
  }
  if (setMany === undefined || getMany === undefined) return;
  for (const { ids, items } of stock.writtenBatches) {
    checkStored(await setMany(items));
    checkMany(await getMany(ids), ids);
  }
}

/** Throws where the answer is not what was asked for. */
export function check(value: Stored | undefined, id: number): void {
  if (value?.id !== id) throw new Error(`Asked for ${id}, got ${JSON.stringify(value)?.slice(0, 200)}.`);
}

export function checkMany(found: Iterable<Stored | undefined>, ids: readonly number[]): void {
  let index = 0;
  for (const value of found) {
    check(value, ids[index] as number);
    index += 1;
  }
  if (index !== ids.length) throw new Error(`Asked for ${ids.length} values, got ${index}.`);
}

export function checkStored(answer: unknown): void {
  if (answer === false) throw new Error("Nothing was stored.");
}

function batchesOf(values: readonly Stored[]): readonly Batch[] {
  return Array.from({ length: values.length / batchSize }, (_, batch) => {
    const own = values.slice(batch * batchSize, (batch + 1) * batchSize);
    return { ids: own.map(({ id }) => id), items: own.map((value) => [value.id, value] as const) };
  });
}

/** All in turn, neighbours far apart. */
function spread<T>(all: readonly T[], turn: number): T {
  return all[(turn * 379) % all.length] as T;
}

async function notAHit(): Promise<never> {
  throw new Error("The loader was called, but the value is there.");
}
